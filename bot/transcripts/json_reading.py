"""What the readers of JSON share: the document, its values as they come, words put into cues."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from bot.clock import clock_ms
from bot.errors import TranscriptError
from bot.model import Cue, Word

EXPORT_AGAIN = "export the transcript again"
PAUSE_MS = 1000  # between words of one cue
MAX_WORDS = 40  # in a cue put together from words
LONGEST = 1e9  # of a unit: more is no time


def document(text: str, source: str) -> Any:
    """The parsed document; ``TranscriptError`` with the line where it is broken."""
    with suppress(msgspec.MsgspecError, UnicodeError, RecursionError):  # a tenth of the time
        return msgspec.json.decode(text.lstrip("\ufeff"))
    try:  # what only Python's reader takes, as NaN, and where a file is broken
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        reason = f"is not whole JSON: {error.msg}"
        raise TranscriptError(source, reason, line=error.lineno, remedy=EXPORT_AGAIN) from error
    except (RecursionError, ValueError) as error:
        reason = "is JSON nested or sized beyond reason"
        raise TranscriptError(source, reason, remedy=EXPORT_AGAIN) from error


def inner(found: Any, *keys: str) -> Any:
    """The value below nested keys, or None where one is missing."""
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def dicts(found: Any) -> list[dict[str, Any]]:
    """The objects of a list; none of what is no list."""
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def said(found: Any) -> str:
    """A text without doubled space; nothing for what is no text."""
    if not isinstance(found, str):
        return ""
    words = found.split()
    return words[0] if len(words) == 1 else " ".join(words)


def name(found: Any) -> str | None:
    """A speaker's label: a text, or the number of a voice."""
    if isinstance(found, int) and not isinstance(found, bool):
        return f"Speaker {found}"
    return said(found) or None


def ms(found: Any, unit: int = 1000) -> int | None:
    """Milliseconds of a number of ``unit``, "25.600s", "0:25.6", {seconds, nanos}; or None."""
    if type(found) is float:  # as nearly all are
        return round(found * unit) if -LONGEST < found < LONGEST else None
    if isinstance(found, dict):
        whole, part = ms(found.get("seconds", 0)), found.get("nanos", 0)
        known = whole is not None and isinstance(part, int)
        return whole + part // 1_000_000 if known and whole is not None else None
    if isinstance(found, str):
        return clock_ms(found.strip().removesuffix("s"))
    if isinstance(found, bool) or not isinstance(found, int) or not abs(found) < LONGEST:
        return None
    return round(found * unit)


def cue_of(words: Sequence[Word], speaker: str | None = None) -> Cue:
    """One cue of words in a row; their texts carry their punctuation."""
    text = " ".join(word.text for word in words)
    return Cue(words[0].start_ms, max(word.end_ms for word in words), text, speaker, tuple(words))


def cues_of(words: Iterable[tuple[Word, str | None]]) -> list[Cue]:
    """Cues of words and who says each: a new one for a voice, a pause, or ``MAX_WORDS`` words."""
    cues: list[Cue] = []
    run: list[Word] = []
    before: str | None = None
    for word, speaker in words:
        if run and (speaker != before or _is_full(run, word)):
            cues.append(cue_of(run, before))
            run = []
        run.append(word)
        before = speaker
    return [*cues, cue_of(run, before)] if run else cues


def _is_full(run: Sequence[Word], after: Word) -> bool:
    """Whether a cue ends before the word that comes after it."""
    return len(run) >= MAX_WORDS or after.start_ms - run[-1].end_ms > PAUSE_MS
