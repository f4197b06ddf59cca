"""Alerts reach an address once, and what goes wrong with them stops nothing."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot import secrets
from bot.alerting import tell
from bot.publishing.alerts import passed, raise_alert, standing
from bot.store import open_store
from tests.networks.proxy import Lossy, proxy
from tests.networks.servers import free_port

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@contextmanager
def taking() -> Iterator[Lossy]:
    """A server that takes one alert."""
    with proxy(f"http://127.0.0.1:{free_port()}") as lossy:
        lossy.next("200", method="POST")
        yield lossy


def address(lossy: Lossy) -> str:
    return lossy.url.replace("http://", "json://user:hunter2@") + "/alerts"


def test_an_alert_arrives() -> None:
    with taking() as lossy:
        secrets.keep("alerts", {"URLS": address(lossy)})
        assert tell("The sign-in of main holds no more")
    said = json.loads(lossy.asked[0].body)
    assert (said["title"], said["message"]) == ("Pullquote", "The sign-in of main holds no more")


def test_the_environment_may_say_where(monkeypatch: pytest.MonkeyPatch) -> None:
    with taking() as lossy:
        monkeypatch.setenv("PULLQUOTE_SECRET_ALERTS_URLS", f"{address(lossy)}\n")
        assert tell("here")


@pytest.mark.parametrize(
    ("urls", "why"),
    [
        ("", "no address"),
        ("nosuch://user:hunter2@here", "does not know 1 of 1"),
        ("json://user:hunter2@127.0.0.1:9", "did not take it"),
    ],
)
def test_an_alert_that_reaches_nobody_stands_in_the_log(
    urls: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    secrets.keep("alerts", {"URLS": urls})
    with caplog.at_level(logging.DEBUG):
        assert not tell("The queue runs dry")
    assert "The queue runs dry" in caplog.text and why in caplog.text
    assert "hunter2" not in caplog.text


def test_an_event_is_told_once_until_it_has_passed(backend: str, new_place) -> None:
    with open_store(new_place()) as store, store.write() as connection:
        told = [raise_alert(connection, "dry main", "Empty", NOW) for _ in range(3)]
        assert told == [True, False, False]
        assert raise_alert(connection, "dry other", "Empty", NOW)
        passed(connection, "dry main", NOW)
        assert [event for event, *_ in standing(connection)] == ["dry other"]
        assert raise_alert(connection, "dry main", "Empty", NOW + timedelta(days=1))
