"""What JSON made of timed pieces of text has in common: segments, snippets, items of a feed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from operator import itemgetter, sub
from statistics import median_low
from typing import Any

from bot.model import Cue, Details, Removed, Word
from bot.transcripts.base import NO_START, NO_WORDS, Body
from bot.transcripts.json_reading import LONGEST, dicts, ms, name, said

LOOKED_AT = 50  # pieces by which a format is told: a first one may be empty

_PLAIN = itemgetter("word", "start", "end")
_OTHER_TIMES = frozenset({"offsets", "timestamp"})
_Times = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Keys:
    """Under which keys a program writes the pieces of a transcript."""

    text: str = "text"
    start: str = "start"
    end: str = "end"
    duration: str = ""  # instead of an end


def holds(pieces: Sequence[dict[str, Any]], *keys: str) -> bool:
    """Whether one of the first pieces has all the keys."""
    return any(all(key in piece for key in keys) for piece in pieces[:LOOKED_AT])


def read_pieces(pieces: Sequence[dict[str, Any]], keys: Keys, details: Details) -> Body:
    """A cue for each piece with words and a start; what has none is accounted for."""
    unit = _unit([piece.get(keys.start) for piece in pieces])
    times = [_times(piece, keys, unit) for piece in pieces]
    cues: list[Cue] = []
    removed: list[Removed] = []
    for place, (piece, (start_ms, end_ms)) in enumerate(zip(pieces, times, strict=True)):
        text = said(piece.get(keys.text))
        if not text or start_ms is None:
            removed.append(Removed(NO_START if text else NO_WORDS, text, start_ms))
            continue
        following = times[place + 1][0] if place + 1 < len(times) else None
        if keys.duration and end_ms is not None and following is not None:
            end_ms = max(start_ms, min(end_ms, following))  # snippets stay on the screen
        if end_ms is None or end_ms < start_ms:
            end_ms = max(start_ms, following or start_ms)
        words = tuple(_words(piece, keys, unit))
        cues.append(Cue(start_ms, end_ms, text, _speaker(piece), words))
    return Body(tuple(cues), len(pieces), details, removed=tuple(removed))


def _unit(starts: Sequence[Any]) -> int:
    """Milliseconds in one unit of a start: 1000, or 1 where whole numbers step by over 100.

    Some programs write whole milliseconds under the keys where others write seconds.
    """
    if not all(isinstance(start, int) for start in starts) or len(starts) < 2:
        return 1000
    return 1 if median_low(map(sub, starts[1:], starts)) > 100 else 1000


def _speaker(piece: dict[str, Any]) -> str | None:
    speaker = piece.get("speaker")
    spoken = [word["speaker"] for word in dicts(piece.get("words")) if "speaker" in word]
    if any(other != speaker for other in spoken):
        return None  # two voices in one piece: neither is sure
    return name(speaker)


def _times(piece: dict[str, Any], keys: Keys, unit: int) -> _Times:
    """Start and end in milliseconds, under the format's keys or those of Whisper's kin."""
    if isinstance(offsets := piece.get("offsets"), dict):  # whisper.cpp: whole milliseconds
        return ms(offsets.get("from"), 1), ms(offsets.get("to"), 1)
    pair = piece.get("timestamp")  # transformers and insanely-fast-whisper
    if isinstance(pair, list) and len(pair) == 2:
        return ms(pair[0]), ms(pair[1])
    start_ms = ms(piece.get(keys.start), unit)
    if not keys.duration:
        return start_ms, ms(piece.get(keys.end), unit)
    lasts_ms = ms(piece.get(keys.duration), unit)
    if start_ms is None or lasts_ms is None:
        return start_ms, None
    return start_ms, start_ms + lasts_ms


def _words(piece: dict[str, Any], keys: Keys, unit: int) -> Iterable[Word]:
    found = dicts(piece.get("words", piece.get("word_timings")))
    plain = _plain_words(found, unit) if keys == Keys() else None
    return _each_word(found, keys, unit) if plain is None else plain


def _plain_words(found: Sequence[dict[str, Any]], unit: int) -> list[Word] | None:
    """Words as most programs write them, all at once: a text and two numbers; None for others."""
    try:
        texts, starts, ends = zip(*map(_PLAIN, found), strict=True)
    except (KeyError, ValueError):  # a key is missing, or all words
        return None
    seconds = (*starts, *ends)
    if {*map(type, texts)} != {str} or {*map(type, seconds)} != {float}:
        return None
    sensible = min(seconds) >= 0 and max(seconds) < LONGEST and all(map(isfinite, seconds))
    if not sensible or not _OTHER_TIMES.isdisjoint(set().union(*found)):
        return None
    begins = [round(one * unit) for one in starts]
    stops = [round(end * unit) for end in map(max, starts, ends)]
    return [word for word in map(Word, map(said, texts), begins, stops) if word.text]


def _each_word(found: Sequence[dict[str, Any]], keys: Keys, unit: int) -> Iterator[Word]:
    for word in found:
        text = said(word.get("word", word.get("text")))
        start_ms, end_ms = _times(word, keys, unit)
        if text and start_ms is not None:
            yield Word(text, start_ms, max(start_ms, end_ms or start_ms))
