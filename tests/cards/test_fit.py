from itertools import pairwise, product

import pytest

from bot.cards.fit import Box, Word, fit
from bot.errors import CardError

BOX = Box(width=880, height=700, floor=34, cap=124, leading=1.16)


def words(text, letter=0.5):
    """The words of a font whose every letter is as wide as the next."""
    placed, start = [], 0.0
    for word in text.split():
        placed.append(Word(word, start, start + letter * len(word)))
        start += letter * (len(word) + 1)
    return placed


def set_in(text, box=BOX):
    setting = fit(words(text), box, "quote")
    return setting.size, [" ".join(text.split()[first:last]) for first, last in setting.lines]


def least_width(text, lines):
    """By trying every way to break: slow and sure."""
    placed = words(text)
    ways = product((False, True), repeat=len(placed) - 1)
    return min(
        max(placed[b - 1].end - placed[a].start for a, b in pairwise(cuts))
        for way in ways
        if len(cuts := [0, *(i + 1 for i, cut in enumerate(way) if cut), len(placed)]) == lines + 1
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Ship it.", ["Ship it."]),
        (
            "We stopped and slept, and then everybody left.",
            ["We stopped and slept,", "and then everybody left."],
        ),
        (
            "It was late. Nobody had slept. We shipped.",
            ["It was late.", "Nobody had slept.", "We shipped."],
        ),
    ],
)
def test_lines_break_where_a_reader_would(text, lines):
    box = Box(width=880, height=140 * len(lines), floor=20, cap=60, leading=1.16)
    assert set_in(text, box)[1] == lines


TEXTS = [
    "one two three four five six seven eight nine",
    "the quick brown fox jumps over the lazy dog again",
    "we documentation of it people internationalisation",
    "It broke. We met. We argued all week, and it was one line, of course.",
    "every answer was a question that nobody had asked before we came",
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_line_is_much_wider_than_it_must_be(text):
    size, lines = set_in(text)
    widest = max(len(line) for line in lines) * 0.5
    assert widest <= 1.12 * least_width(text, len(lines))
    assert widest * size <= BOX.width + 0.01


@pytest.mark.parametrize("text", TEXTS)
def test_the_size_is_within_the_trade_of_the_largest_there_is(text):
    count = len(text.split())
    largest = max(
        min(880 / least_width(text, k), 700 / ((k - 1) * 1.16 + 0.95), 124)
        for k in range(1, count + 1)
    )
    assert 0.84 * largest <= set_in(text)[0] <= largest * 1.001


@pytest.mark.parametrize(
    ("text", "reason"),
    [("word " * 2000, "2000 words"), ("a" * 80, "80 letters"), ("long words " * 150, "too long")],
)
def test_too_much_text_is_refused_and_never_cut(text, reason):
    with pytest.raises(CardError, match=reason):
        set_in(text.strip())


@pytest.mark.parametrize("text", ["of and. and.", "a a a a", "I do, I do"])
def test_words_as_short_as_spaces_are_set_too(text):
    narrow = Box(width=300, height=700, floor=34, cap=124, leading=1.16, below=0.75)
    assert " ".join(set_in(text, narrow)[1]) == text


def test_every_word_is_set_once_and_in_order():
    for text in TEXTS:
        assert " ".join(set_in(text)[1]) == text
