"""What people see: tables for eyes, JSON for programs, progress on standard error."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from msgspec import to_builtins

from bot.clock import clock
from bot.model import Quote, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.text import Text

    from bot.cards import Drawn
    from bot.harvesting import Told
    from bot.library.searching import Span

_STATUS_STYLE = {"approved": "green", "rejected": "red", "retracted": "red", "candidate": ""}
_FIRST_REASONS = 8
NOBODY = "nobody is known to say it"
_T = TypeVar("_T")


def as_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """An array on standard output, and nothing else there."""
    plain = sys.stdout.encoding.lower().replace("-", "") != "utf8"
    typer.echo(json.dumps(list(rows), ensure_ascii=plain, indent=2))


@contextmanager
def json_array(*, printed: bool) -> "Iterator[Callable[[Mapping[str, Any]], None]]":
    """As ``as_json``, each row when it comes; not closed when an error ends it."""
    if not printed:
        yield lambda _: None
        return
    plain = sys.stdout.encoding.lower().replace("-", "") != "utf8"
    first = True

    def add(row: Mapping[str, Any]) -> None:
        nonlocal first
        text = json.dumps(row, ensure_ascii=plain, indent=2).replace("\n", "\n  ")
        typer.echo(("[\n  " if first else ",\n  ") + text, nl=False)
        first = False

    yield add
    typer.echo("[]" if first else "\n]")


def card_json(images: "Sequence[Drawn]") -> dict[str, Any]:
    """A card for programs: its first image, and all of them where it has several."""
    several = [{"card": str(one.path), "alt": one.alt} for one in images]
    first = {**several[0], "reused": all(one.reused for one in images)}
    return {**first, "images": several} if len(several) > 1 else first


def sentence_json(sentence: Sentence) -> dict[str, Any]:
    """A sentence for programs."""
    keys = ("index", "text", "start_ms", "end_ms", "approximate", "speaker", "role", "attribution")
    return {key: to_builtins(getattr(sentence, key)) for key in keys}


def at(start_ms: int, approximate: bool) -> str:
    """When something is said; ``~`` where that is not known exactly."""
    return f"~{clock(start_ms)}" if approximate else clock(start_ms)


def console() -> "Console":
    """Standard output for tables; as wide as the window, or 100 columns in a file."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else 100)


def say(message: str) -> None:
    """A remark beside the result, on standard error."""
    typer.echo(message, err=True)


def say_waiting(accounts: Sequence[str]) -> None:
    """A remark when accounts wait until their timelines are matched with the library."""
    if accounts:
        names = ", ".join(accounts)
        say(f"publishing waits for `pullquote network reconcile`: {names}")


def quotes_table(quotes: Sequence[Quote], marked: "Sequence[Sequence[Span]]" = ()) -> None:
    """Quotes as a table: id, time, words and why, who and how sure, score.

    ``marked`` are the characters of each that were looked for.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("id", no_wrap=True, style="dim")
    table.add_column("at", justify="right", no_wrap=True)
    table.add_column("quote", ratio=1)
    table.add_column("speaker", max_width=22)
    table.add_column("score", justify="right", no_wrap=True)
    for quote, spans in zip(quotes, marked or [()] * len(quotes), strict=True):
        words = Text("“").append_text(marked_text(quote.shown, spans)).append("”")
        if quote.status != "candidate":
            words.append(f"  {quote.status}", style=_STATUS_STYLE[quote.status])
        if why := reasons(quote):
            words.append(f"\n{why}", style="dim")
        when = at(quote.start_ms, quote.approximate)
        table.add_row(quote.id, when, words, Text(who_says(quote)), f"{quote.score:.0f}")
    console().print(table)


def marked_text(text: str, spans: "Sequence[Span]") -> "Text":
    """A text with what was looked for made to stand out."""
    from rich.text import Text

    shown = Text(text)
    for first, stop in spans:
        shown.stylize("bold reverse", first, stop)
    return shown


def harvest_table(told: "Told") -> None:
    """A talk with what was read of it, and its best quotes."""
    from rich.text import Text

    console().print()
    console().print(Text(told.title, style="bold"))
    for line in _how_it_was_found(told):
        console().print(Text(line, style="dim"))
    if told.quotes:
        quotes_table(told.quotes)


def _how_it_was_found(told: "Told") -> tuple[str, ...]:
    if not told.format:
        return ("unchanged since the last time: as the library has it",)
    read = f"{told.cues_read} of {told.cues_present} cues read"
    return (
        f"{told.format}: {read}, {told.sentences} sentences",
        f"{told.weighed} spans weighed: {told.added} new, {told.updated} changed, "
        f"{told.known} known",
    )


def harvest_notes(told: "Told") -> None:
    """What a person should know of a harvest, on standard error."""
    for note in told.notes:
        say(f"note: {note}")


def who_says(quote: Quote | Sentence) -> str:
    """The speaker, with a question mark where a person has not confirmed it."""
    return (quote.speaker or "–") + (" ?" if is_inferred(quote) else "")


def said_by(quote: Quote) -> str:
    """The same for a line of its own: in words where no speaker is known."""
    return who_says(quote) if quote.speaker else NOBODY


def is_inferred(one: Quote | Sentence) -> bool:
    """Whether who speaks is a guess; where nobody is named there is nothing to guess."""
    return bool(one.speaker and one.attribution and one.attribution.how == "inferred")


def reasons(quote: Quote, count: int = 3) -> str:
    """Why a quote was picked, in a curator's words: what spoke for it most."""
    from bot.scoring import spoken_for

    return ", ".join(spoken_for(quote.reasons, count))


@contextmanager
def progress(title: str, total: int) -> "Iterator[Callable[[], None]]":
    """A bar on standard error when somebody watches; call what it gives once per step."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def counting(title: str) -> "Iterator[Callable[[int, int], None]]":
    """A bar as ``progress``, of a total that is known later; call with what is done and of all."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


def spinning(found: Iterable[_T], *, shown: bool) -> Iterator[_T]:
    """Each of what a language model reads for seconds; something turns where somebody watches."""
    if not (shown and sys.stderr.isatty()):
        yield from found
        return
    from rich.console import Console

    console, left = Console(stderr=True), iter(found)
    while True:
        with console.status("reading the lines"):
            some = [*islice(left, 1)]
        if not some:
            return
        yield from some


def reasons_list(quote: Quote) -> None:
    """The score and what weighed most in it, as bars."""
    from bot.scoring import LEAST_REASON, in_words

    typer.echo(f"  score     {quote.score:.0f} of 100")
    for one in quote.reasons[:_FIRST_REASONS]:
        if abs(one.contribution) >= LEAST_REASON:
            typer.echo(f"            {_bar(one.contribution):<16} {in_words(one)}")


def reasons_table(quote: Quote) -> None:
    """All that each feature added to or took from the score, largest first."""
    from rich import box
    from rich.table import Table

    from bot.scoring import in_words, start_of

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("adds", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True, max_width=16)
    table.add_column("because")
    table.add_column("feature", style="dim", no_wrap=True)
    for one in quote.reasons:
        table.add_row(_signed(one.contribution), _bar(one.contribution), in_words(one), one.feature)
    start = start_of(quote)
    total = start + sum(one.contribution for one in quote.reasons)
    table.add_row(_signed(start), _bar(start), "where every sentence starts", "start")
    table.add_section()
    table.add_row(_signed(total), "", f"in all: {quote.score:.1f} of 100", "")
    console().print(table)
    typer.echo("  Points of the logit: 50 of 100 is a sentence as likely to be chosen as any of a")
    typer.echo(
        "  talk, and each +0.69 doubles its chances. docs/scorer.md says what each measures."
    )


def _signed(points: float) -> str:
    return f"{points:+.2f}".replace("-", "−")


def _bar(contribution: float) -> str:
    return ("+" if contribution > 0 else "−") * max(1, round(abs(contribution) * 10))


def if_dry(dry_run: bool) -> str:
    """What a line ends with when nothing of it was kept."""
    return " (dry run)" if dry_run else ""
