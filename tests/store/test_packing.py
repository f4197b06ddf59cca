"""Cues survive being packed, whatever is in them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Cue, Word
from bot.store.packing import pack, unpack

times = st.integers(0, 10**9)
words = st.builds(Word, st.text(), times, times)
cues = st.builds(
    Cue,
    times,
    times,
    st.text(),
    st.none() | st.text(),
    st.lists(words, max_size=4).map(tuple),
    st.none() | st.integers(1, 10**6),
)


@given(st.lists(cues, max_size=6).map(tuple))
def test_cues_come_back_equal(some):
    assert unpack(pack(some)) == some


def test_even_half_a_surrogate_comes_back():
    broken = (Cue(0, 1, "\ud83d is half a face"),)
    assert unpack(pack(broken)) == broken


@pytest.mark.parametrize("damaged", [b"", b"[", b"[[1]]", b'[[1, 2, "so", null, [], 1, 2]]'])
def test_damaged_bytes_are_a_value_error(damaged):
    with pytest.raises(ValueError):
        unpack(damaged)


@given(st.lists(cues, max_size=6).map(tuple))
def test_without_words_all_else_comes_back(some):
    assert unpack(pack(some), words=False) == tuple(cue._replace(words=()) for cue in some)


@pytest.mark.parametrize("text", ["so", "é", "\x7f", '\x00\x1f"\\/\n', "\ud83d", "\u2028"])
def test_bytes_are_those_of_json(text):
    """The bytes tell whether a transcript is read as it was: they may not change with a version."""
    plain = json.dumps([[0, 1, text, None, [[text, 0, 1]], 7]], separators=(",", ":"))
    assert pack((Cue(0, 1, text, None, (Word(text, 0, 1),), 7),)) == plain.encode()
