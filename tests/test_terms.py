"""What a text is searched by: the same for what is written and what is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.terms import is_beginning, mark, placed, sought, spaced, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't worry, Karpathy's talk", "dont worry karpathy talk"),
        ("Don’t worry, Karpathy’s talk", "dont worry karpathy talk"),
        ("Crème BRÛLÉE, Straße, Ærø", "creme brulee strasse aero"),
        ("cre\u0300me", "creme"),
        ("İstanbul ΣΊΣΥΦΟΣ", "istanbul σισυφοσ"),
        ("it was 2026-05, a_b", "it was 2026 05 a b"),
        ("人工知能", "人工 工知 知能 能"),
        ("สวัสดี AI", "สว วั ัส สด ดี ี ai"),
        ("हिन्दी में", "हिन्दी में"),
        ("한국어", "한국어"),
        ("– … 👍", ""),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("知能", ["知能"]), ("知", ["知"]), ("AI 知", ["ai", "知"]), ("人工知", ["人工", "工知"])],
)
def test_a_run_is_looked_for_without_its_last_character_alone(text, expected):
    assert list(sought(text)) == expected


@pytest.mark.parametrize(("term", "expected"), [("知", True), ("a", False), ("知能", False)])
def test_one_character_without_spaces_begins_a_term(term, expected):
    assert is_beginning(term) is expected


@given(st.text())
@settings(deadline=None)
def test_terms_hold_nothing_that_a_database_could_take_for_its_own(text):
    for term in terms(text):
        assert term
        assert not set(term) & set(" \t\n\"'\\()*^:=_|&!-%")


@given(st.text())
@settings(deadline=None)
def test_terms_are_those_of_the_places(text):
    assert terms(text) == [term for term, _, _ in placed(text)]
    assert all(0 <= first < stop <= len(text) for _, first, stop in placed(text))


WRITTEN = st.text("aAsé知'’“_- \n.") | st.text() | st.sampled_from(["a" * 61, "it's " + "b" * 99])


@given(st.lists(WRITTEN))
@settings(deadline=None)
def test_terms_of_many_texts_are_those_of_each(texts):
    assert [one.split() for one in spaced(texts)] == [terms(text) for text in texts]


@given(st.text("aAsS'’“_-9 \n."))
@settings(deadline=None)
def test_what_is_ascii_has_the_terms_it_has_beside_other_letters(text):
    assert terms(text) == terms(f"{text} é")[:-1]


def test_a_mark_is_no_word():
    assert mark("tag", "On call!") == "tag=on_call"
    assert mark("tag", "…") == ""
