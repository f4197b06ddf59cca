"""What people type: words of quotes, searches, and everything on the command line."""

import os
import shlex
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from unittest.mock import patch

import typer

from benchmarks.doors import prepared
from benchmarks.fuzz_door import Door, Sample
from bot.cli import app
from bot.library import Consent, Library, Remembered
from bot.store import open_store

_QUERIES = (
    'libraries "keep the doors open" -soup', "speaker:Marit status:approved,candidate tag:ropes",
    "score:>0.5 length:<20 date:2026-11", "talk:keeping-small-libraries-open posted:x",
    "doo* 图书馆 Ошибки",
)  # fmt: skip
_CONFIG = """\
speaker: Ada Quill
accounts:
  post: {network: preview, slots: [mon 09:30, "fri 17:00"], zone: Europe/Berlin}
"""
_COMMANDS = (
    "library list --status candidate -n 3 --json", "library show {quote}",
    "library show {quote} --json",
    "library search 'speaker:marit libraries' -n 5 --json",
    "library search --transcripts 'buses tractor'",
    "library approve {quote} --yes", "library reject {quote} --dry-run", "library propose {quote}",
    "library tag {quote} --add ropes --remove knots", "library note {quote} 'for the autumn'",
    "library undo {quote}",
    "library reword {quote} 'It was two buses and a tractor.'", "library verify --json",
    "library add {talk} 'It was two buses and a tractor, but I am here.' --at 1:00 "
    "--speaker 'Marit Oyelaran'",
    "library mark-posted {quote} --account post --at '2026-11-20 17:30' --url https://example.org/1",
    "library mend {talk} Bindle Bindel", "library export {talk} --as csv --query 'speaker:marit'",
    "library retract {quote} --yes --dry-run", "library import sheet.yaml --dry-run",
    "schedule list --json --all",
    "schedule move 1 'fri 17:00'", "schedule plan --days 7 --account post", "schedule cancel 1",
    "schedule settle 1 --there --url https://example.org/1",
    "schedule calendar --weeks 2 --dry-run",
    "sentences talk.txt --json --speaker-map 'SPEAKER_00=Ada Quill'",
    "harvest talk.txt -n 3 --speaker 'Ada Quill' --title Maps --url https://example.org/ --dry-run",
    "card --text 'Small *libraries* win.' --speaker 'Ada Quill' --unverified -o out --dry-run",
    "card {quote} --template square --theme paper -o out --dry-run", "network status --json",
    "publish --due --days 3 --dry-run --json", "unpublish 1 --dry-run --yes",
    "export --to csv --days 9 --dry-run",
    "--config config.yaml --library quotes/library.db library list",
    "follow https://example.org/feed.xml --dry-run",
)  # fmt: skip


def _texts() -> Sequence[Sample]:
    """Words of quotes, as they may be typed anew."""
    with prepared.library() as library:
        quotes = library.quotes(limit=4)
        typed = [f"{one.id}\n{one.shown}\n{one.said}\nMarit Oyelaran" for one in quotes]
    return [Sample(f"quote {number}", prepared.words(one)) for number, one in enumerate(typed, 1)]


def _retyped(_: str, raw: bytes) -> str:
    """Edit a quote, add a line, mend a word, tag and note: each is done or refused by itself."""
    name, shown, said, speaker = [*prepared.text(raw).split("\n"), "", "", "", ""][:4]
    done = 0
    with prepared.library() as library:
        known, at = library.quotes(limit=4), prepared.NOW
        quote = next((one.id for one in known if one.id == name), known[0].id)
        talk = known[0].talk
        line = Remembered(said or shown, None, speaker or None)
        misheard, _, meant = shown.partition(" ")
        work: tuple[Callable[[], object], ...] = (
            lambda: library.edit(quote, shown, "Ed", at),
            lambda: library.check(talk, shown, quote=quote),
            lambda: library.add(talk, line, "Ed", at, consent=Consent()),
            lambda: library.mend(talk, misheard, meant, "Ed", at),
            lambda: library.tag([name], "Ed", at, add=[speaker]),
            lambda: library.note([quote], said, "Ed", at),
        )
        done = sum(_is_done(one) for one in work)
        if found := library.verify():
            raise AssertionError(f"not proved: {found[0].reason}")
    return "words" if done else ""


def _is_done(work: Callable[[], object]) -> bool:
    from bot.errors import BotError

    try:
        work()
    except BotError as error:
        if "\n" in str(error):
            raise AssertionError("an error of several lines") from error
        return False
    return True


def _searches() -> Sequence[Sample]:
    return [Sample(f"query {at}", prepared.words(one)) for at, one in enumerate(_QUERIES, 1)]


def _searched(_: str, raw: bytes) -> str:
    query = prepared.text(raw)
    with prepared.library() as library:
        found = library.search(query, 5)
        lines = _is_done(lambda: library.search_lines(query, 5))
    return "found" if found.quotes or lines else "nothing found"


@cache
def _project() -> tuple[Path, bytes]:
    """A project with a library, and the bytes of that, so that each case has the same."""
    place = prepared.folder() / "project"
    place.mkdir()
    (place / "config.yaml").write_text(_CONFIG, "utf-8")
    (place / "talk.txt").write_bytes(prepared.SAMPLE.read_bytes())
    (place / "quotes").mkdir()
    with open_store(place / "quotes/library.db") as store:
        prepared.fill(store)
    return place, (place / "quotes/library.db").read_bytes()


@cache
def _named() -> dict[str, str]:
    with prepared.library() as library:
        first: Library = library
        quote = first.quotes(limit=1)[0]
    return {"quote": quote.id, "talk": quote.talk}


def _lines() -> Sequence[Sample]:
    return [Sample(f"{one.split(' {')[0][:28]} {at}", one.format(**_named()).encode(), ("line",
                                                                                        "text"))
            for at, one in enumerate(_COMMANDS)]  # fmt: skip


def _commanded(_: str, raw: bytes) -> str:
    """The command line, whose exit code is one of ours; no name is looked up for it."""
    try:
        arguments = shlex.split(prepared.text(raw.replace(b"\0", b"")))
    except ValueError:
        arguments = prepared.text(raw.replace(b"\0", b"")).split()
    if {"--loop", "--open"} & {*arguments} or arguments[:1] in (["web"], ["init"], ["doctor"]):
        arguments = ["--version"]
    place, kept = _project()
    (place / "quotes/library.db").write_bytes(kept)
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PULLQUOTE_")}
    with (
        prepared.inside(place),
        prepared.quiet(),
        prepared.offline(),
        patch.dict(
            os.environ, {**ours, "XDG_CONFIG_HOME": str(place), "EDITOR": "true"}, clear=True
        ),
    ):
        try:
            app(arguments, prog_name="pullquote", standalone_mode=False)
        except typer.Exit as error:
            return f"exit {error.exit_code}"
        except (typer.Abort, typer.BadParameter):
            return ""
        except SystemExit as error:
            return f"exit {error.code}"
        except Exception as error:
            if type(error).__module__.startswith(("click", "typer")):
                return ""
            raise
    return "done"


WORDS = Door("typed-words", _texts, _retyped, share=6, seconds=10)
SEARCHES = Door("searches", _searches, _searched, share=8)
COMMANDS = Door("command-line", _lines, _commanded, share=8, seconds=10, mb=400)
