"""The preview's folder as people leave it: damaged files are told, and nothing is posted anew."""

import json
from pathlib import Path

import pytest

from bot.networks import NETWORKS
from bot.networks.base import Door, Network, NotNow
from tests.networks import posts


@pytest.fixture
def preview(tmp_path: Path) -> Network:
    return NETWORKS["preview"].open(Door({}, folder=tmp_path))


DAMAGED = [b"", b"{", b"[1]", b"\xff", b'{"id": 7}', b"[" * 9999, b'{"id": "\\ud800"}']


@pytest.mark.parametrize("damaged", DAMAGED)
def test_an_account_that_is_damaged_is_told(
    preview: Network, tmp_path: Path, damaged: bytes
) -> None:
    known = preview.whoami()
    assert preview.whoami() == known
    (tmp_path / "preview/account.json").write_bytes(damaged)
    with pytest.raises(NotNow, match=r"account\.json: is damaged.*; bring it back"):
        preview.whoami()


@pytest.mark.parametrize(
    "change",
    [{"at": "yesterday"}, {"at": "2026-11-27T09:00:00"}, {"at": "0001-01-01T00:00:00+14:00"},
     {"alts": []}, {"alts": None}, {"text": 3}, {"pictures": "a"}],
)  # fmt: skip
def test_a_post_that_is_damaged_is_told(preview: Network, tmp_path: Path, change: dict) -> None:
    post = posts.post("preview", "preview")
    preview.publish(post, preview.prepare(post, {}))
    [path] = (tmp_path / "preview").glob("post-*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(NotNow, match=r"post-.*\.json: is damaged"):
        list(preview.timeline())
