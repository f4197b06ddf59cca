"""Where transcripts are: archives with hostile members, and the names typed at ``harvest``."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from benchmarks.doors import prepared
from benchmarks.fuzz_door import Door, Sample
from benchmarks.mutators.archives import packed
from bot.errors import BotError
from bot.feeds.fetch import Limits
from bot.sources import Reach, Source, find, read
from bot.sources.archives import let_go

_WORDS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nA rope is older than any ship.\n"
_MEMBERS = [
    ("day 1/a.vtt", _WORDS),
    ("day 1/b.srt", b"1\n00:00:01,000 --> 00:00:04,000\nKeep the doors open.\n"),
    ("readme.md", b"# Ropes"),
    ("day 2/c.vtt", _WORDS * 40),
]
_MOST = 400  # members that are read of an archive
_PLACES = (
    *("talks/a.vtt", "talks/**/*.vtt", "talks/[ab]?.vtt", "*", "**", "talks", "talks/a.zip"),
    *("./talks/../talks/*", "memory://bucket/a.vtt", "memory://bucket/**/*.vtt"),
    *("https://example.org/talks/*.vtt", "https://example.org/a.zip", "s3://bucket/day 1/*.srt"),
)


def _archives() -> Sequence[Sample]:
    kinds = ("bytes", "archive")
    return [
        Sample(f"talks.{kind}", packed(_MEMBERS, kind), kinds) for kind in ("zip", "tar", "tar.gz")
    ]


def _archive(name: str, raw: bytes) -> str:
    """Every member is read within its limit, and nothing lies beside the archive afterwards."""
    path = prepared.written(f"archives/{name}", raw)
    reach = Reach(path.parent, 1)
    try:
        return _read([path.name], reach)
    finally:
        let_go()
        if [one.name for one in path.parent.iterdir()] != [name]:
            raise AssertionError("something was written beside an archive")
        path.unlink()


def _read(places: list[str], reach: Reach) -> str:
    """Find and read; the first error when nothing could be read at all."""
    sizes, errors = [], []
    for number, one in enumerate(find(places, reach)):
        if isinstance(one, BotError):
            errors.append(one)
        elif isinstance(one, Source) and number < _MOST:
            try:
                sizes.append(len(read(one, reach).raw))
            except BotError as error:
                errors.append(error)
    if any("\n" in str(error) for error in errors):
        raise AssertionError("an error of several lines")
    if any(size > reach.most for size in sizes):
        raise AssertionError("more was read than may be")
    if errors and not sizes:
        raise errors[0]
    return "with errors" if errors else "sources"


@cache
def _place() -> Path:
    place = prepared.folder() / "sources"
    for name, words in _MEMBERS:
        prepared.written(f"sources/talks/{name}", words)
    prepared.written("sources/talks/a.vtt", _WORDS)
    prepared.written("sources/talks/a.zip", packed(_MEMBERS, "zip"))
    return place


def _places() -> Sequence[Sample]:
    """Files, folders, patterns and addresses."""
    kinds = ("line", "text")
    return [Sample(f"place {at}", prepared.words(one), kinds) for at, one in enumerate(_PLACES, 1)]


def _named(_: str, raw: bytes) -> str:
    """What a person types of where their talks are, one place a line; no name is looked up."""
    reach = Reach(_place(), 1, Limits(timeout_s=1), pause_s=0)
    with prepared.offline():
        try:
            return _read(prepared.text(raw).split("\n")[:40], reach)
        finally:
            let_go()


ARCHIVES = Door("archives", _archives, _archive, share=6, seconds=10)
PLACES = Door("places", _places, _named, share=4)
