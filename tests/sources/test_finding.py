"""What a person names becomes sources: in one order, each once, what is none passed over."""

import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from bot.errors import BotError, InputError, NetworkError, TranscriptError, UsageError
from bot.feeds.fetch import Limits
from bot.sources import Passed, Reach, Source, find, read
from tests.serving import serving

WORDS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nA rope is older than any ship.\n"
TREE = [
    "archive/2031/b.vtt",
    "archive/2031/a.srt",
    "archive/2031/card.png",
    "archive/2031/card.txt",
    "archive/2032/deep/c.vtt",
    "archive/.hidden/d.vtt",
    "archive/.DS_Store",
    "archive/README.md",
    "archive/talk.mp3",
    "archive/library-sheet.yaml",
    "talk [1].vtt",
    "[2] folder/e.vtt",
]


@pytest.fixture
def reach(tmp_path: Path) -> Reach:
    for name in TREE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(WORDS)
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as box:
        for name in (
            "x.vtt",
            "in/y.srt",
            "in/inner.zip",
            "../../out.vtt",
            "__MACOSX/._x.vtt",
            "z.png",
        ):
            box.writestr(name, WORDS)
    with tarfile.open(tmp_path / "box.tar.gz", "w:gz") as box:
        for name in ("one.vtt", "two.vtt", "photo.jpg"):
            box.add(tmp_path / "talk [1].vtt", name)
    return Reach(tmp_path, 1)


def names(reach: Reach, *places: str) -> list[str]:
    return [one.name for one in find(places, reach) if isinstance(one, Source)]


ALL = ["archive/2031/a.srt", "archive/2031/b.vtt", "archive/2032/deep/c.vtt"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["archive"], ALL),
        (["archive/"], ALL),
        (["archive/**/*.vtt"], ALL[1:]),
        (["archive/*/*"], ALL[:2]),
        (["archive/**"], ALL),
        (["archive/203?/?.vtt"], ALL[1:2]),
        (["archive/203[2]/**/*.vtt"], ALL[2:]),
        (["**/*.vtt"], ["[2] folder/e.vtt", *ALL[1:], "talk [1].vtt"]),
        (["archive/**/*.mp3"], ["archive/talk.mp3"]),  # a person who says so is believed
        (["archive/.hidden/*.vtt"], ["archive/.hidden/d.vtt"]),
        (["talk [1].vtt"], ["talk [1].vtt"]),
        (["[2] folder/*.vtt"], ["[2] folder/e.vtt"]),
        (["archive/2031", "archive", "archive/2031/b.vtt", "./archive/*/b.vtt"], ALL),
        (["archive/2031/b.vtt", "archive"], [ALL[1], ALL[0], ALL[2]]),
        (["archive/README.md", "archive"], ["archive/README.md", *ALL]),
        (["box.zip"], ["box.zip/x.vtt", "box.zip/in/y.srt"]),
        (["*.tar.gz", "box.tar.gz"], ["box.tar.gz/one.vtt", "box.tar.gz/two.vtt"]),
        (["missing.vtt"], ["missing.vtt"]),  # whoever reads it says that it is missing
    ],
)
def test_what_is_found(reach: Reach, places: list[str], expected: list[str]) -> None:
    assert names(reach, *places) == expected
    assert names(reach, *places) == expected


def test_what_is_no_transcript_is_passed_over(reach: Reach) -> None:
    passed = [one.place for one in find(["archive"], reach) if isinstance(one, Passed)]
    wanted = ["/.DS_Store", "/2031/card.png", "/2031/card.txt", "/README.md", "/library-sheet.yaml"]
    assert passed == [f"archive{name}" for name in [*wanted, "/talk.mp3"]]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("nowhere/*.vtt", "nowhere: cannot be listed: no such file"),
        ("archive/*.vtt", "no transcript is there"),
        ("", "'': names nothing; name a file or a folder"),
        ("archive/.hidden/deeper/**", "cannot be listed"),
        ("file:///etc/*", "no address of another file system"),
        ("zip://*.vtt::memory://box.zip", "no address of another file system"),
        ("s3://*/a.vtt", "names no bucket"),
        ("ftp://me:secret@host/*.vtt", "with a password in it"),
        ("nosuch://host/*.vtt", "cannot be read: protocol not known"),
        ("https://host/a/*/b.vtt", "no pattern of one page"),
    ],
)
def test_what_names_nothing_is_an_error_and_the_rest_is_found(
    reach: Reach, place: str, reason: str
) -> None:
    first, *rest = find([place, "archive/2031/b.vtt"], reach)
    assert isinstance(first, BotError)
    assert reason in str(first).lower() or reason in str(first)
    assert "secret" not in str(first)
    assert rest == [Source("archive/2031/b.vtt")]


def test_everything_found_can_be_read(reach: Reach) -> None:
    for one in find(["archive", "box.zip", "box.tar.gz"], reach):
        if isinstance(one, Source):
            assert read(one, reach).raw == WORDS


def test_a_tar_is_read_in_any_order(reach: Reach) -> None:
    one, two = [found for found in find(["box.tar.gz"], reach) if isinstance(found, Source)]
    for source in (two, one, two, two, one):
        assert read(source, reach).raw == WORDS


@pytest.fixture
def bucket() -> Iterator[MemoryFileSystem]:
    system = MemoryFileSystem()
    for name in ("/bucket/a.vtt", "/bucket/deep/b.vtt", "/bucket/deep/c.png"):
        system.pipe(name, WORDS)
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as packed:
        packed.writestr("d.vtt", WORDS)
    system.pipe("/bucket/box.zip", box.getvalue())
    yield system
    system.rm("/bucket", recursive=True)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("memory://bucket", ["a.vtt", "box.zip/d.vtt", "deep/b.vtt"]),
        ("memory://bucket/**/*.vtt", ["a.vtt", "deep/b.vtt"]),
        ("memory://bucket/a.vtt", ["a.vtt"]),
        ("memory://bucket/*.zip", ["box.zip/d.vtt"]),
    ],
)
def test_other_file_systems(
    bucket: MemoryFileSystem, reach: Reach, place: str, expected: list[str]
) -> None:
    found = list(find([place], reach))
    sources = [one for one in found if isinstance(one, Source)]
    assert [one.name for one in sources] == [f"memory://bucket/{name}" for name in expected]
    assert {read(one, reach).raw for one in sources} == {WORDS}


def test_a_file_in_a_bucket_is_bounded_and_may_be_missing(
    bucket: MemoryFileSystem, reach: Reach
) -> None:
    bucket.pipe("/bucket/huge.vtt", bytes(1_000_001))
    with pytest.raises(TranscriptError, match="over the limit of 1 MB"):
        read(Source("memory://bucket/huge.vtt"), reach)
    with pytest.raises(TranscriptError, match="no such file"):
        read(Source("memory://bucket/none.vtt"), reach)


def test_a_page_of_links_is_a_folder_of_the_web(tmp_path: Path) -> None:
    page = (
        '<a href="b.vtt">b</a> <a href="/a/a.vtt#x">a</a> <a href="/b/c.vtt">c</a><a href="d.mp3">'
    )
    with serving() as web:
        web.put("/a/", page)
        for name in ("a", "b"):
            web.put(f"/a/{name}.vtt", WORDS)
        reach = Reach(tmp_path, 1, Limits(private=True))
        found = list(find([f"{web.url}/a/*.vtt"], reach))
        assert found == [Source(f"{web.url}/a/a.vtt"), Source(f"{web.url}/a/b.vtt")]
        assert read(found[0], reach).raw == WORDS
        none = next(find([f"{web.url}/a/*.srt"], reach))
        assert isinstance(none, InputError)
        inside = next(find([f"{web.url}/a/*.vtt"], Reach(tmp_path, 1)))
        assert isinstance(inside, NetworkError)
        assert "address of this machine" in str(inside)


def test_hostile_addresses_have_no_way_around_the_careful_download(tmp_path: Path) -> None:
    with serving() as web, pytest.raises(NetworkError, match="address of this machine"):
        read(Source(f"{web.url}/a.vtt"), Reach(tmp_path, 1))
    with pytest.raises((UsageError, InputError, NetworkError)):
        read(Source("file:///etc/hostname"), Reach(tmp_path, 1))


def test_what_never_ends_is_not_opened_and_what_is_not_there_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.vtt")
    (tmp_path / "to-pipe.zip").symlink_to("pipe.vtt")
    (tmp_path / "endless.vtt").symlink_to("/dev/zero")
    (tmp_path / "loop.vtt").symlink_to("loop.vtt")
    reach = Reach(tmp_path, 1)
    assert names(reach, ".") == ["loop.vtt"]
    for name, reason in (
        ("loop.vtt", "^loop.vtt: cannot be read: too many levels"),
        ("pipe.vtt", "^pipe.vtt: is a pipe"),
        ("endless.vtt", "over the limit of 1 MB"),
        ("x" * 300, "cannot be read: file name too long"),
    ):
        (one,) = find([name], reach)
        assert isinstance(one, Source)
        with pytest.raises(TranscriptError, match=reason):
            read(one, reach)


def test_a_name_of_any_bytes_can_be_read_shown_and_written(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"na\xefve \x1b[31m.vtt")).write_bytes(WORDS)
    reach = Reach(tmp_path, 1)
    (one,) = find(["."], reach)
    assert isinstance(one, Source)
    assert one.name == "na�ve �[31m.vtt"
    assert read(one, reach).raw == WORDS


@pytest.mark.parametrize("place", ["a" * 300, "a" * 300 + "/*.vtt", "b/" * 3000 + "c.vtt", "\0"])
@pytest.mark.parametrize("ending", ["", ".zip", "/**/*.vtt"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, place: str, ending: str) -> None:
    (found,) = find([place + ending], Reach(tmp_path, 1))
    if isinstance(found, Source):
        with pytest.raises(TranscriptError, match="cannot be read"):
            read(found, Reach(tmp_path, 1))
    else:
        assert isinstance(found, InputError)
