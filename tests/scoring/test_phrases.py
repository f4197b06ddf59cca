"""Phrases are looked for only where a word of theirs stands, and found wherever they are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lexicon import TOKEN, tokens
from bot.scoring import filters, sponsors
from bot.scoring.phrases import Phrases, told

NAMES = ["ASKING", "THANKS", "GREETING", "HOUSEKEEPING", "TRAILS_OFF"]
PHRASES = {name: getattr(filters, f"_{name}") for name in NAMES} | {"SPONSOR": sponsors.TELLS}
ODD = "aB’'.-_ \u00a0\u2009\x1c\x85Σσéßİ日本09?!,"


@pytest.mark.parametrize("name", PHRASES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_found_has_a_word_that_tells(name, data):
    phrases = PHRASES[name]
    pattern = phrases.search.__self__.pattern
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII))).lower()
    if phrases.search(text):
        assert told([tokens(text)])[0] & phrases.bit


def test_a_text_without_such_a_word_is_not_searched():
    assert told([tokens("The tide owes nothing to a rope."), ()]) == [0, 0]
    assert len({one.bit for one in Phrases.every}) == len(Phrases.every)


@given(st.text(st.sampled_from(ODD), max_size=14))
def test_words_are_the_same_whether_a_text_is_parted_at_its_spaces_first_or_not(text):
    assert tokens(text) == tuple(TOKEN.findall(text.lower().replace("’", "'")))
