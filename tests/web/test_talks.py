"""Transcripts dropped on the page: read in turn, told what is wrong, nothing half kept."""

import io
import re
import tempfile
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.store.schema import talks
from bot.web.incoming import plain_name
from bot.web.site import Site
from tests.web.conftest import NOW, Browser

LINES = [
    "A lighthouse is a promise made to people you will never meet.",
    "Every map leaves out almost everything, and that is the kindest thing about it.",
    "If you cannot draw it on a napkin, you cannot build it in a gale.",
    "Rope remembers every knot you were too hurried to untie.",
    "Half of navigation is admitting where you are not, and the other half is breakfast.",
]
HOSTILE = "<img src=x onerror=alert(1)>"


def vtt(*lines: str, speaker: str = "", shift: int = 0) -> bytes:
    voice = f"<v {speaker}>" if speaker else ""
    cues = (
        f"00:{5 * at + shift:02}.000 --> 00:{5 * at + 5 + shift:02}.000\n{voice}{line}\n"
        for at, line in enumerate(lines)
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


TALK = vtt(*LINES, speaker="Ada Quill")


def drop(visitor: Browser, *files: tuple[str, bytes]) -> str:
    """Drop files, wait until they are read; the piece that the page then shows."""
    sent = [("files", file) for file in files]
    answer = visitor.post("/talks", data={"csrf": visitor.token()}, files=sent)
    assert answer.status_code == 303, answer.text
    return followed(visitor, answer.headers["location"])


def followed(visitor: Browser, where: str) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        answer = visitor.get(where, headers={"HX-Request": "true"})
        if "hx-trigger" not in answer.text:
            return answer.headers.get("HX-Redirect", "") + answer.text
        time.sleep(0.02)
    raise AssertionError("never ended")


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:p>" + b"a" * 300_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return packed.getvalue()


def test_a_dropped_talk_lands_in_its_inbox(site, visitor):
    page = drop(visitor, ("on-light.vtt", TALK))
    assert page.startswith("/?talk=on-light")
    [talk] = site.library.talks()
    assert (talk.title, talk.speakers) == ("on-light", ())
    assert {one.speaker for one in site.library.quotes()} == {"Ada Quill"}


def test_a_talk_that_is_read_before_its_page_is_asked_for_lands_there_too(site, visitor):
    sent = [("files", ("on-light.vtt", TALK))]
    where = visitor.post("/talks", data={"csrf": visitor.token()}, files=sent).headers["location"]
    followed(visitor, where)
    answer = visitor.get(where)
    [talk] = site.library.talks()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/?talk={talk.id}")


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("empty.vtt", b"", "empty.vtt: is empty"),
        ("face.vtt", b"\x89PNG\r\n\x1a\n" + bytes(200), "face.vtt: is a PNG picture"),
        ("bad.vtt", b"\xff\xfe\xfd\x00\xd8" * 40, "bad.vtt"),
        ("words.txt", b"no times at all, only words", "words.txt"),
        ("broken.json", b'{"segments": [', "broken.json"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line_and_the_rest_goes_on(
    site, visitor, name, raw, says
):
    page = drop(visitor, (name, raw), ("on-light.vtt", TALK))
    [wrong] = re.findall(r'<p class="wrong">(.*?)</p>', page)
    assert says in wrong
    assert not page.startswith("/")
    assert [talk.title for talk in site.library.talks()] == ["on-light"]


def test_a_bomb_is_refused(site, visitor):
    page = drop(visitor, ("talk.vtt", bomb()))
    assert 'class="wrong">talk.vtt' in page
    assert site.library.talks() == ()


def test_more_than_the_page_takes_is_refused_and_nothing_is_kept(site, visitor):
    large = b"0" * 65_000_000
    answer = visitor.post(
        "/talks", data={"csrf": visitor.token()}, files={"files": ("large.vtt", large)}
    )
    assert answer.status_code == 413
    assert "64 MB" in answer.text
    assert site.library.talks() == ()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.vtt", "passwd.vtt"),
        ("C:\\talks\\one.vtt", "one.vtt"),
        ("a\x00b\n\u202ec.vtt", "abc.vtt"),
        ("🎤 talk.vtt", "🎤 talk.vtt"),
        ("..", "file"),
        ("", "file"),
        ("/", "file"),
        (None, "file"),
        ("x" * 500 + ".vtt", "x" * 95 + "….vtt"),
        ("x" * 500, "x" * 100),
        ("\ud800.vtt", "?.vtt"),
    ],
)
def test_a_name_is_never_more_than_words(given, shown):
    assert plain_name(given) == shown


def test_a_name_that_is_a_script_stays_text(site, visitor):
    page = drop(visitor, (f"{HOSTILE}.vtt", vtt(*LINES, speaker=HOSTILE)))
    assert HOSTILE not in page
    for path in ("/talks", "/people", f"/talks/{site.library.talks()[0].id}"):
        assert HOSTILE not in visitor.get(path).text, path


def test_nothing_is_left_of_an_upload(site, visitor, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    before = set(Path.cwd().rglob("*"))
    drop(visitor, ("../../out.vtt", TALK), ("bad.vtt", b"nothing"), ("empty.vtt", b""))
    left = set(Path.cwd().rglob("*")) - before
    assert {path.name for path in left} <= {"library.db", "library.db-journal"}


def test_a_file_that_is_known_says_so(site, visitor):
    drop(visitor, ("on-light.vtt", TALK))
    before = site.library.quotes()
    assert "in the library already" in drop(visitor, ("copy.vtt", TALK))
    assert site.library.quotes() == before


def test_a_newer_version_says_so_and_decisions_stay(site, visitor):
    drop(visitor, ("on-light.vtt", TALK))
    name = site.library.quotes()[0].id
    site.library.decide([name], "approve", "ada", site.now())
    mended = [LINES[0].replace("people", "strangers"), *LINES[1:]]
    page = drop(visitor, ("on-light.vtt", vtt(*mended, speaker="Ada Quill", shift=3)))
    assert "A newer version" in page
    assert site.library.quote(name).status == "approved"
    [talk] = site.library.talks()
    versions = visitor.get(f"/talks/{talk.id}").text
    assert (versions.count(">newest<"), versions.count(">older<")) == (1, 1)
    assert "What moved" in versions
    assert "the newer transcript" in versions
    visitor.submit(f"/talks/{talk.id}/move")
    assert "What moved" not in visitor.get(f"/talks/{talk.id}").text
    assert site.library.history(name)[-1].action == "move"


def test_who_speaks_is_asked_where_the_file_does_not_say(site, visitor):
    page = drop(visitor, ("on-light.vtt", vtt(*LINES)))
    assert "Who speaks?" in page
    assert not page.startswith("/")
    [talk] = site.library.talks()
    answer = visitor.submit(f"/talks/{talk.id}/harvest", speaker=" Ada  Quill ", title="On light")
    followed(visitor, answer.headers["location"])
    [talk] = site.library.talks()
    assert (talk.title, talk.speakers) == ("On light", ("Ada Quill",))
    quotes = site.library.quotes()
    assert {(one.speaker, one.attribution.how) for one in quotes} == {("Ada Quill", "inferred")}


def test_a_file_may_name_others_than_a_person_does(site, visitor):
    drop(visitor, ("on-light.vtt", TALK))
    [talk] = site.library.talks()
    answer = visitor.submit(f"/talks/{talk.id}/harvest", speaker="Bo Reed")
    page = followed(visitor, answer.headers["location"])
    assert "nobody in it is called Bo Reed" in page
    assert "one of: Ada Quill" in page
    assert site.library.talk(talk.id).speakers == ()


def test_many_files_at_once_are_bounded(visitor):
    sent = [("files", (f"{at}.vtt", b"x")) for at in range(301)]
    answer = visitor.post("/talks", data={"csrf": visitor.token()}, files=sent)
    assert answer.status_code == 429


def test_files_of_long_ago_are_no_page(visitor):
    assert visitor.get("/talks/reading/nothing").status_code == 404


@pytest.fixture
def archive(harvested: Site) -> Site:
    """The sample's library with 210 more talks, which have no quotes."""
    with harvested.store.write() as connection:
        one = connection.execute(select(talks)).mappings().one()
        more = [
            {
                **one,
                "id": f"more-{at}",
                "title": f"100% of it, part {at}",
                "created_at": NOW + timedelta(at),
            }
            for at in range(210)
        ]
        connection.execute(insert(talks), more)
    return harvested


def titles(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/talks/[^"]*">(.*?)</a>', page)


def test_many_talks_are_turned_like_pages(archive, visitor):
    first, last = visitor.get("/talks").text, visitor.get("/talks?first=200").text
    assert "211 in the library" in first
    assert titles(first) == [f"100% of it, part {at}" for at in range(209, 109, -1)]
    assert "first=100" in first
    assert (len(titles(last)), "first=100" in last, "first=300" in last) == (11, True, False)
    waiting = len(archive.library.queue())
    assert f">{waiting}<" in re.sub(r"<span.*?</span>", "", last)  # to decide, of the sample


@pytest.mark.parametrize(
    ("typed", "count"), [("100% OF it, part 20", 11), ("0% of", 210), ("%", 210), ("_", 0)]
)
def test_talks_are_found_by_letters_of_their_title(archive, visitor, typed, count):
    page = visitor.get("/talks", params={"q": typed}).text
    assert f"{count} called so" in page
    assert len(titles(page)) == min(count, 100)
    assert ("No talk is called so" in page) == (count == 0)


@pytest.mark.parametrize("query", ["first=300", "q=part&first=300"])
def test_behind_the_last_page_of_talks_is_said_so(archive, visitor, query):
    page = visitor.get(f"/talks?{query}").text
    assert titles(page) == []
    assert "No more talks" in page


@pytest.mark.parametrize("typed", ["über", "ÜBER", "ärger und éclair"])
def test_the_case_of_no_letter_matters_in_a_title(site, visitor, typed):
    drop(visitor, ("Über Ärger und ÉCLAIRS.vtt", TALK))
    assert len(titles(visitor.get("/talks", params={"q": typed}).text)) == 1


def test_the_inbox_of_an_archive_offers_what_waits(archive, visitor):
    assert visitor.get("/").status_code == 200
    assert visitor.get("/library?q=talk:more-7").status_code == 200
