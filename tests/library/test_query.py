"""Finding talks and quotes, and being told what is near."""

from itertools import pairwise

import pytest
from spoken import LATER, NOW, OTHERS, candidates, transcript

from bot.errors import InputError
from bot.model import Details


@pytest.fixture
def two(library, kept):
    text = transcript(OTHERS, source="bread.txt")
    chosen = candidates(text, speaker="Ümit Brød")
    return kept, library.keep(Details(title="Bread"), text, chosen, LATER)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 40),
        ({"limit": 3}, 3),
        ({"talk": "bread"}, 9),
        ({"talk": "bre"}, 9),
        ({"speaker": "ümit BRØD"}, 9),
        ({"speaker": "Nobody"}, 0),
        ({"statuses": ["approved"]}, 1),
        ({"statuses": ["approved", "rejected"]}, 3),
        ({"statuses": {"rejected"}, "talk": "bread"}, 1),
        ({"statuses": {"rejected"}, "talk": "bread", "speaker": "Ada Quill"}, 0),
    ],
)
def test_quotes_are_filtered(library, two, filters, count):
    lights, bread = two
    library.decide([lights.quotes[0].id], "approve", "me", NOW)
    library.decide([lights.quotes[1].id, bread.quotes[1].id], "reject", "me", NOW)
    total = len(lights.quotes) + len(bread.quotes)
    assert len(library.quotes(**filters)) == (total if not filters else count)


def test_the_best_come_first_then_the_earliest(library, two):
    order = [(-quote.score, quote.start_ms) for quote in library.quotes()]
    assert order == sorted(order)


def test_talks_are_listed_the_latest_first(library, two):
    assert [talk.id for talk in library.talks()] == ["bread", "lights"]


def test_an_empty_library_has_nothing(library):
    assert library.talks() == library.quotes() == ()


def test_a_quote_is_found_by_the_beginning_of_its_id(library, kept):
    for quote in kept.quotes:
        assert library.quote(quote.id.upper()[:5]) == quote


@pytest.mark.parametrize("prefix", ["", "zzzzzz", "not there"])
def test_an_unknown_quote_is_answered_with_the_list(library, kept, prefix):
    with pytest.raises(InputError, match=f"no quote '{prefix}'; .*`pullquote library list`"):
        library.quote(prefix)


def test_a_mistyped_id_is_answered_with_the_right_one(library, kept):
    right = kept.quotes[0].id
    with pytest.raises(InputError, match=f"did you mean '{right}'"):
        library.quote(right[:-1] + ("y" if right[-1] != "y" else "z"))


def test_an_ambiguous_beginning_names_them(library, kept):
    names = sorted(quote.id for quote in kept.quotes)
    letter = next(a[0] for a, b in pairwise(names) if a[0] == b[0])
    first_two = ", ".join([name for name in names if name[0] == letter][:2])
    with pytest.raises(InputError, match=f"'{letter}' may be any of {first_two}"):
        library.quote(letter)


@pytest.mark.parametrize(
    ("name", "near"), [("lihgts", "did you mean 'lights'"), ("", "no talk ''")]
)
def test_an_unknown_talk_is_answered(library, kept, name, near):
    with pytest.raises(InputError, match=near):
        library.talk(name)
