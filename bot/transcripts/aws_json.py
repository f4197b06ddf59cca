"""Amazon Transcribe: ``results.items``, words with times and punctuation without.

https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html
"""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, said
from bot.transcripts.spoken_words import Spoken, body_of


def _sniff(document: Any) -> bool:
    items = dicts(inner(document, "results", "items"))
    return any(dicts(item.get("alternatives")) and "type" in item for item in items[:50])


def _read(document: Any, _source: str) -> Body:
    results = inner(document, "results")
    details = Details(language=said(results.get("language_code")) or None)
    channels = dicts(inner(results, "channel_labels", "channels"))
    if channels:
        parts = [(dicts(one.get("items")), _channel(one)) for one in channels]
        return body_of([_spoken(items, {}, voice) for items, voice in parts], details)
    labels = _labels(dicts(inner(results, "speaker_labels", "segments")))
    return _spoken(dicts(results.get("items")), labels, None).body(details)


def _channel(channel: dict[str, Any]) -> str:
    return f"Speaker {said(channel.get('channel_label')).removeprefix('ch_')}".strip()


def _labels(segments: list[dict[str, Any]]) -> dict[str, str]:
    """The voice that says the word that starts at a time."""
    words = [word for segment in segments for word in dicts(segment.get("items"))]
    return {said(word.get("start_time")): said(word.get("speaker_label")) for word in words}


def _spoken(items: list[dict[str, Any]], labels: dict[str, str], voice: str | None) -> Spoken:
    spoken = Spoken()
    for item in items:
        text = said(next(iter(dicts(item.get("alternatives"))), {}).get("content"))
        if item.get("type") == "punctuation":
            spoken.attach(text)
            continue
        label = said(item.get("speaker_label")) or labels.get(said(item.get("start_time")))
        start_ms, end_ms = ms(item.get("start_time")), ms(item.get("end_time"))
        spoken.word(text, start_ms, end_ms, voice or label or None)
    return spoken


AWS_JSON = Format(
    "aws_json",
    "Amazon Transcribe JSON",
    _sniff,
    _read,
    programs="Amazon Transcribe",
    speakers="where voices or channels were told apart",
    word_times="yes",
    lost="confidences, other readings",
)
