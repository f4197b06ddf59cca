"""Whisper JSON: openai-whisper, faster-whisper, WhisperX, whisper-timestamped, whisper.cpp,
insanely-fast-whisper – all a list of pieces with a start, an end and text, under other keys.
"""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, said
from bot.transcripts.pieces import Keys, holds, read_pieces

_LISTS = ("segments", "transcription", "chunks", "speakers")
_TIMES = ("start", "timestamp", "timestamps", "offsets")


def _sniff(document: Any) -> bool:
    pieces = [piece for piece in _pieces(document) if "duration" not in piece]  # YouTube's
    vendor = holds(pieces, "confidence", "speaker", "text") and not holds(pieces, "words")
    return not vendor and any(holds(pieces, "text", time) for time in _TIMES)


def _read(document: Any, _source: str) -> Body:
    language = inner(document, "language") or inner(document, "result", "language")  # whisper.cpp
    return read_pieces(_pieces(document), Keys(), Details(language=said(language) or None))


def _pieces(document: Any) -> list[dict[str, Any]]:
    found = document
    if isinstance(document, dict):
        found = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)
    return dicts(found)


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
