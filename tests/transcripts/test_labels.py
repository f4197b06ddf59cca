"""Speakers written into the words."""

import pytest

from bot.model import Cue, Word
from bot.transcripts.labels import labelled


def cues(*lines):
    return tuple(Cue(at * 1000, at * 1000 + 900, line) for at, line in enumerate(lines))


def heard(*lines):
    return [(cue.speaker, cue.text) for cue in labelled(cues(*lines))]


TALK = (
    "Ann Lee: Rope is older than the wheel.",
    "It holds.",
    "Bo Marsh: And knots?",
    "Ann Lee: Older than shoes.",
    "Bo Marsh: I see.",
)


def test_a_label_moves_to_the_speaker_and_holds_until_the_next():
    assert heard(*TALK) == [
        ("Ann Lee", "Rope is older than the wheel."),
        ("Ann Lee", "It holds."),
        ("Bo Marsh", "And knots?"),
        ("Ann Lee", "Older than shoes."),
        ("Bo Marsh", "I see."),
    ]


@pytest.mark.parametrize(
    "name",
    ["ANN LEE", "Ann", "Dr. Ann Lee", "Ann O'Hara-Lee", "Ann Lee (host)", "Åse Ødegård", "S1", "Q"],
)
def test_names_of_many_kinds_are_labels(name):
    assert heard(f"{name}: Rope.", f"{name}: Knots.", f"{name}: Tar.") == [
        (name, "Rope."),
        (name, "Knots."),
        (name, "Tar."),
    ]


@pytest.mark.parametrize("colon", ["：", ": "])
@pytest.mark.parametrize(("one", "other"), [("主持人", "林教授"), ("問", "答"), ("أحمد", "ليلى")])
def test_names_in_letters_without_capitals_are_labels(colon, one, other):
    lines = [f"{one}{colon}繩子老。", "很老。", f"{other}{colon}船呢。", f"{one}{colon}更老。"]
    assert heard(*lines, f"{other}{colon}好。") == [
        (one, "繩子老。"),
        (one, "很老。"),
        (other, "船呢。"),
        (one, "更老。"),
        (other, "好。"),
    ]


def test_a_label_inside_a_cue_without_spaces_is_another_voice():
    lines = ["主持人：繩子老。", "林教授：船呢。", "主持人：更老。林教授：好。", "林教授：好。"]
    assert heard(*lines)[2] == ("主持人", "更老。 >> 好。")


@pytest.mark.parametrize("announcing", ["他說", "老师说", "例如", "قال"])
def test_words_that_announce_words_name_nobody(announcing):
    lines = [f"{announcing}：繩子老。", f"{announcing}：船老。", "很好。", f"{announcing}：水深。"]
    assert heard(*lines) == [(None, line) for line in lines]


def test_a_name_that_no_space_parts_from_its_words_leaves_no_times_of_words():
    timed = tuple(
        Cue(at * 1000, at * 1000 + 900, f"林：{text}", words=(Word(f"林：{text}", at * 1000, 900),))
        for at, text in enumerate(["繩子老。", "船老。", "水深。"])
    )
    assert [(cue.text, cue.words) for cue in labelled(timed)] == [
        ("繩子老。", ()),
        ("船老。", ()),
        ("水深。", ()),
    ]


@pytest.mark.parametrize("lead", [">> ", ">>", "- "])
def test_a_turn_mark_before_the_label_goes_with_it(lead):
    found = heard(*(f"{lead}{line}" if ":" in line else line for line in TALK))
    assert found == heard(*TALK)


@pytest.mark.parametrize(
    "words",
    [
        "Remember: ask first.",
        "Look: the door is open.",
        "Note: nobody asked.",
        "So: we left.",
        "10:30 Meeting: bring rope.",
        "rule one: ask first.",
        "We learned this in a week of rain: never hurry.",
        "Ratio 3:1 is fine.",
    ],
)
def test_words_before_a_colon_that_name_nobody_stay(words):
    assert heard(*TALK, words, "Fine.", words)[5:] == [
        ("Bo Marsh", words),
        ("Bo Marsh", "Fine."),
        ("Bo Marsh", words),
    ]
    assert heard("Rope.", words, words, words) == [(None, "Rope."), *[(None, words)] * 3]


def test_a_label_that_comes_once_names_nobody():
    lines = ("Ann Lee: Rope.", "Bo Marsh: Knots.", "Cy Reed: Tar.")
    assert heard(*lines) == [(None, line) for line in lines]


def test_a_lone_word_that_comes_back_in_mid_talk_names_nobody():
    lines = ("Rope holds.", "Python: a snake.", "Python: a language.", "Python: a joke.")
    assert heard(*lines) == [(None, line) for line in lines]


def test_few_labels_in_a_long_talk_name_nobody():
    lines = ("Ann Lee: Rope.", *["More rope."] * 97, "Ann Lee: Rope.", "Ann Lee: Rope.")
    assert {speaker for speaker, _ in heard(*lines)} == {None}


def test_speakers_the_file_marks_are_kept():
    marked = tuple(Cue(at, at, "Ann Lee: Rope.", speaker="Bo") for at in range(4))
    assert labelled(marked) == marked


def test_the_times_of_a_labels_words_go_with_it():
    words = (Word("Ann", 0, 1), Word("Lee:", 1, 2), Word("Rope.", 2, 3))
    found = labelled(tuple(Cue(0, 3, "Ann Lee: Rope.", words=words) for _ in range(3)))
    assert [cue.words for cue in found] == [(Word("Rope.", 2, 3),)] * 3


def test_names_inside_long_cues_are_labels_too():
    found = heard(
        "Ann Lee: Rope holds. Bo Marsh: Is it so?", "Ann Lee: It is. Bo Marsh: Then we go now."
    )
    assert found == [
        ("Ann Lee", "Rope holds. >> Is it so?"),
        ("Ann Lee", "It is. >> Then we go now."),
    ]


def test_a_word_before_a_colon_inside_a_cue_is_no_label():
    assert heard("We go. Remember: ask. Keep One Rule: wait.", "So: go.") == [
        (None, "We go. Remember: ask. Keep One Rule: wait."),
        (None, "So: go."),
    ]
