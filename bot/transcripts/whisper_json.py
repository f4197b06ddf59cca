"""Whisper JSON: openai-whisper, faster-whisper, WhisperX, whisper-timestamped, whisper.cpp,
insanely-fast-whisper – all a list of pieces with a start, an end and text, under other keys.
"""

import json
import re
from collections.abc import Iterator
from operator import sub
from statistics import median_low
from typing import Any

from bot.clock import clock_ms
from bot.errors import TranscriptError
from bot.model import Cue, Word
from bot.transcripts.base import Body, Format

_LISTS = ("segments", "transcription", "chunks", "speakers")
_TEXT_KEYS = re.compile(r'"(?:text|word)"\s*:')
_TIME_KEYS = re.compile(r'"(?:start|timestamp|timestamps|offsets)"\s*:')
_EXPORT_AGAIN = "export the transcript again"

_Times = tuple[int | None, int | None]


def _sniff(head: str) -> bool:
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        is_list = '"duration"' not in start[:2000]  # YouTube's: a start and how long
    else:
        is_list = start.startswith("{") and any(f'"{key}"' in head for key in _LISTS)
    return is_list and bool(_TEXT_KEYS.search(head)) and bool(_TIME_KEYS.search(head))


def _read(text: str, source: str) -> Body:
    document = _parse(text, source)
    pieces = _pieces(document)
    if pieces is None:
        raise TranscriptError(source, "is JSON, but not a Whisper transcript", remedy=_EXPORT_AGAIN)
    unit = _unit(pieces)
    times = [_times(piece, unit) for piece in pieces]
    cues = [cue for place in range(len(pieces)) if (cue := _cue(pieces, times, place, unit))]
    lost = len(pieces) - len(cues)
    notes = (f"{lost} cues left out, no words or no start time",) if lost else ()
    language = document.get("language") if isinstance(document, dict) else None
    if language is None and isinstance(document, dict) and isinstance(document.get("result"), dict):
        language = document["result"].get("language")  # whisper.cpp
    return Body(
        tuple(cues),
        len(pieces),
        language=language if isinstance(language, str) else None,
        notes=notes,
    )


def _parse(text: str, source: str) -> Any:
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise TranscriptError(
            source, f"is not whole JSON: {error.msg}", line=error.lineno, remedy=_EXPORT_AGAIN
        ) from error
    except (RecursionError, ValueError) as error:
        raise TranscriptError(
            source, "is JSON nested or sized beyond reason", remedy=_EXPORT_AGAIN
        ) from error


def _pieces(document: Any) -> list[dict[str, Any]] | None:
    found = document
    if isinstance(document, dict):
        found = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)
    if not isinstance(found, list):
        return None
    return [piece for piece in found if isinstance(piece, dict)]


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
    text, speaker = piece.get("text"), piece.get("speaker")
    start_ms, end_ms = times[place]
    if not isinstance(text, str) or not text.strip() or start_ms is None:
        return None
    if end_ms is None or end_ms < start_ms:
        following = times[place + 1][0] if place + 1 < len(times) else None
        end_ms = max(start_ms, following or start_ms)
    name = speaker.strip() or None if isinstance(speaker, str) else None
    if any(word.get("speaker", speaker) != speaker for word in _dicts(piece.get("words"))):
        name = None  # two voices in one piece: neither is sure
    words = tuple(_words(piece.get("words"), unit))
    return Cue(start_ms, end_ms, " ".join(text.split()), name, words)


def _times(piece: dict[str, Any], unit: int) -> _Times:
    """Start and end in milliseconds from ``start``/``end``, ``timestamp`` or ``offsets``."""
    offsets = piece.get("offsets")  # whisper.cpp: whole milliseconds
    if isinstance(offsets, dict):
        return _ms(offsets.get("from"), 1), _ms(offsets.get("to"), 1)
    pair = piece.get("timestamp")  # transformers and insanely-fast-whisper
    if isinstance(pair, list) and len(pair) == 2:
        return _ms(pair[0], 1000), _ms(pair[1], 1000)
    return _ms(piece.get("start"), unit), _ms(piece.get("end"), unit)


def _ms(value: Any, unit: int) -> int | None:
    if isinstance(value, str):
        return clock_ms(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        return None
    return round(value * unit)


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _words(found: Any, unit: int) -> Iterator[Word]:
    for word in _dicts(found):
        text = word.get("word", word.get("text"))
        start_ms, end_ms = _times(word, unit)
        if isinstance(text, str) and text.strip() and start_ms is not None:
            yield Word(text.strip(), start_ms, max(start_ms, end_ms or start_ms))


WHISPER_JSON = Format("whisper_json", "Whisper JSON", _sniff, _read)
