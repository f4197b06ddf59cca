"""Whatever is sent to any route, the answer is one of ours: no 5xx, and always with its headers."""

import atexit
import shutil
import tempfile
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Project
from bot.settings import Config
from bot.store import open_store
from bot.web.app import create_app
from bot.web.shield import HEADERS
from bot.web.site import Site
from bot.web.tokens import form_token, new_token
from tests.web.conftest import NOW

COOKIE = new_token()


def operations() -> list[tuple[schemathesis.APIOperation, dict[str, str]]]:
    """Every route of a page on a library in a file, and the headers a visitor sends."""
    folder = tempfile.mkdtemp()  # a file: uploads are read in a thread beside, memory has none
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    site = Site(
        open_store(Path(folder) / "library.db"), Project(Config()), lambda: NOW, login="ada"
    )
    sent = {
        "Host": "127.0.0.1:8000",
        "Cookie": f"{site.cookie}={COOKIE}",
        "X-CSRF-Token": form_token(COOKIE),
    }
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(site), headers=sent)
    return [(found.ok(), sent) for found in schema.get_all_operations()]


@pytest.mark.parametrize(
    ("operation", "sent"), operations(), ids=lambda one: getattr(one, "label", "")
)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_route_fails(operation, sent, data):
    answer = data.draw(operation.as_strategy()).call(headers=sent)
    assert answer.status_code < 500, answer.text
    assert answer.headers["x-frame-options"] == [HEADERS["X-Frame-Options"]]
    assert "Traceback" not in (answer.text or "")
