"""Words that no list knows, as a recogniser writes them."""

import pytest

from bot import assets
from bot.vocabulary import built, is_english, parse, spoken, unknown

SHIPPED = parse((assets.SHIPPED / "words/en.bloom").read_bytes())
TALK = ["The harbour was full of ropes, and we tied them to whatever would hold a boat."] * 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A rope holds the harbour.", []),
        ("We asked Zorblatt for the frindle.", ["Zorblatt", "frindle"]),
        ("We asked Zorblatt and Zorblatt's boat.", ["Zorblatt", "Zorblatt's"]),
        ("They don’t, we’ll, it's the sailors' boat.", []),
        ("In 1999 it was 3rd, I said.", []),
        ("Quillington said so.", []),
    ],
)
def test_what_no_list_has_is_found(text, words):
    assert unknown(text, spoken([*TALK, text]), ["Ada Quillington"], SHIPPED) == words


def test_a_word_said_often_is_a_term_of_the_talk():
    said = spoken([*TALK, "frindle frindle frindle"])
    assert unknown("A frindle.", said, [], SHIPPED) == []


def test_only_english_is_told():
    assert is_english(spoken(TALK))
    assert not is_english(spoken(["Der Hafen war voll von Seilen, und wir banden sie fest."]))
    assert not is_english(spoken([]))


def test_a_vocabulary_has_its_words_and_few_others():
    words = [f"word{at}" for at in range(1000)]
    known = built(words, 1250, 7)
    assert all(word in known for word in words)
    assert sum(f"other{at}" in known for at in range(10_000)) < 200
