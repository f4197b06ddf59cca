"""Quotes for other programs and for reading: JSON, a CSV, Markdown for notes. Pure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.clock import clock
from bot.model import Quote, Talk, quote_json
from bot.spreadsheets import table

COLUMNS = (
    *("id", "status", "text", "speaker", "tags", "note", "at", "talk", "title"),
    *("score", "flags", "said", "url"),
)
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_json(quotes: Sequence[Quote]) -> str:
    """An array of quotes."""
    return json.dumps([*map(quote_json, quotes)], ensure_ascii=False, indent=2) + "\n"


def as_csv(quotes: Sequence[Quote], talks: Mapping[str, Talk]) -> str:
    """A row a quote; ``library import`` reads the same columns."""
    return table(COLUMNS, ([*_row(one, talks[one.talk])] for one in quotes))


def as_markdown(quotes: Sequence[Quote], talks: Mapping[str, Talk]) -> str:
    """The quotes of each talk below its title, in the order they are said."""
    ordered = sorted(quotes, key=lambda one: (one.talk, one.start_ms, one.id))
    parts = [
        "\n\n".join([_heading(talks[name]), *map(_passage, group)])
        for name, group in groupby(ordered, key=lambda one: one.talk)
    ]
    return "\n\n".join(parts) + "\n" if parts else ""


def _row(quote: Quote, talk: Talk) -> Iterator[str]:
    yield from (quote.id, quote.status, quote.shown, quote.speaker or "", "; ".join(quote.tags))
    yield from (quote.note, clock(quote.start_ms), talk.id, talk.title, f"{quote.score:.1f}")
    yield from ("; ".join(quote.flags), quote.said, quote.url or "")


def _heading(talk: Talk) -> str:
    known = [text for text in (talk.event, talk.date) if text]
    return f"## {plain(talk.title)}" + "".join(f" · {plain(one)}" for one in known)


def _passage(quote: Quote) -> str:
    when = ("~" if quote.approximate else "") + clock(quote.start_ms)
    link = f"[{when}](<{quote.url}>)" if quote.url else when
    known = [plain(quote.speaker or "–"), link, f"`{quote.id}`", quote.status]
    tags = [plain(f"#{tag}") for tag in quote.tags]
    note = f">\n> {plain(quote.note)}\n" if quote.note else ""
    return f"> “{plain(quote.shown)}”\n{note}>\n> — {' · '.join([*known, *tags])}"


def plain(text: str) -> str:
    """A text on one line in which Markdown and HTML find nothing to mark."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
