"""The words on a card and the words that stand in for it."""

from dataclasses import dataclass

from bot.cards.source import assigned, without_speaker
from bot.cards.typography import NBSP, marked, nested, typeset
from bot.clock import clock
from bot.errors import CardError
from bot.model import Candidate, Talk


@dataclass(frozen=True, slots=True)
class Words:
    """All that is written on a card, set in type.

    ``title`` does without the speaker's name, which stands above it; ``alt`` has it in full.
    ``place`` is how far into the talk the quote stands (0 to 1), None when that is unknown;
    ``start_ms`` is None and ``clock`` empty when the quote has no time.
    """

    quote: str
    name: str
    title: str
    event: str
    start_ms: int | None
    clock: str
    place: float | None
    alt: str


def write(quote: Candidate, talk: Talk) -> Words:
    """The words of a quote's card; a quote without words is refused."""
    text = nested(typeset(quote.shown))
    if not any(character.isalnum() or ord(character) > 0x2BFF for character in text):
        raise CardError("the quote has no words", remedy="choose another one")
    name = typeset(assigned(quote.speaker or ""))
    title, event = (marked(assigned(part or "")) for part in (talk.title, talk.event))
    timed = quote.end_ms > 0
    shown_time = _clock(quote) if timed else ""
    at = f"at {shown_time}" if timed else ""
    source = ", ".join(part for part in (name, title, at) if part)
    alt = f"Quote card: “{text}”{' – ' if source else ''}{source}".replace(NBSP, " ")
    place = min(quote.start_ms / talk.duration_ms, 1.0) if timed and talk.duration_ms else None
    start_ms = quote.start_ms if timed else None
    short_title = without_speaker(title, name)
    return Words(text, name, short_title, event, start_ms, shown_time, place, alt)


def _clock(quote: Candidate) -> str:
    """The quote's time; in whole minutes when it is only known roughly."""
    if not quote.approximate:
        return clock(quote.start_ms)
    hours, minutes = divmod(max(1, quote.start_ms // 60_000), 60)
    return f"about {hours} h {minutes:02} min" if hours else f"about {minutes} min"
