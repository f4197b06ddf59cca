"""A small file of each format, made up for the tests, in ``samples``; and the cues in each."""

from pathlib import Path

from bot.transcripts import read_bytes

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
