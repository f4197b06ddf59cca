"""Whatever a file holds, it is read or refused; nothing else happens."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transcript_files import FILES

from benchmarks.mutators import MUTATORS, fitting
from bot.errors import TranscriptError
from bot.model import Transcript
from bot.sentences import sentences, stream
from bot.transcripts import read_bytes

quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
MADE_OF = (
    *("-->", "\n", "\n\n", "0:01", "00:00:02,5", "WEBVTT", '{"segments":', '[{"start":', '"text":'),
    *(
        "1",
        "-",
        "Ann: ",
        ">>",
        "<v Bo>",
        "NOTE",
        "]",
        "}",
        ",",
        "\r",
        "[",
        "|",
        "é",
        "\x00",
        "&#1;",
    ),
)
pieces = st.sampled_from(MADE_OF)


def check(raw):
    """Read it, or refuse it in one line; what is read goes through to sentences."""
    try:
        found = read_bytes(raw, "talk")
    except TranscriptError as error:
        assert error.exit_code == 3
        assert "\n" not in str(error)
        return
    assert isinstance(found, Transcript)
    starts = [cue.start_ms for cue in found.cues]
    assert starts == sorted(starts)
    whole = sum(one.whole for one in found.removed)
    assert found.cues_present == len(found.cues) + found.merged + whole
    assert all(cue.text.strip() and cue.start_ms <= cue.end_ms for cue in found.cues)
    sentences(stream(found.cues))


@quick
@given(st.binary(max_size=400))
def test_any_bytes(raw):
    check(raw)


@quick
@given(st.lists(pieces | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_made_of_what_transcripts_are_made_of(text):
    check(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", sorted(FILES))
@quick
@given(data=st.data())
def test_a_damaged_sample(name, data):
    raw = bytearray(FILES[name].read_bytes())
    for at, value in data.draw(
        st.dictionaries(st.integers(0, len(raw) - 1), st.integers(0, 255))
    ).items():
        raw[at] = value
    lines = bytes(raw[: data.draw(st.integers(0, len(raw)))]).split(b"\n")
    twice = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=4))
    check(
        b"\n".join(part for at, line in enumerate(lines) for part in [line] * (1 + (at in twice)))
    )


@pytest.mark.parametrize("mutator", sorted(fitting(("bytes", "text", "json"))[:-1]))
@settings(quick, max_examples=40)
@given(name=st.sampled_from(sorted(FILES)), seed=st.integers(0, 2**32))
def test_every_kind_of_damage(mutator, name, seed):
    check(MUTATORS[mutator](FILES[name].read_bytes(), Random(seed)))
