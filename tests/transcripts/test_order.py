"""Cues whose times step back."""

import pytest

from bot.errors import TranscriptError
from bot.model import Cue, Word
from bot.transcripts.order import in_order


def cues(*starts_ms):
    return tuple(Cue(ms, ms + 900, f"Rope {ms}.", line=n) for n, ms in enumerate(starts_ms, 1))


def steady(count):
    return [second * 1000 for second in range(count)]


def test_cues_in_order_are_left_as_they_are():
    given = cues(*steady(9))
    assert in_order(given, "talk") == (given, ())
    assert in_order((), "talk") == ((), ())


@pytest.mark.parametrize("slip_ms", [0, 57_000, 48_500, 10_000_000])
def test_a_slip_gets_a_time_between_its_neighbours(slip_ms):
    starts = steady(120)
    starts[60] = slip_ms
    found, notes = in_order(cues(*starts), "talk")
    assert [cue.start_ms for cue in found] == [*steady(60), 59_000, *steady(120)[61:]]
    assert [cue.text for cue in found] == [cue.text for cue in cues(*starts)]
    assert all(cue.end_ms >= cue.start_ms for cue in found)
    assert notes == ("1 times that ran backwards mended, first at line 61",)


def test_a_slip_at_the_very_start_is_mended():
    found, _ = in_order(cues(900_000, *steady(120)), "talk")
    assert [cue.start_ms for cue in found] == [0, *steady(120)]


def test_voices_that_overlap_by_less_than_a_second_are_mended_however_many():
    starts = [ms for second in steady(20) for ms in (second + 500, second)]
    found, notes = in_order(cues(*starts), "talk")
    mended = [cue.start_ms for cue in found]
    assert mended == sorted(mended)
    assert notes


@pytest.mark.parametrize(
    ("starts", "line"),
    [
        ([*steady(30), *steady(30)], 31),
        ([5_000, 3_000, 9_000], 2),
        (steady(40)[::-1], 3),
    ],
)
def test_disorder_is_refused_at_its_first_line(starts, line):
    if starts[0] == 39_000:
        starts = [ms * 2 for ms in starts]
        line = 2
    with pytest.raises(TranscriptError) as caught:
        in_order(cues(*starts), "talk")
    assert (caught.value.line, caught.value.path.name) == (line, "talk")
    assert "runs backwards" in caught.value.reason


@pytest.mark.parametrize(
    ("starts_ms", "kept"),
    [
        ((1_000, 1_500), True),
        ((1_500, 1_200), False),
        ((900, 1_500), False),
        ((1_000, 2_500), False),
    ],
)
def test_word_times_are_kept_only_in_order_and_in_their_place(starts_ms, kept):
    words = tuple(Word("Rope", ms, ms + 100) for ms in starts_ms)
    given = (Cue(1_000, 3_000, "Rope Rope", words=words), Cue(2_000, 3_000, "Knots."))
    found, _ = in_order(given, "talk")
    assert found[0].words == (words if kept else ())


def test_a_mended_cue_loses_its_word_times():
    given = list(cues(*steady(120)))
    given[60] = Cue(0, 900, "Rope", words=(Word("Rope", 0, 900),))
    assert in_order(tuple(given), "talk")[0][60].words == ()
