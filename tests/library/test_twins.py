"""The same words under two names: verify tells both, approving asks which is right."""

import pytest
from spoken import LINES, NOW, OTHERS, candidates, transcript

from bot.errors import NeedsPerson
from bot.library import twins as module
from bot.model import Details

WORDS = "The rope forgives what the knot does not."


@pytest.fixture
def both(library):
    """A sentence of two talks under two names, and one more of each."""
    found = []
    for lines, speaker, title in ((LINES, "Ada Quill", "A"), (OTHERS, "Bo Reed", "B")):
        text = transcript([WORDS, *lines], source=f"{title}.txt")
        kept = library.keep(Details(title=title), text, candidates(text, speaker=speaker)[:2], NOW)
        found.append(next(one.id for one in kept.quotes if one.shown == WORDS))
    return found


def test_verify_tells_of_both_with_their_names(library, both):
    (told,) = [one for one in library.verify() if one.kind == "duplicate"]
    assert {told.quote, told.other} == {*both}
    names = {"here by Ada Quill, there by Bo Reed", "here by Bo Reed, there by Ada Quill"}
    assert sum(name in told.reason for name in names) == 1
    library.decide([both[0]], "reject", "me", NOW)
    assert library.verify() == ()


def test_the_same_words_twice_in_a_talk_by_two_voices_are_told(library):
    text = transcript([WORDS, *OTHERS, WORDS])
    first, *_, last = candidates(text, speaker="Ada Quill")
    *_, other = candidates(text, speaker="Bo Reed")
    assert last.said == other.said
    library.keep(Details(), text, [first, other], NOW)
    assert [one.kind for one in library.verify()] == ["duplicate"]


def test_approving_the_second_asks_which_name_is_right(library, both):
    first, second = both
    library.decide([first], "approve", "me", NOW)
    with pytest.raises(NeedsPerson) as asked:
        library.decide([second], "approve", "me", NOW)
    told = f"quote {second}: is this Bo Reed? {first} says the same, there by Ada Quill: “{WORDS}”"
    assert str(asked.value).startswith(told) and "--yes" in asked.value.remedy
    assert library.quote(second).status == "candidate"
    library.decide([second], "approve", "me", NOW, confirmed=True)
    assert library.quote(second).attribution.how == "given"


def test_a_guess_is_asked_about_with_the_name_that_stands_there(library, both):
    text = transcript([WORDS, *OTHERS[3:]], source="c.txt")
    guess = candidates(text, speaker="Cy", how="inferred")[:1]
    (quote,) = library.keep(Details(title="C"), text, guess, NOW).quotes
    library.decide(both[:1], "approve", "me", NOW)
    with pytest.raises(NeedsPerson, match=f"is this Cy\\? {both[0]} says the same"):
        library.decide([quote.id], "approve", "me", NOW)


def test_both_at_once_are_asked_about(library, both):
    with pytest.raises(NeedsPerson, match="and the same of 1 more"):
        library.decide(both, "approve", "me", NOW)
    library.decide(both[:1], "reject", "me", NOW)
    library.decide(both[1:], "approve", "me", NOW)  # what is rejected asks nothing


def test_words_in_another_case_are_the_same_and_others_are_not(library, both):
    first, _ = both
    library.decide([first], "approve", "me", NOW)
    for place, (words, asks) in enumerate(
        [(WORDS.upper(), True), (WORDS[:-1] + "!", True), (WORDS[:-1] + " yet.", False)]
    ):
        text = transcript([words, *OTHERS[place + 1 :]], source=f"{place}.txt")
        told = Details(title=f"T{place}")
        (quote,) = library.keep(told, text, candidates(text, speaker="Cy")[:1], NOW).quotes
        assert bool(library.twins([quote.id])) is asks, words


def test_very_many_are_looked_at_in_one_go_alike(library, both, monkeypatch):
    library.decide(both[:1], "approve", "me", NOW)
    ids = [one.id for one in library.quotes()]
    one_by_one = library.twins(ids)
    monkeypatch.setattr(module, "_MANY", 0)
    assert library.twins(ids) == one_by_one
    assert one_by_one[both[1]].speaker == "Ada Quill"


CURLED = {"The rope can't hold what we didn't tie.": "Ada Quill",
          "The rope can’t hold what we didn’t tie.": "Bo Reed"}  # fmt: skip


def test_an_apostrophe_of_another_shape_makes_no_other_words(library):
    ids = []
    for words, speaker in CURLED.items():
        text = transcript([words, *OTHERS], source=f"{speaker}.txt")
        found = candidates(text, speaker=speaker)[:1]
        ids.append(library.keep(Details(title=speaker), text, found, NOW).quotes[0].id)
    library.decide(ids[:1], "approve", "me", NOW)
    with pytest.raises(NeedsPerson, match=f"{ids[0]} says the same"):
        library.decide(ids[1:], "approve", "me", NOW)
    assert "duplicate" in {one.kind for one in library.verify()}


def test_a_name_with_an_apostrophe_of_another_shape_is_the_same_name(library):
    for place, speaker in enumerate(("Sean O'Brien", "Sean O’Brien")):
        text = transcript([WORDS, *(LINES, OTHERS)[place]], source=f"{place}.txt")
        found = candidates(text, speaker=speaker)[:1]
        quote = library.keep(Details(title=str(place)), text, found, NOW).quotes[0]
        library.decide([quote.id], "approve", "me", NOW)
