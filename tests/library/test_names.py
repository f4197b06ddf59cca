"""The ids of talks and quotes."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.names import quote_ids, slug, words


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("On Maps", "on-maps"),
        ("  What's *new* in C++?  ", "whats-new-in-c"),
        ("Über die Straße, façade & Ærø", "uber-die-strasse-facade-aero"),
        ("灯台の話", "talk"),
        ("", "talk"),
        (
            "A very long title that goes on and on beyond any need",
            "a-very-long-title-that-goes-on-and-on",
        ),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_slug_is_made_of_a_title(title, name):
    assert slug(title) == name


def test_the_next_slugs_are_numbered():
    assert [slug("On Maps", number) for number in (1, 2, 3)] == [
        "on-maps",
        "on-maps-2",
        "on-maps-3",
    ]


@given(st.text(), st.integers(1, 10**9))
def test_any_title_gives_short_ascii_slugs(title, number):
    name = slug(title, number)
    assert name.isascii()
    assert 0 < len(name) <= 40
    assert not name.startswith("-")


@given(st.text(), st.text())
def test_a_quote_id_can_be_said_and_typed(talk, said):
    for name in islice(quote_ids(talk, said), 7):
        assert 6 <= len(name) <= 8
        assert name[0].isalpha()
        assert not set(name) - set("0123456789abcdefghjkmnpqrstvwxyz")


def test_a_quote_id_depends_on_words_and_talk_only():
    first = next(quote_ids("maps", "The lamp does not argue."))
    assert first == next(quote_ids("maps", "the lamp, does not argue"))
    assert first != next(quote_ids("tides", "The lamp does not argue."))
    assert first != next(quote_ids("maps", "The lamp does argue."))


def test_quote_ids_never_run_out():
    assert len(set(islice(quote_ids("maps", "So."), 60))) == 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s late, isn't it?", ["it’s", "late", "isn't", "it"]),
        ("灯台は", ["灯", "台", "は"]),
        ("… – ?", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@given(st.text("aAsS'’“_-9 \n.\x1a"))
def test_what_is_ascii_has_the_words_it_has_beside_other_letters(text):
    assert words(text) == words(f"{text} é")[:-1]
