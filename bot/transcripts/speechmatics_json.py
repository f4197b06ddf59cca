"""Speechmatics json-v2: ``results`` of words and punctuation with ``start_time``.

https://docs.speechmatics.com/speech-to-text/batch/output
"""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, name, said
from bot.transcripts.spoken_words import Spoken

_UNKNOWN = "UU"


def _sniff(document: Any) -> bool:
    return any(
        one.get("type") in ("word", "punctuation") and "alternatives" in one
        for one in dicts(inner(document, "results"))[:50]
    )


def _read(document: Any, _source: str) -> Body:
    spoken = Spoken()
    for one in dicts(inner(document, "results")):
        best = next(iter(dicts(one.get("alternatives"))), {})
        text, voice = said(best.get("content")), name(best.get("speaker"))
        if one.get("type") == "punctuation":
            spoken.attach(text)
            continue
        voice = None if voice == _UNKNOWN else voice
        spoken.word(text, ms(one.get("start_time")), ms(one.get("end_time")), voice)
    language = said(inner(document, "metadata", "transcription_config", "language"))
    return spoken.body(Details(language=language or None))


SPEECHMATICS_JSON = Format(
    "speechmatics_json",
    "Speechmatics JSON",
    _sniff,
    _read,
    programs="Speechmatics",
    speakers="where voices were told apart",
    word_times="yes",
    lost="confidences, audio events",
)
