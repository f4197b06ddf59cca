"""Every quote is proved from the stored bytes; whatever is changed behind our back is found."""

import json

import pytest
from spoken import EDIT, NOW, OTHERS, candidates, transcript
from sqlalchemy import update

from bot.library import Details, Finding
from bot.store.packing import pack
from bot.store.schema import quotes, transcripts

TRIMMED = "the sea does not read our reports."


def test_a_harvest_is_true(library, kept):
    assert any(EDIT in quote.edits for quote in kept.quotes)
    assert library.verify() == ()


def test_a_sentence_said_twice_is_true_both_times(library):
    text = transcript(["So leave a light on.", "Nobody thanks the buoy."] * 2)
    library.keep(Details(), text, candidates(text), NOW)
    assert len(library.quotes()) == 4
    assert library.verify() == ()


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
        ({"shown": "So it is."}, "what is shown is not what its edits make"),
        ({"start_ms": 17}, "its first word is heard at 0 ms, not at 17 ms"),
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
    with library.store.write() as connection:
        connection.exec_driver_sql(f"UPDATE transcripts SET {column} = x'0102'")
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
    library.keep(Details(), text, candidates(text), NOW)
    assert {quote.transcript for quote in library.quotes()} == {1, 2}
    assert library.verify() == ()
