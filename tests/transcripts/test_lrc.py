"""LRC: empty lines that clear the screen, several times on a line, times before words."""

from transcript_files import read_text, texts


def test_a_time_without_words_is_left_out_and_said():
    found = read_text("[00:01.00]Rope holds.\n[00:04.00]\n[00:09.00]Knots hold.\n")
    assert texts(found) == ["Rope holds.", "Knots hold."]
    assert found.notes == ("1 cues left out: no words",)
    assert found.cues[0].end_ms == 4_000


def test_a_line_with_two_times_is_said_twice():
    found = read_text("[00:01.00][61:09.50]Rope holds.\n[00:04.00]Knots hold.\n")
    assert [(cue.start_ms, cue.text) for cue in found.cues] == [
        (1_000, "Rope holds."),
        (4_000, "Knots hold."),
        (3_669_500, "Rope holds."),
    ]


def test_words_have_the_times_before_them():
    found = read_text("[00:01.00]Rope <00:01.50>holds.\n[00:04.00]Knots hold.\n")
    assert [(word.text, word.start_ms) for word in found.cues[0].words] == [
        ("Rope", 1_000),
        ("holds.", 1_500),
    ]
