"""The people that a file's heading names, where its words name nobody."""

import pytest

from bot.pipeline import Cast, understood
from bot.transcripts import read_bytes

TALK = """---
title: Ropes
{}
---
(0:01) A rope is older than any ship it was ever tied to.
(0:09) Nobody applauds a knot until the storm has gone by.
"""


@pytest.mark.parametrize(
    ("heading", "speakers"),
    [
        ("speaker: Ada Quill", ("Ada Quill",)),
        ("guests: [Ada Quill, Bo Marsh]", ("Ada Quill", "Bo Marsh")),
        ("event: Boat days", ("Cy Reed",)),
    ],
)
def test_the_heading_names_the_speakers(heading, speakers):
    transcript = read_bytes(TALK.format(heading).encode(), "talk.txt")
    reading = understood(transcript, Cast(usual="Cy Reed"))
    assert reading.speakers == speakers
    alone = speakers[0] if len(speakers) == 1 else None
    assert {one.speaker for one in reading.sentences} == {alone}
    assert understood(transcript, Cast(("Di Fox",))).speakers == ("Di Fox",)
