"""What a file's heading says of speakers, and what is remembered between talks."""

import pytest

from bot import lexicon
from bot.model import Details
from bot.pipeline import Cast, Terms, rank, read_talk, understood
from bot.scoring import ngrams
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


FOREIGN = {
    "de": "Er legt das Seil um den Mast. So Winde fragen, geht es um Geduld und um nichts sonst.",
    "pt": "Um cabo velho sabe um segredo, e um porto guarda um nome que o mar esqueceu.",
    "da": "Er rebet er gammelt, er masten er ny, og havnen er aldrig den samme to gange.",
}


@pytest.mark.parametrize("said", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("declared", [True, False])
def test_no_word_goes_where_a_filler_may_be_a_word(said, declared):
    language = next(code for code, words in FOREIGN.items() if words == said)
    lines = "".join(f"[0:{at:02}] Ada Quill: {said}\n" for at in range(0, 54, 9))
    reading = understood(read_bytes(lines.encode(), "talk.txt"), Cast())
    ranked = rank(reading, Details(language=language if declared else None), Terms(5))
    assert ranked.candidates
    assert all(one.said.casefold() == one.shown.casefold() for one in ranked.candidates)


def test_words_without_end_are_not_remembered(tmp_path):
    path, caches = tmp_path / "talk.txt", (ngrams._hashed, lexicon.tokens)
    said = {"short": "We keep a light on for people we will never meet.", "long": "ab" * 2500}
    sizes = {}
    for name, words in said.items():
        path.write_text("".join(f"[0:{at:02}] Ada Quill: {words} {at}.\n" for at in range(9)))
        rank(read_talk(path, Cast(), 64), Details(), Terms(5))
        sizes[name] = [cache.cache_info().currsize for cache in caches]
    assert all(sizes["short"])
    assert sizes["long"] == [0, 0]
