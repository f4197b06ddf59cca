"""Turn text: whose words are whose."""

import pytest
from transcript_files import read_text, texts

from bot.errors import TranscriptError
from bot.sentences import sentences, stream

TALK = """Ann Lee  0:01
Ropes are older than ships.
{inside}
Bo Marsh  0:20
Who says so?

Ann Lee  0:31
Every sailor that I have met.

Transcribed by https://example.org
"""


def said(inside):
    found = sentences(stream(read_text(TALK.format(inside=inside)).cues))
    return [(one.speaker, one.text) for one in found]


def test_a_turn_lasts_until_the_next_name():
    assert said("And they hold.") == [
        ("Ann Lee", "Ropes are older than ships."),
        ("Ann Lee", "And they hold."),
        ("Bo Marsh", "Who says so?"),
        ("Ann Lee", "Every sailor that I have met."),
    ]


def test_another_name_inside_a_turn_is_never_the_turns_speaker():
    for name in ("Bo Marsh", "Cy Reed"):
        assert (None, "That is not so.") in said(f"{name}: That is not so.")


def test_a_plain_word_before_a_colon_is_no_name():
    assert ("Ann Lee", "Remember: ask first.") in said("Remember: ask first.")


def test_a_time_alone_is_the_same_voice_speaking_on():
    found = read_text(TALK.format(inside="(0:12):\nAnd they hold."))
    assert [(cue.start_ms, cue.speaker) for cue in found.cues[:2]] == [
        (1_000, "Ann Lee"),
        (12_000, "Ann Lee"),
    ]
    assert texts(found)[1] == "And they hold."
    assert found.removed[0].text.startswith("Transcribed by")


TIME_FIRST = """Ropes, a talk

{0}00:00:04{1} Ann Lee{2}
Ropes are older than ships.

{0}00:00:20{1} Bo Marsh{2}
Who says so?

{0}00:00:31{1} Ann Lee{2}
Every sailor that I have met.
"""


@pytest.mark.parametrize("marks", [("", "", ""), ("[", "]", ""), ("[", "] -", ""), ("(", ")", ":")])
def test_the_time_may_stand_first(marks):
    found = read_text(TIME_FIRST.format(*marks))
    assert found.format == "turn_text"
    assert [(cue.start_ms, cue.speaker) for cue in found.cues] == [
        (4_000, "Ann Lee"),
        (20_000, "Bo Marsh"),
        (31_000, "Ann Lee"),
    ]
    assert texts(found)[0] == "Ropes are older than ships."


def test_words_after_a_time_are_no_names():
    lines = ("0:01 Ropes are", "0:04 Older Than Ships", "0:09 Ropes are", "0:12 said every sailor")
    assert read_text("\n".join(lines)).format == "page_text"


def test_a_verse_is_no_header():
    assert ("Ann Lee", "John 3:16 And they hold.") in said("John 3:16\nAnd they hold.")
    assert ("Cy Reed", "And they hold.") in said("Cy Reed 0:12\nAnd they hold.")


def test_a_heading_between_turns_is_nobodys_words():
    found = read_text(TALK.format(inside="## The knot\nAnd they hold."))
    assert texts(found)[0] == "Ropes are older than ships. And they hold."
    assert any(one.text == "## The knot" for one in found.removed)


ONCE = "Ann Lee  0:01\nRopes are older than ships.\n\nBo Marsh  0:20\nWho says so, I wonder?\n"


def test_names_may_come_once():
    assert [cue.speaker for cue in read_text(ONCE).cues] == ["Ann Lee", "Bo Marsh"]


@pytest.mark.parametrize(
    "text",
    [
        "Registration  8:30\nOpening  9:00\nCoffee  10:30\nLunch  12:30\n",
        ONCE.replace("0:20", "0:00"),
        ONCE.replace("Bo Marsh", "then we met at"),
    ],
)
def test_a_timetable_is_no_talk(text):
    with pytest.raises(TranscriptError):
        read_text(text)


def test_words_before_the_first_name_are_nobodys_and_kept():
    given = "Of ropes\n\n(0:00):\nSome rope is never seen.\n\n" + TALK.format(
        inside="And they hold."
    )
    found = [(one.speaker, one.text) for one in sentences(stream(read_text(given).cues))]
    assert found[0] == (None, "Some rope is never seen.")
    assert found[1] == ("Ann Lee", "Ropes are older than ships.")


def test_many_names_take_no_longer_than_few():
    turns = (
        f"Ann Lee{n}  {n // 60}:{n % 60:02}\nRopes are older than ships.\n" for n in range(8_999)
    )
    assert len(read_text("\n".join(turns)).cues) == 8_999
