"""The recording of a talk: its own file in ranges, and no other file of the machine."""

from dataclasses import replace

import pytest

from bot.config import Project
from bot.settings import Config
from tests.web.conftest import NOW, browser

DATA = bytes(range(256)) * 4


@pytest.fixture
def talk(harvested) -> str:
    return harvested.library.talks()[0].id


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "config.yaml").write_text("")
    (folder / "talk.mp3").write_bytes(DATA)
    (folder / "notes.txt").write_text("private")
    (tmp_path / "outside.mp3").write_bytes(DATA)
    (folder / "linked.mp3").symlink_to(tmp_path / "outside.mp3")
    return Project(Config(), folder / "config.yaml")


@pytest.fixture
def heard(harvested, talk, project):
    """A visitor of a site whose talk has this recording."""

    def of(media: str):
        harvested.library.change_talk(talk, {"media": media}, "ada", NOW)
        return browser(replace(harvested, project=project))

    return of


@pytest.mark.parametrize(
    ("wanted", "status", "told", "body"),
    [
        (None, 200, None, DATA),
        ("bytes=0-9", 206, "bytes 0-9/1024", DATA[:10]),
        ("bytes=1000-", 206, "bytes 1000-1023/1024", DATA[1000:]),
        ("bytes=-24", 206, "bytes 1000-1023/1024", DATA[-24:]),
        ("bytes=2000-", 416, "*/1024", None),
    ],
)
def test_a_player_gets_the_range_it_asks_for(heard, talk, wanted, status, told, body):
    headers = {"Range": wanted} if wanted else {}
    answer = heard("talk.mp3").get(f"/talks/{talk}/media", headers=headers)
    assert answer.status_code == status
    assert (answer.headers.get("content-range") or "").removeprefix("bytes ") == (
        (told or "").removeprefix("bytes ")
    )
    if body is not None:
        assert answer.content == body
        assert answer.headers["content-type"] == "audio/mpeg"


@pytest.mark.parametrize(
    "media",
    ["notes.txt", "config.yaml", "../outside.mp3", "linked.mp3", "/etc/passwd", "gone.mp3", ".",
     "https://example.org/talk.mp3", "x" * 5000 + ".mp3", ""],
)  # fmt: skip
def test_nothing_but_the_recording_is_served(heard, talk, media):
    visitor = heard(media)
    assert visitor.get(f"/talks/{talk}/media").status_code == 404
    assert "<audio" not in visitor.get("/").text


@pytest.mark.about_the_file  # PostgreSQL holds no such text
def test_a_name_that_no_file_has_is_no_recording(heard, talk):
    assert heard("talk.mp3\0").get(f"/talks/{talk}/media").status_code == 404


def test_a_path_in_the_address_opens_nothing(heard):
    visitor = heard("talk.mp3")
    for path in ("..%2f..%2fetc%2fpasswd", "talk.mp3", "%2e%2e"):
        assert visitor.get(f"/talks/{path}/media").status_code in (404, 422)


def test_without_a_file_the_recording_opens_at_that_second(harvested, visitor, talk):
    harvested.library.change_talk(talk, {"url": "https://youtu.be/abc"}, "ada", NOW)
    quote = harvested.library.quotes(limit=1)[0]
    assert f'href="https://youtu.be/abc?t={quote.start_ms // 1000}"' in visitor.get("/").text
