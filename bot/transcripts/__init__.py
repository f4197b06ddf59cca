"""Reads transcript files: tells the format by content and accounts for every cue."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from stat import S_ISDIR, S_ISFIFO, S_ISREG
from typing import Any

from bot.errors import TranscriptError
from bot.model import Cue, Details, Removed, Transcript
from bot.transcripts.assemblyai_json import ASSEMBLYAI_JSON
from bot.transcripts.aws_json import AWS_JSON
from bot.transcripts.base import NO_WORDS, Body, Format
from bot.transcripts.caption_table import CAPTION_TABLE
from bot.transcripts.cleaning import cleaned
from bot.transcripts.decode import decode
from bot.transcripts.deepgram_json import DEEPGRAM_JSON
from bot.transcripts.ebu_stl import EBU_STL
from bot.transcripts.even_words import measured
from bot.transcripts.google_json import GOOGLE_JSON
from bot.transcripts.ibm_json import IBM_JSON
from bot.transcripts.json_reading import dicts, document, inner
from bot.transcripts.labels import labelled
from bot.transcripts.lrc import LRC
from bot.transcripts.microdvd import MICRODVD
from bot.transcripts.order import in_order
from bot.transcripts.page_text import PAGE_TEXT
from bot.transcripts.pieces import holds
from bot.transcripts.podcast_html import PODCAST_HTML
from bot.transcripts.podcast_json import PODCAST_JSON
from bot.transcripts.revai_json import REVAI_JSON
from bot.transcripts.sami import SAMI
from bot.transcripts.sbv import SBV
from bot.transcripts.scc import SCC
from bot.transcripts.single_words import joined
from bot.transcripts.speechmatics_json import SPEECHMATICS_JSON
from bot.transcripts.spruce_stl import SPRUCE_STL
from bot.transcripts.srt import SRT
from bot.transcripts.substation import SUBSTATION
from bot.transcripts.timed_dialogue import TIMED_DIALOGUE
from bot.transcripts.transcribee_json import TRANSCRIBEE_JSON
from bot.transcripts.ttml import TTML
from bot.transcripts.turn_text import TURN_TEXT
from bot.transcripts.webvtt import WEBVTT
from bot.transcripts.whisper_console import WHISPER_CONSOLE
from bot.transcripts.whisper_json import WHISPER_JSON
from bot.transcripts.word_document import WORD_DOCUMENT
from bot.transcripts.youtube_json3 import YOUTUBE_JSON3
from bot.transcripts.youtube_snippets import YOUTUBE_SNIPPETS
from bot.transcripts.youtube_srv import YOUTUBE_SRV

# Asked in this order; no two claim one file (tested over all samples).
BINARY: tuple[Format[bytes], ...] = (WORD_DOCUMENT, EBU_STL)
JSON: tuple[Format[Any], ...] = (
    *(WHISPER_JSON, PODCAST_JSON, YOUTUBE_JSON3, YOUTUBE_SNIPPETS, TIMED_DIALOGUE),
    *(AWS_JSON, GOOGLE_JSON, ASSEMBLYAI_JSON, DEEPGRAM_JSON, REVAI_JSON, IBM_JSON),
    *(SPEECHMATICS_JSON, TRANSCRIBEE_JSON),
)
TEXT: tuple[Format[str], ...] = (
    *(
        WEBVTT,
        SUBSTATION,
        SCC,
        SAMI,
        TTML,
        YOUTUBE_SRV,
        PODCAST_HTML,
        SRT,
        SBV,
        LRC,
        WHISPER_CONSOLE,
    ),
    *(MICRODVD, SPRUCE_STL, CAPTION_TABLE, TURN_TEXT, PAGE_TEXT),
)
FORMATS: tuple[Format[Any], ...] = (*BINARY, *JSON, *TEXT)
MAX_MB = 64  # ten hours of speech are about 1 MB of text and 20 MB of JSON with word times

_SNIFFED = 65536
_CONTROLS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # a terminal's colours and titles
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_FEED = re.compile(r"<(?:rss|feed|channel)[\s>]")
_FORMATS_READ = "give WebVTT, SRT, JSON or text with a time at each line"


def read(path: Path, *, max_mb: int = MAX_MB) -> Transcript:
    """Read one file; ``TranscriptError`` names the file, the line and what to do."""
    return read_bytes(bytes_of(path, max_mb), str(path))


def read_bytes(raw: bytes, source: str) -> Transcript:
    """Read the bytes of a file; ``source`` is its name in messages and titles."""
    found, body, notes = _opened(raw, source)
    worded, bare = _worded(_printable(cue) for cue in body.cues)
    if not worded:
        raise TranscriptError(source, "has cues, but no words in them", remedy=_FORMATS_READ)
    whole, merged = joined(worded)
    told, labels = _worded(labelled(whole))
    said, unsaid = cleaned(told)
    cues, mended = in_order(said, source)
    cues, even = measured(cues)
    removed = (*body.removed, *bare, *labels, *unsaid)
    return Transcript(
        source,
        found.name,
        raw,
        cues,
        body.cues_present,
        _clean(body.details),
        body.merged + merged,
        removed,
        (*notes, *_summary(removed), *body.notes, *mended, *even),
    )


def _worded(cues: Iterable[Cue]) -> tuple[tuple[Cue, ...], list[Removed]]:
    """The cues with words, and a record of those without: a label alone on a cue is one."""
    given = tuple(cues)
    bare = [Removed(NO_WORDS, "", cue.start_ms, cue.line) for cue in given if not cue.text]
    return tuple(cue for cue in given if cue.text), bare


def sniff(raw: bytes, source: str) -> Format[Any] | None:
    """The format of a file by its content, or None; ``TranscriptError`` if it is broken JSON."""
    found, _, _ = _told(raw, source)
    return found


def _opened(raw: bytes, source: str) -> tuple[Format[Any], Body, tuple[str, ...]]:
    found, given, notes = _told(raw, source)
    if found is None:
        raise TranscriptError(source, _why_not(given), remedy=_FORMATS_READ)
    return found, found.read(given, source), notes


def _told(raw: bytes, source: str) -> tuple[Format[Any] | None, Any, tuple[str, ...]]:
    """The format, what its reader is given, and notes on how bytes became text."""
    for binary in BINARY:
        if binary.sniff(raw):
            return binary, raw, ()
    text, notes = decode(raw, source)
    if not text.strip("\ufeff \t\n"):
        raise TranscriptError(source, "is empty", remedy="export the transcript again")
    head = text[:_SNIFFED].lstrip("\ufeff")
    if _JSON.match(head):
        parsed = document(text, source)
        return next((known for known in JSON if known.sniff(parsed)), None), parsed, notes
    return told_by_text(text), text, notes


def told_by_text(text: str) -> Format[str] | None:
    """The text format of decoded text, or None."""
    head = text[:_SNIFFED].lstrip("\ufeff")
    return next((known for known in TEXT if known.sniff(head)), None)


def _summary(removed: tuple[Removed, ...]) -> tuple[str, ...]:
    """What was left out, a line for each reason."""
    whole = Counter(one.why for one in removed if one.whole)
    parts = Counter(one.why for one in removed if not one.whole)
    return (
        *(f"{count} cues left out: {why}" for why, count in whole.items()),
        *(f"{count} cues shortened: {why}" for why, count in parts.items()),
    )


def _clean(details: Details) -> Details:
    """Details without what would steer a terminal."""
    found: dict[str, Any] = {}
    for name in ("title", "event", "url", "date", "language", "media"):
        if text := getattr(details, name):
            found[name] = _without_controls(text) or None
    speakers = tuple(filter(None, map(_without_controls, details.speakers)))
    return replace(details, speakers=speakers, **found)


def _printable(cue: Cue) -> Cue:
    """A cue without what would steer a terminal or turn the direction of a page."""
    marked = cue.text
    if cue.speaker or cue.words:
        marked = f"{marked}{cue.speaker or ''}{''.join([word.text for word in cue.words])}"
    if marked.isprintable() or not _CONTROLS.search(marked):
        return cue
    speaker = _without_controls(cue.speaker) if cue.speaker else None
    return cue._replace(text=_without_controls(cue.text), speaker=speaker or None, words=())


def _without_controls(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())


def bytes_of(path: Path, max_mb: int, name: str = "") -> bytes:
    """The bytes of a file that may be a transcript; ``TranscriptError``, which calls it ``name``.

    Pipes that a shell makes (``<(command)``) are read, others could be waited at for ever.
    """
    name = name or str(path)
    try:
        found = path.stat()
        if S_ISDIR(found.st_mode):
            raise TranscriptError(name, "is a folder", remedy="name the transcript files in it")
        if S_ISFIFO(found.st_mode) and not path.is_relative_to("/dev"):
            raise TranscriptError(name, "is a pipe, not a file", remedy="give a file")
        with path.open("rb") as file:
            raw = file.read(max_mb * 1_000_000 + 1)
    except FileNotFoundError as error:
        raise TranscriptError(name, "there is no such file", remedy="check the path") from error
    except (OSError, ValueError) as error:  # the latter: a zero byte in its name
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise TranscriptError(name, f"cannot be read: {reason}", remedy="check the path") from error
    if len(raw) > max_mb * 1_000_000:
        size = f"is {found.st_size / 1e6:,.0f} MB, " if S_ISREG(found.st_mode) else "is "
        remedy = "a ten-hour transcript has about 1 MB; is this the right file?"
        raise TranscriptError(name, f"{size}over the limit of {max_mb} MB", remedy=remedy)
    return raw


def _why_not(given: Any) -> str:
    if not isinstance(given, str):
        pieces = dicts(given) or dicts(inner(given, "segments"))
        if holds(pieces, "start", "speaker"):
            return "says who speaks when, but has no words"
        return "is JSON, but no transcript in a known form"
    if _FEED.search(given[:_SNIFFED]):
        return "is a podcast feed, not a transcript"
    if len(given.split()) > 20:
        return "has words but no timestamps in a known form"
    return "is not a transcript"
