"""Deepgram: ``results.channels[].alternatives[].words``.

https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded
"""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, name, said
from bot.transcripts.spoken_words import Spoken, body_of


def _sniff(document: Any) -> bool:
    return any(_best(channel) for channel in _channels(document))


def _channels(document: Any) -> list[dict[str, Any]]:
    return dicts(inner(document, "results", "channels"))


def _best(channel: dict[str, Any]) -> dict[str, Any]:
    return next(iter(dicts(channel.get("alternatives"))), {})


def _read(document: Any, _source: str) -> Body:
    channels = _channels(document)
    language = said(channels[0].get("detected_language"))
    tracks = [
        _spoken(dicts(_best(channel).get("words")), f"Speaker {at}" if len(channels) > 1 else None)
        for at, channel in enumerate(channels)
    ]
    return body_of(tracks, Details(language=language or None))


def _spoken(words: list[dict[str, Any]], track: str | None) -> Spoken:
    spoken = Spoken()
    for word in words:
        text = said(word.get("punctuated_word")) or said(word.get("word"))
        voice = track or name(word.get("speaker"))
        spoken.word(text, ms(word.get("start")), ms(word.get("end")), voice)
    return spoken


DEEPGRAM_JSON = Format(
    "deepgram_json",
    "Deepgram JSON",
    _sniff,
    _read,
    programs="Deepgram",
    speakers="where voices or channels were told apart",
    word_times="yes",
    lost="confidences, paragraphs, topics",
)
