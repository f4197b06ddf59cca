"""YouTube's json3: ``events`` at ``tStartMs`` whose ``segs`` are words at ``tOffsetMs``."""

from typing import Any

from bot.model import Cue, Removed, Word
from bot.transcripts.base import NO_START, NO_WORDS, Body, Format
from bot.transcripts.json_reading import dicts, inner, ms, said


def _sniff(document: Any) -> bool:
    return any("tStartMs" in event for event in dicts(inner(document, "events"))[:50])


def _read(document: Any, _source: str) -> Body:
    events = dicts(inner(document, "events"))
    starts = [ms(event.get("tStartMs"), 1) for event in events]
    spoken = [_text(event) for event in events]
    cues: list[Cue] = []
    removed: list[Removed] = []
    following: int | None = None
    for event, start_ms, text in reversed(list(zip(events, starts, spoken, strict=True))):
        if text and start_ms is not None:
            end_ms = start_ms + max(0, ms(event.get("dDurationMs"), 1) or 0)
            if following is not None and following >= start_ms:  # lines stay on the screen
                end_ms = min(end_ms, following)
            cues.append(Cue(start_ms, end_ms, text, words=_words(event, start_ms, end_ms)))
            following = start_ms
        else:
            removed.append(Removed(NO_START if text else NO_WORDS, text, start_ms))
    return Body(tuple(reversed(cues)), len(events), removed=tuple(reversed(removed)))


def _text(event: dict[str, Any]) -> str:
    pieces = (piece.get("utf8") for piece in dicts(event.get("segs")))
    return said("".join(piece for piece in pieces if isinstance(piece, str)))


def _words(event: dict[str, Any], start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """The words with their own times; none for captions typed by a person."""
    segments = [piece for piece in dicts(event.get("segs")) if said(piece.get("utf8"))]
    if len(segments) < 2:
        return ()
    starts = [start_ms + (ms(piece.get("tOffsetMs"), 1) or 0) for piece in segments]
    ends = [*starts[1:], max(end_ms, starts[-1])]
    return tuple(
        Word(said(piece["utf8"]), start, max(start, end))
        for piece, start, end in zip(segments, starts, ends, strict=True)
    )


YOUTUBE_JSON3 = Format(
    "youtube_json3",
    "YouTube json3",
    _sniff,
    _read,
    programs="YouTube's player, yt-dlp",
    speakers="as >> or labels",
    word_times="in automatic captions",
    lost="positions, colours",
)
