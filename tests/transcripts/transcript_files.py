"""A small file of each format, made up for the tests, and the cues that are in it."""

import json

from bot.transcripts import read_bytes

SAID = (
    (1_000, "A bridge is a promise kept daily."),
    (4_500, "Nobody applauds a bolt."),
    (3_723_250, "The river never signed anything."),
)

PAGE = """back to index

Bridges and the people who oil them


00:00:01.000 | A bridge is a promise kept daily.
00:00:04.500 | Nobody applauds a bolt.
01:02:03.250 | The river never signed anything.
"""

VTT = """WEBVTT - Bridges

00:01.000 --> 00:04.500
A bridge is a promise kept daily.

00:04.500 --> 00:07.000
Nobody applauds a bolt.

01:02:03.250 --> 01:02:06.000
The river never signed anything.
"""

SRT = """1
00:00:01,000 --> 00:00:04,500
A bridge is a promise kept daily.

2
00:00:04,500 --> 00:00:07,000
Nobody applauds a bolt.

3
01:02:03,250 --> 01:02:06,000
The river never signed anything.
"""

WHISPER = json.dumps(
    {
        "language": "en",
        "segments": [
            {"id": at, "start": ms / 1000, "end": ms / 1000 + 2.5, "text": f" {text}"}
            for at, (ms, text) in enumerate(SAID)
        ],
    },
    indent=1,
)

SAMPLES = {"whisper_json": WHISPER, "webvtt": VTT, "srt": SRT, "page_text": PAGE}


def read_text(text, source="bridge.txt"):
    return read_bytes(text.encode(), source)


def texts(transcript):
    return [cue.text for cue in transcript.cues]


def starts(transcript):
    return [cue.start_ms for cue in transcript.cues]
