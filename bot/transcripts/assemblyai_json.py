"""AssemblyAI: ``words`` and ``utterances`` with whole milliseconds.

https://www.assemblyai.com/docs/api-reference/transcripts/get
"""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, name, said
from bot.transcripts.pieces import holds
from bot.transcripts.spoken_words import Spoken

_LISTS = ("utterances", "words", "sentences", "paragraphs")


def _sniff(document: Any) -> bool:
    return holds(_pieces(document), "text", "start", "end", "confidence")


def _pieces(document: Any) -> list[dict[str, Any]]:
    """The words, or the longest pieces that hold them."""
    if isinstance(document, list):
        pieces = dicts(document)
        return pieces if holds(pieces, "speaker") and not holds(pieces, "id") else []
    if "segments" in document:
        return []
    return next((found for key in _LISTS if (found := dicts(document.get(key)))), [])


def _read(document: Any, _source: str) -> Body:
    spoken = Spoken()
    for piece in _pieces(document):
        for word in dicts(piece.get("words")) or [piece]:
            voice = name(word.get("speaker")) or name(piece.get("speaker"))
            start_ms, end_ms = ms(word.get("start"), 1), ms(word.get("end"), 1)
            spoken.word(said(word.get("text")), start_ms, end_ms, voice)
    return spoken.body(Details(language=said(inner(document, "language_code")) or None))


ASSEMBLYAI_JSON = Format(
    "assemblyai_json",
    "AssemblyAI JSON",
    _sniff,
    _read,
    programs="AssemblyAI",
    speakers="where voices were told apart",
    word_times="yes",
    lost="confidences, chapters, highlights",
)
