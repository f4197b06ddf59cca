"""A review as a page of Markdown: cards, words and what changed, for a comment. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from bot.clock import clock
from bot.library.decide import is_inferred
from bot.library.listing import plain
from bot.library.sheets.difference import Differs, Revised
from bot.library.sheets.review import Review, Reviewed, ReviewedSheet

_HASH = 12  # characters of a commit
_WIDTH = 360  # pixels of a card on the page


@dataclass(frozen=True, slots=True)
class Drawing:
    """The images of a quote's card: paths from the page, and words for those who cannot see it.

    Without images ``reason`` says why there are none.
    """

    images: Sequence[tuple[str, str]] = ()
    reason: str = ""


def page(review: Review, drawings: Mapping[str, Drawing]) -> str:
    """The page of a review; ``drawings`` are by the quote's id."""
    parts = [*_head(review)]
    for one in review.sheets:
        parts += _of_sheet(one, drawings)
    return "\n\n".join(parts) + "\n"


def _head(review: Review) -> Iterator[str]:
    count = len(review.quotes)
    yield f"# Quotes to review: {count or 'none'}"
    wrong, shown = len(review.wrong), sum(one.shown for one in review.quotes)
    if wrong:
        yield f"❌ **{wrong} of {shown} are not what their transcripts say**, see below."
    elif shown:
        yield "✅ Each is what its transcript says: words, times and, where it has labels, speaker."
    approved = [one for one in review.quotes if _newly_approved(one.revised)]
    yield (
        f"Merging, then `pullquote library import`, approves {len(approved) or 'none'} for "
        f"posting. Compared with `{review.commit[:_HASH]}`."
    )
    if review.taken_down:
        names = ", ".join(map(plain, review.taken_down))
        yield f"**Taken down for good**, with all they said: {names}."
    if review.gone:
        names = ", ".join(f"`{plain(name)}`" for name in review.gone)
        yield f"Sheets removed (a library keeps their quotes): {names}."


def _newly_approved(one: Revised) -> bool:
    was = one.before.quote.status if one.before else "candidate"
    return one.leaf.quote.status == "approved" != was


def _of_sheet(one: ReviewedSheet, drawings: Mapping[str, Drawing]) -> Iterator[str]:
    talk = one.sheet.talk
    yield f"## {plain(talk.title)}"
    known = [talk.event, talk.date, talk.permission and f"permission {talk.permission}"]
    known.append(talk.embargo_until and f"not before {talk.embargo_until}")
    if told := " · ".join(plain(text) for text in known if text):
        yield told
    if one.change.details:
        yield _table(one.change.details)
    for quote in sorted(one.quotes, key=lambda each: not each.wrong):
        yield from _of_quote(quote, drawings.get(quote.revised.leaf.quote.id, Drawing()))
    if one.change.gone:
        names = ", ".join(f"`{leaf.quote.id}`" for leaf in one.change.gone)
        yield f"No longer in the sheet (a library keeps them): {names}."


def _of_quote(one: Reviewed, drawing: Drawing) -> Iterator[str]:
    quote = one.quote
    was = one.revised.before.quote.status if one.revised.before else "new"
    change = quote.status if was == quote.status else f"{was} → {quote.status}"
    yield f"### `{quote.id}` {change}"
    if one.wrong:
        yield f"❌ **Not what its transcript says:** {plain(one.wrong)}"
    when = ("~" if quote.approximate else "") + clock(quote.start_ms)
    who = plain(quote.speaker or "nobody that is known")
    sure = f" ({quote.attribution.how})" if quote.attribution else ""
    yield f"> “{plain(quote.shown)}”\n>\n> — {who}{sure} · {when}"
    for path, alt in drawing.images:
        words = escape(" ".join(alt.split()))
        yield f'<img src="{path}" width="{_WIDTH}" alt="{words}">'
        yield f"Alt text: {plain(alt)}"
    if drawing.reason:
        yield f"No card: {plain(drawing.reason)}"
    doubts = [f"is this {quote.speaker}? Nobody has confirmed it"] if is_inferred(quote) else []
    if doubts := [*doubts, *quote.flags]:
        yield f"⚠️ {plain(', '.join(doubts))}"
    if one.revised.before:
        yield _table(one.revised.differs)


def _table(differs: Sequence[Differs]) -> str:
    rows = [f"| {one.name} | {_cell(one.was)} | {_cell(one.now)} |" for one in differs]
    return "\n".join(["| | was | is |", "|---|---|---|", *rows])


def _cell(text: str) -> str:
    return plain(text) or "–"
