"""What a recogniser wrote and nobody said goes, with a record; what people do repeat stays."""

import pytest

from bot.model import Cue, Word
from bot.transcripts import read_bytes
from bot.transcripts.cleaning import CLOSING, LOOP, SAID_TWICE, cleaned


def cues(*texts, speakers=None):
    names = speakers or [None] * len(texts)
    return tuple(
        Cue(at * 2_100, at * 2_100 + 2_000, text, name, line=at + 1)
        for at, (text, name) in enumerate(zip(texts, names, strict=True))
    )


def kept(*texts, **more):
    return [cue.text for cue in cleaned(cues(*texts, **more))[0]]


def test_a_line_said_over_and_over_is_read_once():
    lines = ("We oil the bridge.", *["And then the lamp goes out."] * 40, "So we wait.")
    found, removed = cleaned(cues(*lines))
    assert [cue.text for cue in found] == [lines[0], lines[1], lines[-1]]
    assert [(one.why, one.line, one.whole) for one in removed] == [
        (LOOP, line, True) for line in range(3, 42)
    ]
    assert found[1].start_ms == 2_100


@pytest.mark.parametrize("turns", [2, 3, 4])
def test_lines_that_take_turns_are_a_loop_too(turns):
    rounds = [f"The {number} boat is late again." for number in ("first", "second", "third", "old")]
    assert kept("Good morning.", *rounds[:turns] * 5, "So we wait.") == [
        "Good morning.",
        *rounds[:turns],
        "So we wait.",
    ]


def test_case_and_marks_do_not_hide_a_loop():
    assert kept("So we wait.", "so we wait", "So, we wait!", "Then it rains.") == [
        "So we wait.",
        "Then it rains.",
    ]


@pytest.mark.parametrize(
    "said",
    [
        ["Yeah."] * 5,
        ["Thank you."] * 3 + ["Now the ropes."],
        ["We wait for the boat.", "We wait for the boat.", "It came."],
        ["We wait.", "We sing.", "We wait.", "We row."],
        ["No, no, no, no, no, no, no, no, not that rope."],
        ["We will row, we will row, we will row home."],
    ],
)
def test_what_people_repeat_stays(said):
    assert kept(*said, "The end of it was rain.") == [*said, "The end of it was rain."]


def test_two_voices_that_answer_alike_are_no_loop():
    said = ["I would not do that.", "I would not do that.", "I would not do that."]
    assert kept(*said, "Why?", speakers=["Ada", "Bo", "Ada", "Bo"]) == [*said, "Why?"]


def test_words_stuck_inside_a_cue_stand_once():
    text = "we count them " + "and count them again " * 9 + "until dawn"
    words = tuple(
        Word(word, 100 * at, 100 * at + 90) for at, word in enumerate(f"{text} .".split())
    )[:-1]
    (found,), (gone,) = cleaned([Cue(0, 9_000, text, words=words, line=7)])
    assert found.text == "we count them and count them again until dawn"
    assert [word.text for word in found.words] == found.text.split()
    assert found.words[-1].start_ms == words[-1].start_ms
    assert (gone.why, gone.whole, gone.line) == (LOOP, False, 7)
    assert gone.text == " ".join(["and count them again"] * 8)


def test_many_loops_in_one_cue_are_taken_out_one_by_one():
    text = " ".join(f"{f'w{at} ' * 12}and" for at in range(1050))
    (found,), gone = cleaned([Cue(0, 9_000, text)])
    assert found.text == " ".join(f"w{at} and" for at in range(1050))
    assert len(gone) == 1050


def test_a_result_given_again_is_read_once():
    first = cues("A bridge is a promise.", "Nobody applauds a bolt.", "It rains.")
    found, removed = cleaned([*first, *first])
    assert found == first
    assert [one.why for one in removed] == [SAID_TWICE] * 3


def test_two_short_answers_in_one_second_are_two():
    one = Cue(5_000, 5_000, "Yeah.")
    assert cleaned([one, one])[0] == (one, one)


def test_two_texts_at_the_same_time_are_both_read():
    one, other = Cue(5_010, 6_000, "A bridge is a promise."), Cue(5_010, 6_000, "It is not.")
    assert cleaned([one, other])[0] == (one, other)


@pytest.mark.parametrize(
    "line",
    [
        "Thank you.",
        "Thanks for watching!",
        "Thank you for watching.",
        "you",
        "Subtitles by the Harbour Captioners",
        "Transcribed by https://otter.ai",
        "Transcription ended after 00:41:03",
        "Bye-bye.",
    ],
)
def test_a_closing_line_is_left_out_at_the_end_alone(line):
    found, (gone,) = cleaned(cues("A bridge is a promise.", line))
    assert [cue.text for cue in found] == ["A bridge is a promise."]
    assert (gone.why, gone.text) == (CLOSING, line)
    middle = (line, "A bridge is a promise.")
    assert kept(*middle) == list(middle)


@pytest.mark.parametrize(
    "line",
    [
        "Thank you for the ropes.",
        "You came.",
        "The end of rope is the beginning of knots.",
        "Captions buy trust.",
    ],
)
def test_last_words_that_somebody_said_stay(line):
    assert kept("A bridge is a promise.", line)[-1] == line


def test_one_cue_is_always_left():
    assert kept("Thank you.") == ["Thank you."]
    assert kept("Thank you.", "Bye.") == ["Thank you."]


def test_the_transcript_says_what_is_gone():
    lines = ["So we wait for the boat.", *["And it rains on us."] * 12, "Then it came."]
    vtt = "WEBVTT\n\n" + "".join(
        f"00:{at:02}.000 --> 00:{at + 1:02}.000\n{line}\n\n" for at, line in enumerate(lines)
    )
    found = read_bytes(vtt.encode(), "talk.vtt")
    assert (found.cues_present, len(found.cues), len(found.removed)) == (14, 3, 11)
    assert found.notes == (f"11 cues left out: {LOOP}",)
