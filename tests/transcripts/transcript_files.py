"""A small file of each format, made up for the tests, in ``samples``; and the cues in each."""

import json
from contextlib import suppress
from pathlib import Path

from bot.transcripts import BINARY, JSON, TEXT, read_bytes

SAID = (
    (1_000, "A bridge is a promise kept daily."),
    (4_500, "Nobody applauds a bolt."),
    (3_723_250, "The river never signed anything."),
)

FILES = {path.stem: path for path in (Path(__file__).parent / "samples").iterdir()}

PAGE, VTT, SRT = (FILES[name].read_text("utf-8") for name in ("page_text", "webvtt", "srt"))


def read_text(text, source="bridge.txt"):
    return read_bytes(text.encode(), source)


def texts(transcript):
    return [cue.text for cue in transcript.cues]


def starts(transcript):
    return [cue.start_ms for cue in transcript.cues]


def claims(raw, text=None):
    """The formats that take a file for their own, each asked alone; no text for a binary file."""
    found = [known.name for known in BINARY if known.sniff(raw)]
    if text is None:
        return found
    with suppress(ValueError):
        document = json.loads(text)
        found += [known.name for known in JSON if known.sniff(document)]
    return found + [known.name for known in TEXT if known.sniff(text[:65536])]
