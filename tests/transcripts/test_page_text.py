"""Page text: lines that begin with a time."""

import pytest
from transcript_files import PAGE, read_text, starts, texts

from bot.errors import TranscriptError


@pytest.mark.parametrize(
    "line",
    [
        "0:04 | Rope holds.",
        "00:00:04.000 | Rope holds.",
        "00:00:04,0 | Rope holds.",
        "[00:04] Rope holds.",
        "(0:04) Rope holds.",
        "[0:04]: Rope holds.",
        "0:04 Rope holds.",
        "0:04: Rope holds.",
        "0:04\tRope holds.",
        "0:04 - Rope holds.",
        "0:04 – Rope holds.",
        "  0:04  |  Rope   holds.",
        "0:04\nRope holds.",
        "0:04\nRope\nholds.",
        "\n0:04 |\n\nRope holds.\n",
    ],
)
def test_a_line_begins_with_its_time(line):
    found = read_text(f"0:01 | First things first.\n{line}\n0:09 | Knots slip.")
    assert texts(found) == ["First things first.", "Rope holds.", "Knots slip."]
    assert starts(found) == [1_000, 4_000, 9_000]
    assert [cue.end_ms for cue in found.cues[:2]] == [4_000, 9_000]


def test_one_line_is_a_transcript_and_one_among_others_is_not():
    assert texts(read_text("0:04 | Rope holds.\n")) == ["Rope holds."]
    with pytest.raises(TranscriptError, match="is not a transcript"):
        read_text("Lunch is at\n12:30 in the hall.\n")


def test_the_last_line_ends_as_long_as_its_words_take():
    found = read_text("0:01 | Rope.\n0:02 | Knots slip when they are wet.")
    assert 3_000 < found.cues[-1].end_ms < 6_000


@pytest.mark.parametrize("words", ["9 to 5 is a song.", "-5 degrees at night.", "10:30pm is late."])
def test_figures_in_the_words_stay(words):
    assert texts(read_text(f"0:01 | {words}\n0:04 | Knots slip."))[0] == words


def test_a_time_without_words_is_counted_and_said():
    found = read_text("0:01 | Rope.\n0:02 |\n0:03 | Knots.")
    assert (len(found.cues), found.cues_present) == (2, 3)
    assert found.notes == ("1 cues left out: no words",)


def test_a_cue_knows_its_line():
    assert [cue.line for cue in read_text(PAGE).cues] == [6, 7, 8]


@pytest.mark.parametrize("first", [2, 40, 90])
def test_time_that_runs_backwards_names_the_line(first):
    lines = [f"0:{second:02} | Rope number {second}." for second in range(60)]
    lines += [f"1:{second:02} | Knot number {second}." for second in range(60)]
    lines[first] = "0:00 | Here it slips."
    with pytest.raises(TranscriptError) as caught:
        read_text("\n".join(lines))
    assert caught.value.line == first + 1
    assert f"line {first}" in caught.value.reason


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", None),
        ("Bridges\n", "Bridges"),
        ("Menu\nA talk on rope and knots\nBergen\n", "A talk on rope and knots"),
        ("home | talks | about us all here\nRope\n", "Rope"),
        ("Back to all of the talks we have\n", "Back to all of the talks we have"),
        ("back to the index of all talks\n", None),
    ],
)
def test_the_wordiest_line_above_the_first_time_is_the_title(head, title):
    if head.lower().startswith("back to"):
        title = None
    assert read_text(f"{head}0:01 | Rope.\n0:02 | Knots.").details.title == title
