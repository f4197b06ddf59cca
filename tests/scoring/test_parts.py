"""A span joined of its sentences is the span taken apart as a whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cleanup import are_apart, edits, sentences
from bot.scoring.openings import names_nobody, opening_refusal, points_outside, settles
from bot.scoring.parts import apart, cut, joined
from bot.wording import EditRefused, replay, trimmed

WORDS = """
    the a rope Rope is not isn't don't it It's that That and And so So but you know like as of I
    think um Um uh-uh kind of because more than instead never he she him Ada's BBC 3,000 1.5 we
    most important thing “hold on” "yes" you- -- e.g. … .. ums know-how the's l’eau _ 橋は
""".split()  # noqa: SIM905 - a list of words
ENDS = [".", "!", "?", "...", ".”", ',"', " --", "…", ".)", ""]
LINES = st.builds(
    "{}{}".format,
    st.lists(st.sampled_from([*WORDS, *(f"{word}," for word in WORDS)]), max_size=12).map(" ".join),
    st.sampled_from(ENDS),
)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map(" ".join)
YES_OR_NO = ("contrasts", "quoted", "reasons")


def said_plainly(part):
    """A part, with what is only asked for as yes or no told so."""
    found = part.phrasings._asdict()
    return part._replace(phrasings={**found, **{name: found[name] > 0 for name in YES_OR_NO}})


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_text_is_its_sentences_joined(text):
    assert said_plainly(joined(list(map(apart, cut(text))))) == said_plainly(apart(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It isn't the rope. It's the knot.", "contrasts"),
        ("Rope is old. And tar smells.", "new_starts"),
        ("Tar and rope. And rope holds.", "restarts"),
        ("Bring the old rope. Bring the old tar.", "alike"),
    ],
)
def test_what_stands_across_the_end_of_a_sentence_counts(text, name):
    parts = list(map(apart, cut(text)))
    assert sum(getattr(part.phrasings, name) for part in parts) == 0
    assert getattr(joined(parts).phrasings, name) > 0


def test_that_points_by_the_word_after_it():
    alone, following = "Rope is like that.", "They knew."
    assert apart(alone).phrasings.pointing == 1
    assert joined([apart(alone), apart(following)]).phrasings.pointing == 0


def swept(text):
    """A text swept as a whole: the last lawful edit first, until none is left."""
    while lawful := [one for one in edits(text) if is_lawful(text, one)]:
        text = replay(text, lawful[:1])
    return text


def is_lawful(text, edit):
    try:
        return replay(text, [edit]) is not None
    except EditRefused:
        return False


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_sentences_are_swept_as_their_text_is(text):
    opened = trimmed(text)[0]
    shown, made = trimmed(text, light=True)
    assert replay(text, made) == shown
    tails = [one for one in made if one.kind == "trim-end"]
    assert shown.lower() == swept(replay(opened, tails)).lower()  # capitals follow an edit


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We go. We stay! Who? Nobody", 4),
        ("We trail off... the end… the mast", 1),
        ("“We go.” Then _ was. It held", 1),
        ("", 1),
    ],
)
def test_text_is_swept_by_sentences_with_plain_ends(text, count):
    assert len(sentences(text)) == count
    assert "".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("swept", "expected"),
    [
        (["We go.", " We stay."], True),
        (["", " We stay."], False),
        (["We go..", " We stay."], False),
        (["We go", " We stay."], False),
    ],
)
def test_sentences_are_apart_while_plain_ends_stand_between_them(swept, expected):
    assert are_apart("", swept) is expected


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_long_first_sentence_settles_how_a_text_opens(text):
    def leans(shown):
        return opening_refusal(apart(shown).words, shown) is not None or points_outside(shown)

    opening, *others = cut(text)
    if others and settles(apart(opening).words) and not leans(opening):
        assert not (all(map(names_nobody, others)) and leans(text))
