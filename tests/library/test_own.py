"""A person's own line, other words for a quote, a mended word: proved, or refused with an offer."""

import time
from dataclasses import replace

import pytest
from spoken import LATER, LINES, NOW, OTHERS, candidate, candidates, transcript

from bot.errors import InputError, NeedsPerson, Stale
from bot.library import Consent, Library, Remembered
from bot.model import Details
from bot.sentences import sentences, stream
from bot.store import open_store
from bot.transcripts import read_bytes

VOICES = b"""WEBVTT

00:00.000 --> 00:04.000
<v Ada Quill>A lighthouse is a promise made to strangers. He said the lamp is a liar.

00:04.000 --> 00:08.000
<v Bo Reed>And so I think um nobody thanks the buoy. If it rains, the rope gets heavy.

00:08.000 --> 00:12.000
<v Ada Quill>A chart without a date is a rumour.

01:30.000 --> 01:34.000
<v Ada Quill>A chart without a date is a rumour.
"""


@pytest.fixture
def voices(library):
    text = read_bytes(VOICES, "voices.vtt")
    return library.keep(Details(title="Voices"), text, [], NOW).talk.id


def add(library, talk, words, **how):
    consent = how.pop("consent", Consent())
    return library.add(talk, Remembered(words, **how), "me", LATER, consent=consent)


def test_a_line_with_something_inaudible_in_it_is_refused(library):
    text = transcript(["Tar smells. The best rope is [inaudible] older than the ships it held."])
    talk = library.keep(Details(title="Tar"), text, [], NOW).talk.id
    with pytest.raises(InputError, match="something inaudible is left out of it"):
        add(library, talk, "The best rope is older than the ships it held.")


@pytest.mark.parametrize(
    ("words", "speaker", "said", "start_ms"),
    [
        ("A lighthouse is a promise made to strangers", "Ada Quill", None, 0),
        ("Nobody thanks the buoy.", "Bo Reed", "And so I think um nobody thanks the buoy.", 4000),
        ("if it rains the rope gets heavy", "Bo Reed", None, 4000),
        ("He said the lamp is a liar.", "Ada Quill", None, 0),
    ],
)
def test_a_line_is_found_with_its_time_and_speaker(library, voices, words, speaker, said, start_ms):
    added = add(library, voices, words)
    quote = added.quote
    assert added.fresh
    assert quote == library.quote(quote.id)
    assert (quote.shown, quote.speaker, quote.start_ms) == (words, speaker, start_ms)
    assert quote.attribution.how == "labelled"
    assert quote.status == "candidate"
    assert "added by hand" in quote.flags
    assert said is None or quote.said == said
    assert library.verify() == ()
    assert [one.action for one in library.history(quote.id)] == ["add"]


@pytest.mark.parametrize(
    ("words", "how", "reason"),
    [
        ("", {}, "3 words at least"),
        ("Lighthouse", {}, "3 words at least"),
        ("rope " * 10_000, {}, "120 words at most"),
        ("x" * 1_000_000, {}, "words at"),
        ("A lighthouse is a threat made to strangers.", {}, "the talk says “promise” here"),
        ("A lighthouse is a threat made to strangers.", {}, "nearest, at 0:00: “A lighthouse is"),
        ("The lamp is a liar.", {}, "loses the attribution 'said'"),
        ("The rope gets heavy.", {}, "loses the condition 'if'"),
        ("Thanks the buoy there.", {}, "does not say"),
        ("strangers. He said the lamp is a liar.", {}, "is left out"),
        ("the lamp is a liar. Nobody thanks the buoy.", {}, ""),
        ("Zebras graze under violet moons.", {}, "the talk does not say this"),
        ("A chart without a date is a rumour.", {}, "2 times, at 0:08, 1:30"),
        ("A chart without a date is a rumour.", {"at_ms": 600_000}, "not say this at that time"),
        ("Nobody thanks the buoy.", {"speaker": "Ada Quill"}, "says that Bo Reed says this"),
    ],
)
def test_what_cannot_be_added_is_told_with_the_nearest(library, voices, words, how, reason):
    with pytest.raises(InputError) as told:
        add(library, voices, words, **how)
    assert reason in str(told.value)
    assert library.quotes() == ()


def test_of_words_said_twice_the_time_says_which(library, voices):
    words = "A chart without a date is a rumour."
    second = add(library, voices, words, at_ms=88_000).quote
    assert second.start_ms == 90_000
    assert add(library, voices, words, at_ms=9_000).quote.start_ms == 8_000
    assert library.verify() == ()


def test_a_passage_is_in_the_library_once(library, kept):
    first = kept.quotes[0]
    library.decide([first.id], "reject", "me", NOW)
    added = add(library, kept.talk.id, first.shown, speaker="Ada Quill")
    assert (added.fresh, added.quote.id, added.quote.status) == (False, first.id, "rejected")
    assert len(library.quotes()) == len(kept.quotes)


def test_who_approves_at_once_is_asked_who_speaks_and_else_nothing_is_kept(library):
    text = transcript()
    talk = library.keep(Details(title="Lights", speakers=("Ada Quill",)), text, [], NOW).talk
    words = "Rope remembers every knot you were too hurried to untie."
    with pytest.raises(NeedsPerson, match="is this Ada Quill"):
        add(library, talk.id, words, consent=Consent(approve=True))
    assert library.quotes() == ()
    added = add(library, talk.id, words, speaker="Ada Quill", consent=Consent(approve=True))
    assert (added.quote.attribution.how, added.quote.status) == ("given", "approved")
    assert 0 < added.quote.score < 100
    assert added.quote.reasons


def test_nobody_adds_who_was_taken_down_nor_a_talk_that_refused(library, voices):
    library.retract_speaker("Bo Reed", "me", NOW)
    with pytest.raises(InputError, match="Bo Reed was taken down for good"):
        add(library, voices, "Nobody thanks the buoy.")
    library.change_talk(voices, {"permission": "refused"}, "me", NOW)
    with pytest.raises(InputError, match="permission for it was refused"):
        add(library, voices, "A lighthouse is a promise made to strangers")
    with pytest.raises(InputError, match="there is no talk 'nosuch'"):
        add(library, "nosuch", "A lighthouse is a promise made to strangers")


def test_an_added_line_outlives_harvests_and_is_taken_back(library):
    text = transcript(OTHERS, source="bread.txt")
    talk = library.keep(Details(title="Bread"), text, [], NOW).talk
    quote = add(library, talk.id, "You cannot knead by letter.", speaker="Bo Reed").quote
    library.keep(Details(title="Bread"), text, candidates(text), LATER)
    assert library.quote(quote.id) == quote
    library.undo(quote.id, "me", LATER)
    assert library.quote(quote.id).status == "rejected"
    again = add(library, talk.id, "You cannot knead by letter.", speaker="Bo Reed")
    assert (again.fresh, again.quote.status) == (False, "rejected")


def named(kept, words):
    return next(one for one in kept.quotes if words in one.said)


@pytest.mark.parametrize(
    ("of", "typed", "said"),
    [
        ("reports", "And so the sea does not read our reports.", None),
        ("reports", "the sea does not read our reports", None),
        (
            "findable",
            "What does it cost to be findable? Every map leaves out almost everything, and that is"
            " the kindest thing about it.",
            "What does it cost to be findable? Every map",
        ),
        (
            "other half",
            "Half of navigation is admitting where you are not. The other half is breakfast.",
            "Half of navigation",
        ),
        ("other half", "Half of navigation is admitting where you are not.", "Half of"),
    ],
)
def test_other_words_move_the_quote_with_them(library, kept, of, typed, said):
    quote = named(kept, of)
    library.decide([one.id for one in kept.quotes if one.id != quote.id], "reject", "me", NOW)
    library.decide([quote.id], "approve", "me", NOW)
    (after,) = library.edit(quote.id, typed, "me", LATER).changed
    assert (after.shown, after.status, after.revision) == (typed, "candidate", 2)
    assert after == library.quote(quote.id)
    assert after.said.startswith(said or quote.said)
    assert library.verify() == ()
    assert library.history(quote.id)[-1].action == "edit"
    library.undo(quote.id, "me", LATER)
    assert replace(library.quote(quote.id), revision=1) == replace(
        quote, status="approved", revision=1
    )


def test_the_first_of_two_sentences_is_dropped(library):
    text = transcript()
    run = sentences(stream(text.cues))
    two = candidate([one for one in run if "calendars" in one.text or "Rope" in one.text])
    quote = library.keep(Details(), text, [two], NOW).quotes[0]
    assert quote.said.startswith("The tide taught")
    (after,) = library.edit(
        quote.id, "Rope remembers every knot you were too hurried to untie.", "me", LATER
    ).changed
    assert after.said == after.shown
    assert library.verify() == ()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("The sea does read our reports.", "loses the negation 'not'"),
        ("The sea never reads our letters.", "the talk says"),
        ("", "3 words at least"),
        ("Nobody applauds a bolt in winter.", "the talk"),
        ("Ships are slow arguments with water. Rope remembers.", "the talk says"),
    ],
)
def test_other_words_than_the_talks_are_refused(library, kept, typed, reason):
    quote = named(kept, "reports")
    with pytest.raises(InputError) as told:
        library.edit(quote.id, typed, "me", LATER)
    assert reason in str(told.value)
    checked = library.check(kept.talk.id, typed, quote=quote.id)
    assert not checked.places
    assert checked.spots
    assert library.quote(quote.id) == quote


def test_unchanged_words_stale_pages_and_tombstones(library, kept):
    quote = kept.quotes[0]
    assert library.edit(quote.id, quote.shown, "me", NOW).unchanged == (quote,)
    spaced = f"“{quote.shown}”".replace(" ", "  ")
    assert library.edit(quote.id, spaced, "me", NOW).changed == ()
    library.note([quote.id], "x", "ada", NOW)
    with pytest.raises(Stale):
        library.edit(quote.id, quote.shown[:-1], "me", NOW, revision=0)
    library.retract([quote.id], "me", NOW)
    with pytest.raises(InputError, match="taken down"):
        library.edit(quote.id, quote.shown[:-1], "me", NOW)


def test_a_quote_does_not_become_another(library, kept):
    first, other = named(kept, "radio"), named(kept, "other half")
    with pytest.raises(InputError, match=f"that is quote {other.id} already"):
        library.edit(first.id, other.shown, "me", NOW)


def test_the_live_check_tells_what_is_red(library, kept):
    ok = library.check(kept.talk.id, "The sea does not read our reports.")
    assert [one.start_ms for one in ok.places] == [16_000]
    typed = "The lake does not read our reports."
    no = library.check(kept.talk.id, typed, quote=named(kept, "reports").id)
    assert [typed[one.start : one.stop] for one in no.spots] == ["lake"]
    assert no.nearest.said == "And so the sea does not read our reports."


def test_a_mended_word_is_shown_everywhere_now_and_later(library):
    text = transcript(mended={"buoy": "boy"})
    kept = library.keep(Details(title="Lights"), text, candidates(text), NOW)
    quote = named(kept, "boy")
    library.decide([quote.id], "approve", "me", NOW)
    done = library.mend("lights", "boy", "buoy", "me", LATER)
    assert done.talk.glossary == {"boy": "buoy", "Boy": "Buoy"}
    assert [one.shown for one in done.quotes.changed] == ["Nobody thanks the buoy."]
    assert library.quote(quote.id).status == "candidate"
    assert library.verify() == ()
    again = library.mend("lights", "boy", "Buoy", "me", LATER)
    assert [one.shown for one in again.quotes.changed] == ["Nobody thanks the Buoy."]
    assert library.verify() == ()
    library.undo(quote.id, "me", LATER)


@pytest.mark.parametrize(
    ("misheard", "meant", "reason"),
    [
        ("", "x", "is no word"),
        ("storm", "", "is no word"),
        ("storm", "storm", "is what the talk says"),
        ("not", "now", "loses the negation 'not'"),
        ("zebra", "horse", "does not say ‘zebra’"),
        ("nobody", "Nobody", "it says ‘Nobody’"),
        ("storm", "…", "there are no words"),
        ("x" * 100, "y", "is no word"),
    ],
)
def test_a_word_that_cannot_be_mended(library, kept, misheard, meant, reason):
    with pytest.raises(InputError) as told:
        library.mend(kept.talk.id, misheard, meant, "me", NOW)
    assert reason in str(told.value)
    assert library.talk(kept.talk.id).glossary == {}


def test_a_talk_of_two_hours_is_checked_while_one_types():
    lines = [f"{line} Number {at} of them is here." for at in range(60) for line in LINES]
    with open_store("sqlite://") as store:
        library = Library(store)
        talk = library.keep(Details(title="Long"), transcript(lines, source="l.txt"), [], NOW).talk
        library.check(talk.id, "We measured the harbour often and it had moved.")
        start = time.process_time()
        library.check(talk.id, "We measured the harbour often and it had not moved.")
        assert time.process_time() - start < 0.5
