"""Whisper JSON: openai-whisper, faster-whisper, WhisperX, whisper-timestamped, whisper.cpp,
insanely-fast-whisper – all a list of pieces with a start, an end and text, under other keys.
"""

from collections.abc import Iterator
from operator import sub
from statistics import median_low
from typing import Any

from bot.model import Cue, Details, Removed, Word
from bot.transcripts.base import NO_START, NO_WORDS, Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, said

_LISTS = ("segments", "transcription", "chunks", "speakers")
_TIMES = ("start", "timestamp", "timestamps", "offsets")
_LOOKED_AT = 50  # pieces: a first one may be empty

_Times = tuple[int | None, int | None]


def _sniff(document: Any) -> bool:
    pieces = _pieces(document) or []
    return any(
        ("text" in piece and "duration" not in piece)  # YouTube's: a start and how long
        and any(key in piece for key in _TIMES)
        for piece in pieces[:_LOOKED_AT]
    )


def _read(document: Any, _source: str) -> Body:
    pieces = _pieces(document) or []
    unit = _unit(pieces)
    times = [_times(piece, unit) for piece in pieces]
    cues = [_cue(pieces, times, place, unit) for place in range(len(pieces))]
    removed = tuple(
        Removed(NO_START if said(piece.get("text")) else NO_WORDS, said(piece.get("text")), start)
        for piece, (start, _), cue in zip(pieces, times, cues, strict=True)
        if cue is None
    )
    language = inner(document, "language") or inner(document, "result", "language")  # whisper.cpp
    details = Details(language=said(language) or None)
    return Body(tuple(filter(None, cues)), len(pieces), details, removed=removed)


def _pieces(document: Any) -> list[dict[str, Any]] | None:
    found = document
    if isinstance(document, dict):
        found = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)
    return dicts(found) if isinstance(found, list) else None


def _unit(pieces: list[dict[str, Any]]) -> int:
    """Milliseconds in one unit of ``start``: 1000, or 1 where whole numbers step by over 100.

    Some programs write whole milliseconds under the keys where others write seconds.
    """
    starts = [piece.get("start") for piece in pieces]
    if not all(isinstance(start, int) for start in starts) or len(starts) < 2:
        return 1000
    return 1 if median_low(map(sub, starts[1:], starts)) > 100 else 1000


def _cue(pieces: list[dict[str, Any]], times: list[_Times], place: int, unit: int) -> Cue | None:
    piece = pieces[place]
    text, speaker = said(piece.get("text")), piece.get("speaker")
    start_ms, end_ms = times[place]
    if not text or start_ms is None:
        return None
    if end_ms is None or end_ms < start_ms:
        following = times[place + 1][0] if place + 1 < len(times) else None
        end_ms = max(start_ms, following or start_ms)
    name = said(speaker) or None
    if any(word.get("speaker", speaker) != speaker for word in dicts(piece.get("words"))):
        name = None  # two voices in one piece: neither is sure
    words = tuple(_words(piece.get("words"), unit))
    return Cue(start_ms, end_ms, text, name, words)


def _times(piece: dict[str, Any], unit: int) -> _Times:
    """Start and end in milliseconds from ``start``/``end``, ``timestamp`` or ``offsets``."""
    offsets = piece.get("offsets")  # whisper.cpp: whole milliseconds
    if isinstance(offsets, dict):
        return ms(offsets.get("from"), 1), ms(offsets.get("to"), 1)
    pair = piece.get("timestamp")  # transformers and insanely-fast-whisper
    if isinstance(pair, list) and len(pair) == 2:
        return ms(pair[0], 1000), ms(pair[1], 1000)
    return ms(piece.get("start"), unit), ms(piece.get("end"), unit)


def _words(found: Any, unit: int) -> Iterator[Word]:
    for word in dicts(found):
        text = word.get("word", word.get("text"))
        start_ms, end_ms = _times(word, unit)
        if isinstance(text, str) and text.strip() and start_ms is not None:
            yield Word(text.strip(), start_ms, max(start_ms, end_ms or start_ms))


WHISPER_JSON = Format(
    "whisper_json",
    "Whisper JSON",
    _sniff,
    _read,
    programs="openai-whisper, faster-whisper, WhisperX, whisper-timestamped, whisper.cpp, "
    "insanely-fast-whisper",
    speakers="where voices were told apart",
    word_times="where asked for",
)
