"""Every quote is proved from the stored bytes; whatever is changed behind our back is found."""

import json
from dataclasses import replace

import pytest
from spoken import EDIT, LATER, NOW, OTHERS, candidate, candidates, transcript
from sqlalchemy import LargeBinary, type_coerce, update

from bot.library import Finding
from bot.model import Details
from bot.sentences import sentences, stream
from bot.store.packing import pack
from bot.store.schema import quotes, transcripts
from bot.transcripts import read_bytes

TRIMMED = "the sea does not read our reports."


def test_a_harvest_is_true(library, kept):
    assert any(EDIT in quote.edits for quote in kept.quotes)
    assert library.verify() == ()


def test_a_sentence_said_twice_is_true_both_times(library):
    text = transcript(["So leave a light on.", "Nobody thanks the buoy."] * 2)
    library.keep(Details(), text, candidates(text), NOW)
    assert len(library.quotes()) == 4
    assert library.verify() == ()


def test_a_quote_out_of_which_something_inaudible_was_left_is_no_proof(library):
    text = transcript(["Tar smells. The best rope is [inaudible] older than the ships it held."])
    quote = library.keep(Details(), text, candidates(text)[1:], NOW).quotes[0]
    assert quote.said == "The best rope is older than the ships it held."
    (finding,) = library.verify()
    assert finding.quote == quote.id
    assert "something inaudible is left out of its words" in finding.reason


def test_progress_counts_transcripts(library, kept):
    text = transcript(OTHERS, source="bread.txt")
    library.keep(Details(), text, candidates(text), NOW)
    calls = []
    library.verify(lambda done, total: calls.append((done, total)))
    assert calls == [(1, 2), (2, 2)]


def change(library, table, **values):
    with library.store.write() as connection:
        connection.execute(update(table).values(**values))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"said": "I never said that."}, "its words are not in the transcript"),
        ({"said": "a promise made to people"}, "its words are no whole sentences"),
        ({"said": "A lighthouse is a promise"}, "its words are no whole sentences"),
        ({"said": "you will never meet."}, "its words are no whole sentences"),
        ({"said": "meet. My grandmother kept one for thirty years."}, "its words are no whole"),
        ({"shown": "So it is."}, "what is shown is not what its edits make"),
        ({"start_ms": 17}, "its first word is heard at 0 ms, not at 17 ms"),
        ({"end_ms": 17}, "its last word is heard until 3080 ms, not until 17 ms"),
        (
            {"edits": [{"kind": "trim-start", "at": 0, "old": "Perhaps ", "new": ""}]},
            "its edit 1 does not fit",
        ),
    ],
)
def test_a_changed_quote_is_found(library, values, reason):
    text = transcript()
    quote = library.keep(Details(), text, candidates(text)[:1], NOW).quotes[0]
    change(library, quotes, **values)
    found = library.verify()
    assert {(each.talk, each.transcript, each.quote) for each in found} == {("lights", 1, quote.id)}
    assert any(each.reason.startswith(reason) for each in found)


def test_an_edit_that_takes_a_negation_is_found(library):
    text = transcript()
    lamp = next(each for each in candidates(text) if "lamp" in each.said)
    name = library.keep(Details(), text, [lamp], NOW).quotes[0].id
    cut = {"kind": "cut", "at": lamp.said.index("not argue"), "old": "not argue ", "new": "… "}
    shown = lamp.said.replace("not argue ", "… ")
    change(library, quotes, edits=[cut], shown=shown)
    assert library.verify() == (Finding("lights", 1, name, "its edit 1 loses the negation 'not'"),)


def other_cues():
    return pack(transcript(OTHERS).cues)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"raw": b"00:00:01 | Otherwise."}, "the stored bytes are not those that were read"),
        ({"cues": other_cues()}, "reading the stored bytes again gives other cues"),
        ({"cues": b"["}, "the stored transcript is damaged"),
        ({"cues": json.dumps([[1, 2]]).encode()}, "the stored transcript is damaged"),
    ],
)
def test_a_changed_transcript_is_found(library, kept, values, reason):
    change(library, transcripts, **values)
    first = library.verify()[0]
    assert (first.quote, first.transcript) == (None, 1)
    assert first.reason.startswith(reason)


@pytest.mark.parametrize("column", ["raw", "cues"])
def test_bytes_that_cannot_be_unpacked_are_found(library, kept, column):
    change(library, transcripts, **{column: type_coerce(b"\1\2", LargeBinary)})
    assert library.verify()[0].reason.startswith("the stored transcript is damaged")


def test_bytes_that_cannot_be_read_again_are_found(library):
    from hashlib import sha256

    text = transcript()
    library.keep(Details(), text, candidates(text), NOW)
    prose = b"No times at all."
    change(library, transcripts, raw=prose, source_hash=sha256(prose).hexdigest())
    assert library.verify()[0].reason.startswith("the stored bytes cannot be read again")


def test_a_second_version_is_proved_by_its_own_bytes(library, kept):
    text = transcript(source="b.txt", shift_ms=30_000, mended={"argue": "quarrel"})
    library.decide([kept.quotes[0].id], "approve", "me", NOW)
    library.keep(Details(), text, candidates(text), LATER)
    assert {quote.transcript for quote in library.quotes()} == {1, 2}
    assert [one.kind for one in library.verify()] == ["newer"]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_run_of_sentences_is_true(library, length):
    text = transcript()
    library.keep(Details(), text, candidates(text, length=length, every=length), NOW)
    assert library.verify() == ()


def test_every_time_must_be_of_one_place(library):
    text = transcript(["So leave a light on.", "Nobody thanks the buoy."] * 2)
    found = sentences(stream(text.cues))
    mixed = replace(candidate(found[:1]), end_ms=found[2].end_ms)
    library.keep(Details(), text, [mixed], NOW)
    assert [each.reason for each in library.verify()] == [
        "its last word is heard until 4000 ms, not until 12000 ms"
    ]


TURNS = b"""WEBVTT

00:00.000 --> 00:04.000
<v Ada Quill>A lighthouse is a promise made to people you will never meet.

00:04.000 --> 00:08.000
<v Speaker 2>Nobody thanks the buoy.

00:08.000 --> 00:12.000
Fog is only weather that has stopped pretending.
"""


@pytest.mark.parametrize(
    ("sentence", "speaker", "how", "reason"),
    [
        (0, "Ada Quill", "labelled", None),
        (0, "ADA QUILL (host)", "labelled", None),
        (0, "Ada", "labelled", None),
        (0, "Ada Mary Quill", "labelled", None),
        (0, "Bo", "given", None),
        (0, "Bo", "inferred", None),
        (0, "Bo", "labelled", "its speaker is Bo, but the transcript labels it Ada Quill"),
        (0, None, "labelled", "its speaker is nobody, but the transcript labels it Ada Quill"),
        (1, "Speaker 2", "labelled", "its speaker is Speaker 2, but the transcript names nobody"),
        (2, "Ada Quill", "labelled", "its speaker is Ada Quill, but the transcript names nobody"),
    ],
)
def test_a_labelled_speaker_is_the_one_of_the_label(library, sentence, speaker, how, reason):
    text = read_bytes(TURNS, "turns.vtt")
    said = sentences(stream(text.cues))[sentence]
    library.keep(Details(), text, [candidate([said], speaker=speaker, how=how)], NOW)
    found = [each.reason for each in library.verify()]
    assert [each.startswith(reason) for each in found] == [True] if reason else found == []


def test_words_of_two_turns_are_no_quote(library):
    text = read_bytes(TURNS, "turns.vtt")
    across = candidate(sentences(stream(text.cues))[:2], speaker="Ada Quill", how="labelled")
    library.keep(Details(), text, [across], NOW)
    assert [each.reason for each in library.verify()] == ["its words are not in the transcript"]
