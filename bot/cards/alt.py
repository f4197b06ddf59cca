"""The words on a card and the words that stand in for it."""

import re
from dataclasses import dataclass

from bot.cards import bidi
from bot.cards.breaking import is_unspaced
from bot.cards.pictures import Picture
from bot.cards.source import assigned, readable, without_speaker
from bot.cards.typography import (
    NBSP,
    Marks,
    clean,
    emphasised,
    language_of,
    marked,
    marks_of,
    nested,
    typeset,
    without_piles,
)
from bot.clock import clock
from bot.errors import CardError
from bot.model import Candidate, Talk

_LONGEST_QUOTE, _LONGEST_NAME = 3000, 300  # letters
_MOST_WORDS = 800

_CLOSING = tuple(".,!?;:…")


@dataclass(frozen=True, slots=True)
class Extras:
    """What a card may carry beside the quote and its talk; everything can be left out.

    ``role`` says what the speaker is, ``link`` leads to where the quote is heard and becomes a
    QR code, ``emphasis`` are words of the quote to stress.
    """

    role: str = ""
    photo: Picture | None = None
    logo: Picture | None = None
    handle: str = ""
    link: str = ""
    emphasis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """All that is written on a card, set in type, and its pictures.

    ``title`` does without the speaker's name, which stands above it; ``alt`` has it in full.
    ``stressed`` are the places ``[first, last)`` in ``quote`` that stand out.
    ``place`` is how far into the talk the quote stands (0 to 1), None when that is unknown;
    ``start_ms`` is None and ``clock`` empty when the quote has no time. ``page`` is set on a card
    of several images: “2/4”.
    """

    quote: str
    name: str
    title: str
    event: str
    start_ms: int | None
    clock: str
    place: float | None
    alt: str
    language: str = "en"
    stressed: tuple[tuple[int, int], ...] = ()
    role: str = ""
    photo: Picture | None = None
    logo: Picture | None = None
    handle: str = ""
    link: str = ""
    page: str = ""

    @property
    def marks(self) -> Marks:
        """The quotation marks of the quote's language."""
        return marks_of(self.language)

    @property
    def rtl(self) -> bool:
        """Whether the card is read from the right."""
        return bidi.runs_left(self.quote)


def write(quote: Candidate, talk: Talk, extras: Extras | None = None) -> Words:
    """The words of a quote's card; a quote without words is refused."""
    extras = extras or Extras()
    language = language_of(quote.shown, quote.language or talk.language)
    text, stressed = _quote(quote.shown, extras.emphasis, language)
    name = typeset(_name(quote.speaker or ""), language)
    title, event, role = (
        marked(assigned(part or ""), language)
        for part in (readable(talk.title or ""), talk.event, extras.role)
    )
    timed = quote.end_ms > 0
    shown_time = _clock(quote) if timed else ""
    at = f"at {shown_time}" if timed else ""
    source = ", ".join(part for part in (name, title, at) if part)
    marks = marks_of(language)
    said = f"{marks.opens}{text}{marks.closes}"
    alt = f"Quote card: {said}{' – ' if source else ''}{source}".replace(NBSP, " ")
    return Words(
        quote=text,
        name=name,
        title=without_speaker(title, name),
        event=event,
        start_ms=quote.start_ms if timed else None,
        clock=shown_time,
        place=min(quote.start_ms / talk.duration_ms, 1.0) if timed and talk.duration_ms else None,
        alt=alt,
        language=language,
        stressed=stressed,
        role=role,
        photo=extras.photo,
        logo=extras.logo,
        handle=clean(assigned(extras.handle)),
        link=extras.link,
    )


def _quote(
    shown: str, emphasis: tuple[str, ...], language: str
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The quote set in type and what is stressed of it, with the mark that follows there."""
    _check_length(shown, "quote", _LONGEST_QUOTE)
    text, stressed = emphasised(nested(typeset(shown, language), language))
    if not any(character.isalnum() for character in text):
        raise CardError("the quote has no words", remedy="choose another one")
    wanted = (nested(typeset(one, language), language) for one in emphasis)
    stressed = (*stressed, *(_place(text, one) for one in wanted))
    return text, tuple(
        (first, last + (text[last : last + 1] in _CLOSING)) for first, last in stressed
    )


def _place(text: str, emphasis: str) -> tuple[int, int]:
    """Where a quote has words to stress; they are whole where a script has spaces."""
    ends = ("", "") if is_unspaced(emphasis) else (r"(?<!\w)", r"(?!\w)")
    found = re.search(re.escape(emphasis).join(ends), text)
    if found is None or not any(map(str.isalnum, emphasis)):
        raise CardError(
            f"the quote has no words “{emphasis}” to stress",
            remedy="write whole words, as the quote has them",
        )
    return found.span()


def _name(speaker: str) -> str:
    _check_length(speaker, "name", _LONGEST_NAME)
    return assigned(speaker)


def _check_length(text: str, what: str, most: int) -> None:
    """Refuse what no card has room for before any work is done on it."""
    bare = without_piles(text)
    words = len(bare.split())
    if len(bare) > most or words > _MOST_WORDS:
        raise CardError(
            f"the {what} is too long for any card: {words} words, {len(bare)} letters",
            remedy="trim it, or choose a shorter one",
        )


def _clock(quote: Candidate) -> str:
    """The quote's time; in whole minutes when it is only known roughly."""
    if not quote.approximate:
        return clock(quote.start_ms)
    hours, minutes = divmod(max(1, quote.start_ms // 60_000), 60)
    return f"about {hours} h {minutes:02} min" if hours else f"about {minutes} min"
