"""Where the first shown word stands in what was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edits import shown_offset
from bot.lexicon import tokens
from bot.model import Edit

SAID = "And so, um, rope holds. And it holds on."


def one_by_one(said, edits):
    """The same, each letter followed to where it ends up."""
    places = list(range(len(said)))
    for edit in edits:
        here = places[edit.at : edit.at + 1] if tokens(edit.new) else [-1]
        places[edit.at : edit.at + len(edit.old)] = here * len(edit.new)
    return next((place for place in places if place >= 0 and not said[place].isspace()), 0)


@st.composite
def edited(draw):
    """What was said, and edits that fit it: letters go, or give way to others."""
    text, edits = SAID, []
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.sampled_from([0, 0, 1, 5, 12]))
        old = text[at : at + draw(st.sampled_from([0, 1, 4, 8]))]
        new = draw(st.sampled_from(["", "", "R", "Rope", "…", " ", ", "]))
        edits.append(Edit(draw(st.sampled_from(["trim-start", "case", "filler"])), at, old, new))
        text = text[:at] + new + text[at + len(old) :]
    return edits


@given(edited())
def test_the_first_shown_word_is_found_as_letter_by_letter(edits):
    assert shown_offset(SAID, edits) == one_by_one(SAID, edits)


@pytest.mark.parametrize(
    ("edits", "first"),
    [
        ([], 0),
        ([Edit("trim-start", 0, "And so, ", ""), Edit("case", 0, "u", "U")], 8),
        ([Edit("filler", 7, " um,", "")], 0),
        ([Edit("filler", 6, ", um, ", " "), Edit("trim-start", 0, "And so ", "")], 12),
        ([Edit("glossary", 0, "And so", "So"), Edit("trim-start", 0, "So, ", "")], 8),
    ],
)
def test_where_the_first_shown_word_stands(edits, first):
    assert shown_offset(SAID, edits) == first
