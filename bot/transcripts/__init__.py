"""Reads transcript files: tells the format by content, compares cues read with cues present."""

import re
from dataclasses import replace
from pathlib import Path

from bot.errors import TranscriptError
from bot.model import Cue, Transcript
from bot.transcripts.base import Format
from bot.transcripts.decode import decode
from bot.transcripts.labels import labelled
from bot.transcripts.order import in_order
from bot.transcripts.page_text import PAGE_TEXT
from bot.transcripts.srt import SRT
from bot.transcripts.webvtt import WEBVTT
from bot.transcripts.whisper_json import WHISPER_JSON

FORMATS: tuple[Format, ...] = (WHISPER_JSON, WEBVTT, SRT, PAGE_TEXT)
MAX_MB = 64  # ten hours of speech are about 1 MB of text and 20 MB of JSON with word times

_SNIFFED = 65536
_CONTROLS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # a terminal's colours and titles
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_FORMATS_READ = "give WebVTT, SRT, Whisper JSON or text with a time at each line"


def read(path: Path, *, max_mb: int = MAX_MB) -> Transcript:
    """Read one file; ``TranscriptError`` names the file, the line and what to do."""
    return read_bytes(_bytes(path, max_mb), str(path))


def read_bytes(raw: bytes, source: str) -> Transcript:
    """Read the bytes of a file; ``source`` is its name in messages and titles."""
    text, notes = decode(raw, source)
    if not text.strip("\ufeff \t\n"):
        raise TranscriptError(source, "is empty", remedy="export the transcript again")
    found = sniff(text)
    if found is None:
        raise TranscriptError(source, _why_not(text), remedy=_FORMATS_READ)
    body = found.read(text, source)
    worded = tuple(cue for cue in map(_printable, body.cues) if cue.text)
    if not worded:
        raise TranscriptError(source, "has cues, but no words in them", remedy=_FORMATS_READ)
    cues, mended = in_order(labelled(worded), source)
    return Transcript(
        source,
        found.name,
        raw,
        cues,
        body.cues_present,
        _without_controls(body.title) if body.title else None,
        body.language,
        notes + body.notes + mended,
    )


def sniff(text: str) -> Format | None:
    """The format of a text by its first 64 KiB, or None."""
    head = text[:_SNIFFED]
    return next((known for known in FORMATS if known.sniff(head)), None)


def _printable(cue: Cue) -> Cue:
    """A cue without what would steer a terminal or turn the direction of a page."""
    marked = f"{cue.text}{cue.speaker or ''}{''.join(word.text for word in cue.words)}"
    if not _CONTROLS.search(marked):
        return cue
    speaker = _without_controls(cue.speaker) if cue.speaker else None
    return replace(cue, text=_without_controls(cue.text), speaker=speaker or None, words=())


def _without_controls(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())


def _bytes(path: Path, max_mb: int) -> bytes:
    try:
        if path.is_dir():
            raise TranscriptError(path, "is a folder", remedy="name the transcript files in it")
        size_mb = path.stat().st_size / 1_000_000
        if size_mb > max_mb:
            raise TranscriptError(
                path,
                f"is {size_mb:,.0f} MB, over the limit of {max_mb} MB",
                remedy="a ten-hour transcript has about 1 MB; is this the right file?",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TranscriptError(path, "there is no such file", remedy="check the path") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TranscriptError(path, f"cannot be read: {reason}", remedy="check the path") from error


def _why_not(text: str) -> str:
    if re.match(r"\ufeff?\s*[\[{]\s*[\[{\"\]}]", text):
        return "is JSON, but no transcript in a known form"
    if len(text.split()) > 20:
        return "has words but no timestamps in a known form"
    return "is not a transcript"
