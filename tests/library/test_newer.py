"""Quotes told twice in two talks, and those that a newer transcript has elsewhere or otherwise."""

import time
from dataclasses import replace

import pytest
from spoken import LATER, LINES, NOW, OTHERS, candidates, transcript

from bot.library.duplicates import duplicates
from bot.model import Details, Quote


def second(library, status="approve", **how):
    """The talk with two decided quotes of its first version, and a newer version of its text."""
    text = transcript()
    kept = library.keep(Details(title="Lights"), text, candidates(text), NOW)
    names = [one.id for one in kept.quotes if "lamp" in one.said or "reports" in one.said]
    library.decide(names, status, "me", NOW)
    lines = how.pop("lines", LINES)
    library.keep(Details(title="Lights"), transcript(lines, source="b.txt", **how), [], LATER)
    return {one.id: one for one in library.quotes() if one.id in names}


def found(library, kind, among=()):
    return [one for one in library.verify() if one.kind == kind and one.quote in among]


@pytest.mark.parametrize("status", ["approve", "reject"])
def test_a_quote_whose_times_moved_keeps_its_decision(library, status):
    before = second(library, status, shift_ms=30_000)
    findings = found(library, "newer", before)
    assert len(findings) == 2
    assert all("says it at 0:" in one.reason for one in findings)
    moved = library.move(findings, "me", LATER).changed
    for one in moved:
        old = before[one.id]
        assert (one.start_ms, one.status) == (old.start_ms + 30_000, old.status)
        assert (one.shown, one.edits, one.transcript) == (old.shown, old.edits, 2)
        assert library.history(one.id)[-1].action == "move"
    assert found(library, "newer", before) == found(library, "wrong", before) == []
    for one in moved:
        library.undo(one.id, "me", LATER)
        assert replace(library.quote(one.id), revision=1) == before[one.id]


def test_mended_words_void_an_approval(library):
    before = second(library, mended={"lamp": "light", "sea": "ocean"})
    findings = found(library, "newer", before)
    assert all("has other words, at" in one.reason for one in findings)
    moved = {one.id: one for one in library.move(findings, "me", LATER).changed}
    assert {one.status for one in moved.values()} == {"candidate"}
    assert {one.shown for one in moved.values()} == {
        "She used to say that the light does not argue with the storm.",
        "The ocean does not read our reports.",
    }
    assert found(library, "wrong", before) == []


def test_words_mended_outside_of_what_is_shown_void_nothing(library):
    before = second(library, mended={"And so": "So"})
    one = next(one for one in found(library, "newer", before) if "report" in before[one.quote].said)
    assert not one.offer.words
    (moved,) = library.move([one], "me", LATER).changed
    assert (moved.status, moved.shown) == ("approved", before[one.quote].shown)
    assert moved.said.startswith("So the sea")


def test_what_the_newer_transcript_does_not_say_stays(library):
    lines = [line for line in LINES if "reports" not in line and "the sea" not in line]
    before = second(library, lines=lines)
    gone = [one for one in found(library, "newer", before) if one.offer is None]
    assert [before[one.quote].shown for one in gone] == ["The sea does not read our reports."]
    assert "does not say it" in gone[0].reason
    assert library.move(gone, "me", LATER).changed == ()


def test_what_was_changed_since_it_was_found_is_not_moved(library):
    before = second(library, mended={"lamp": "light", "sea": "ocean"})
    findings = found(library, "newer", before)
    changed, other = (one.quote for one in findings)
    words = before[changed].shown.rstrip(".") + "!"
    (edited,) = library.edit(changed, words, "ada", LATER).changed
    assert [one.id for one in library.move(findings, "me", LATER).changed] == [other]
    assert library.quote(changed) == edited
    again = found(library, "newer", [changed])
    assert [one.id for one in library.move(again, "me", LATER).changed] == [changed]


def test_a_tombstone_is_asked_nothing(library):
    before = second(library, shift_ms=30_000)
    library.retract(list(before), "me", LATER)
    assert [one for one in library.verify() if one.quote in before] == []


@pytest.mark.parametrize(
    ("speakers", "mended", "count", "how"),
    [
        (("Ada Quill", "ADA QUILL"), {}, 1, "the same"),
        (("Ada Quill", "Ada Quill"), {"ruin": "end"}, 1, "the same"),
        (("Ada Quill", "Ada Quill"), {"forgives": "pardons"}, 0, ""),
        (("Ada Quill", "Ada Quill"), {"quiet": "silent"}, 1, "nearly the same"),
        (("Ada Quill", "Bo Reed"), {}, 1, "the same"),
        (("Ada Quill", None), {}, 1, "the same"),
        (("Ada Quill", "Bo Reed"), {"quiet": "silent"}, 0, ""),
    ],
)
def test_what_is_said_in_two_talks_is_told(library, speakers, mended, count, how):
    words = (
        "The oven forgives what the recipe does not."
        if "forgives" in mended
        else (
            "Salt is the quiet partner in every loaf that we ever bake and sell on a cold morning."
        )
    )
    first = transcript([words, *LINES], source="a.txt")
    other = transcript([words, *OTHERS], source="b.txt", mended=mended)
    for text, speaker, title in ((first, speakers[0], "A"), (other, speakers[1], "B")):
        library.keep(Details(title=title), text, candidates(text, speaker=speaker)[:1], NOW)
    findings = [one for one in library.verify() if one.kind == "duplicate"]
    assert len(findings) == count
    for one in findings:
        assert one.other != one.quote
        assert f"says {how} as {one.other} of the talk" in one.reason
        misnamed = speakers[1] in ("Bo Reed", None)
        assert ("reject the one whose name is wrong" in one.reason) is misnamed
    if findings:
        library.decide([findings[0].quote], "reject", "me", NOW)
        assert [one for one in library.verify() if one.kind == "duplicate"] == []


def test_many_quotes_are_compared_in_little_time():
    sample = [
        Quote(
            id=f"q{at}", talk=f"t{at % 500}", transcript=1, edits=(), start_ms=0, end_ms=1,
            said="", shown=" ".join(f"word{at * 7 % (at % 97 + 3 + step)}" for step in range(14)),
            score=0.5, reasons=(), speaker=f"Ann {at % 50}",
        )
        for at in range(10_000)
    ]  # fmt: skip
    start = time.process_time()
    list(duplicates(sample))
    assert time.process_time() - start < 5
