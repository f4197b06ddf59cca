"""Who says a quote, as a person tells it: kept over harvests, refused against a label."""

import shlex
from dataclasses import replace

import pytest
from sheet_files import exported, imported, write
from spoken import LATER, NOW, candidates, transcript

from bot.errors import InputError
from bot.library import Remembered
from bot.library.changes import Author
from bot.model import Attribution, Details

GIVEN = Attribution("given", 1.0)
BY = Author("me", LATER)


@pytest.fixture
def kept(library):
    text = transcript()
    found = candidates(text, how="inferred")
    return library.keep(Details(title="Lights", speakers=("Ada Quill",)), text, found, NOW)


@pytest.fixture
def first(kept):
    return next(one for one in kept.quotes if one.shown.startswith("Nobody thanks"))


def test_a_person_says_who_speaks(library, first):
    (after,) = library.attribute([first.id], "  Bo   Marsh ", BY).changed
    assert (after.speaker, after.attribution, after.role) == ("Bo Marsh", GIVEN, None)
    assert library.quote(first.id) == after
    assert library.history(first.id)[-1].action == "attribute"
    assert library.decide([first.id], "approve", "me", LATER).changed  # nothing is asked
    assert library.quote(first.id).speaker == "Bo Marsh"
    assert library.verify() == ()


def test_saying_who_speaks_is_taken_back(library, first):
    library.attribute([first.id], "Bo Marsh", BY)
    library.undo(first.id, "me", LATER)
    undone = library.quote(first.id)
    assert (undone.speaker, undone.attribution) == (first.speaker, first.attribution)


def test_a_later_harvest_leaves_who_a_person_named(library, first):
    library.attribute([first.id], "Bo Marsh", BY)
    text = transcript()
    found = candidates(text, how="inferred")
    library.keep(Details(title="Lights", speakers=("Ada Quill",)), text, found, LATER)
    assert (library.quote(first.id).speaker, library.quote(first.id).attribution) == (
        "Bo Marsh",
        GIVEN,
    )


def test_the_main_speaker_stays_one(library, first):
    (after,) = library.attribute([first.id], "Ada Quill", BY).changed
    assert (after.role, after.attribution) == ("main", GIVEN)


@pytest.mark.parametrize("name", ["", " ", "SPEAKER_01", "x" * 201, "a\x00b"])
def test_what_is_no_name_is_refused(library, first, name):
    with pytest.raises(InputError, match="is no name"):
        library.attribute([first.id], name, BY)
    assert library.quote(first.id) == first


def test_who_was_taken_down_is_not_named_again(library, first):
    library.retract_speaker("Bo Marsh", "lead", NOW)
    with pytest.raises(InputError, match="taken down for good"):
        library.attribute([first.id], "Bo Marsh", BY)


def test_the_label_of_a_transcript_wins(library):
    text = transcript()
    labelled = candidates(text, how="labelled")
    quote = library.keep(Details(title="Lights"), text, labelled, NOW).quotes[0]
    assert library.attribute([quote.id], quote.speaker, BY).unchanged
    with pytest.raises(InputError, match="its transcript names"):
        library.attribute([quote.id], "Bo Marsh", BY)


def test_a_line_added_under_another_name_says_how_to_change_it(library, kept, first):
    with pytest.raises(InputError, match=f"library attribute {first.id}"):
        library.add(kept.talk.id, Remembered(first.shown, speaker="Bo Marsh"), "me", LATER)
    same = Remembered(first.shown, speaker=first.speaker)
    assert not library.add(kept.talk.id, same, "me", LATER).fresh


def test_a_sheet_says_who_speaks(library, first, tmp_path):
    exported(library, tmp_path)
    write(tmp_path / "lights.yaml", first, speaker='"Bo Marsh"', known="given")
    (taken,) = imported(library, tmp_path)
    assert taken.unheeded == ()
    after = library.quote(first.id)
    assert (after.speaker, after.attribution) == ("Bo Marsh", GIVEN)
    assert library.history(first.id)[-1].action == "attribute"
    assert imported(library, tmp_path)[0].unheeded == ()
    assert library.quote(first.id) == after


def test_another_name_alone_is_told_and_confirms_nobody(library, first, tmp_path):
    exported(library, tmp_path)
    write(tmp_path / "lights.yaml", first, speaker='"Bo Marsh"')
    (taken,) = imported(library, tmp_path)
    assert "to say who speaks, write known: given" in taken.unheeded[0]
    assert library.quote(first.id) == first


def test_two_who_name_different_speakers_are_a_conflict(library, first, tmp_path):
    exported(library, tmp_path)
    write(tmp_path / "lights.yaml", first, speaker='"Bo Marsh"', known="given")
    library.attribute([first.id], "Cy Dove", BY)
    (taken,) = imported(library, tmp_path)
    assert "it is said by Cy Dove in the library" in taken.conflicts[0]
    assert library.quote(first.id).speaker == "Cy Dove"


@pytest.mark.parametrize("how", ["inferred", "labelled", None])
def test_who_a_person_named_is_not_unnamed_by_a_harvest(library, how):
    text = transcript()
    library.keep(Details(), text, candidates(text), NOW)
    known = Attribution(how, 0.9) if how else None
    unnamed = [replace(one, speaker=None, attribution=known) for one in candidates(text)]
    library.keep(Details(), text, unnamed, LATER)
    assert {(one.speaker, one.attribution.how) for one in library.quotes()} == {
        ("Ada Quill", "given")
    }


def test_a_label_in_a_newer_transcript_says_who_speaks(library):
    text = transcript()
    library.keep(Details(title="Lights"), text, candidates(text), NOW)
    newer = transcript(mended={"harbour": "haven"})
    labelled = [replace(one, speaker="Bo Marsh") for one in candidates(newer, how="labelled")]
    library.keep(Details(title="Lights"), newer, labelled, LATER)
    assert {one.speaker for one in library.quotes()} == {"Bo Marsh"}


def test_a_sheet_that_takes_the_name_away_is_told(library, first, tmp_path):
    exported(library, tmp_path)
    write(tmp_path / "lights.yaml", first, speaker='""', known="given")
    (taken,) = imported(library, tmp_path)
    assert "its speaker, known stay as the library has them" in taken.unheeded[0]
    assert library.quote(first.id) == first


def test_the_remedy_is_a_command_also_for_a_name_with_an_apostrophe(library, kept, first):
    with pytest.raises(InputError) as told:
        library.add(kept.talk.id, Remembered(first.shown, speaker="Mary O'Neil"), "me", LATER)
    command = shlex.split(told.value.remedy.partition(": ")[2])
    assert command[-2:] == ["--speaker", "Mary O'Neil"]
