"""Ends of sentences found without Punkt are Punkt's."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from bot.errors import TranscriptError
from bot.sentences import stream
from bot.stops import ABBREVIATIONS, sentence_spans
from bot.transcripts import read

ROOT = Path(__file__).parent.parent
PARTS = [
    *("Yes", "and", "a", "Z", "é", "don't", "re-sign", "Mr", "x-mr", "etc", "e.g", "U.S", "12"),
    *("3.14", "5,000", "10%", "$5", "No. 5", "one_two", "ǅ", "²", "名", " ", " ", " ", ".", "."),
    *("...", "?", "!", "?!", ",", ";", ":", "'", '"', "’", "“", "”", "»", "(", ")", "[", "]", "}"),
    *("-", "--", "–", "…", "/", "@", "#", "&", "*", "。", "\u00a0"),
]


def punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)


PUNKT = punkt()


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It works. We ship.", 2),
        ("Mr. Lee left. He won.", 2),
        ("It was 2006. And then it was 2007. so they say.", 2),
        ("J. Edgar said so... and left.", 1),
        ('"It works." (It does.) We ship.', 3),
        ("Really?! Yes! Go.", 3),
    ],
)
def test_sentences_end_as_people_read_them(text, ends):
    assert len(sentence_spans(text)) == ends == len(list(PUNKT.span_tokenize(text)))


@given(st.lists(st.sampled_from(PARTS), max_size=24).map("".join))
def test_every_text_is_cut_as_punkt_cuts_it(text):
    assert sentence_spans(text) == list(PUNKT.span_tokenize(text))


def as_punkt_cuts_them(folder: Path) -> int:
    """How many transcripts of a folder were compared."""
    compared = 0
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        try:
            turns = stream(read(path).cues)
        except TranscriptError:
            continue
        compared += 1
        for turn in turns:
            assert sentence_spans(turn.text) == list(PUNKT.span_tokenize(turn.text)), path
    return compared


def test_our_transcripts_are_cut_as_punkt_cuts_them(sample):
    assert as_punkt_cuts_them(sample.parent)
    assert as_punkt_cuts_them(Path(__file__).parent / "transcripts/samples")


def test_real_transcripts_are_cut_as_punkt_cuts_them(samples):
    assert as_punkt_cuts_them(samples)


def test_plain_text_needs_no_punkt():
    command = [sys.executable, "-c", CODE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["3", "False"]


CODE = """
import sys
from bot.stops import sentence_spans
print(len(sentence_spans("Mr. Lee has 12. We don't. Why not?")), "nltk" in sys.modules)
"""
