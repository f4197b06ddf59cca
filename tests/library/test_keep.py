"""What a harvest keeps: which version, which quotes. People's decisions stay."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spoken import LATER, NOW, OTHERS, candidate, candidates, dump, transcript
from sqlalchemy import insert, update

from bot.errors import Stale
from bot.library import Library
from bot.model import Attribution, Details
from bot.sentences import sentences, stream
from bot.store import open_store
from bot.store.publishing import posts
from bot.store.schema import quotes

CORRECTED = {"argue": "quarrel", "napkin": "serviette", "boring": "dull", "thirty": "forty"}


def corrected():
    return transcript(source="better.txt", shift_ms=30_000, mended=CORRECTED)


def counts(kept):
    return kept.added, kept.updated, kept.known, kept.skipped


def keep(library, text, now=NOW, details=None, **which):
    return library.keep(details or Details(), text, candidates(text, **which), now)


def test_a_harvest_is_kept_in_rank_order(library):
    text = transcript()
    chosen = candidates(text)
    kept = library.keep(
        Details("Lights", ("Ada Quill",), url="https://youtu.be/x"), text, chosen, NOW
    )
    assert [quote.said for quote in kept.quotes] == [each.said for each in chosen]
    assert counts(kept) == (len(chosen), 0, 0, 0)
    assert kept.talk.id == "lights"
    assert kept.talk.duration_ms == text.cues[-1].end_ms


def test_what_is_read_back_is_what_was_kept(library):
    details = Details("Lights", ("Ada Quill",), url="https://youtu.be/x")
    text = transcript()
    kept = library.keep(details, text, candidates(text), NOW)
    assert kept.quotes == library.quotes()
    assert kept.talk == library.talk("lights")
    assert kept.quotes[1].url == "https://youtu.be/x?t=0"


def test_the_same_file_again_changes_nothing(library):
    first = keep(library, transcript())
    before = dump(library)
    again = keep(library, transcript(source="copy of lights.txt"), LATER)
    assert counts(again) == (0, 0, first.added, 0)
    assert again.quotes == first.quotes
    assert dump(library) == before


def test_a_corrected_transcript_adds_no_quote(library):
    first = keep(library, transcript())
    second = keep(library, corrected(), LATER)
    assert counts(second) == (0, first.added, 0, 0)
    assert [quote.id for quote in second.quotes] == [quote.id for quote in first.quotes]
    assert "the lamp does not quarrel" in " ".join(quote.shown for quote in second.quotes)
    assert (
        {quote.transcript for quote in second.quotes} == {second.transcript} != {first.transcript}
    )
    assert second.notices == (
        "most of its words are those of “lights” (lights): kept as a version of it",
    )
    before = dump(library)
    assert counts(keep(library, corrected(), LATER)) == (0, 0, first.added, 0)
    assert dump(library) == before


@pytest.mark.parametrize("again", [transcript, corrected])
def test_no_harvest_touches_what_people_decided(library, again):
    first = keep(library, transcript())
    yes, no, back, *_ = (quote.id for quote in first.quotes)
    library.decide([yes], "approve", "me", NOW)
    library.decide([no], "reject", "me", NOW)
    library.decide([back], "approve", "me", NOW)
    library.undo(back, "me", NOW)
    decided = [library.quote(name) for name in (yes, no, back)]
    second = keep(library, again(), LATER, speaker="Somebody Else")
    assert [library.quote(name) for name in (yes, no, back)] == decided
    assert counts(second) == (0, first.added - 3, 0, 3)
    assert [quote.id for quote in second.quotes[:2]] == [yes, back]
    assert no not in {quote.id for quote in second.quotes}


def test_what_was_kept_with_a_space_before_its_stop_stays_proved_and_decided(library):
    text = transcript(["The rope is all we had to row with", "[all laugh]. Nobody rowed [laughs]."])
    older = [replace(one, shown=one.said, edits=()) for one in candidates(text)]
    assert [one.shown[-2:] for one in older] == [" .", " ."]
    yes, open_ = (quote.id for quote in library.keep(Details(), text, older, NOW).quotes)
    library.decide([yes], "approve", "me", NOW)
    decided = library.quote(yes)
    assert library.verify() == ()
    again = keep(library, text, LATER)
    assert counts(again) == (0, 1, 0, 1)
    assert library.quote(yes) == decided
    assert library.quote(open_).shown == "Nobody rowed."
    assert library.verify() == ()


def test_no_candidate_is_added_beside_a_decided_quote_it_overlaps(library):
    pairs = keep(library, transcript(), length=2, every=2)
    library.decide([quote.id for quote in pairs.quotes], "reject", "me", NOW)
    singles = keep(library, transcript(), LATER)
    assert (singles.added, singles.quotes) == (0, ())


def test_no_decided_quote_is_removed_for_a_candidate_that_overlaps_it(library):
    singles = keep(library, transcript())
    library.decide([quote.id for quote in singles.quotes], "approve", "me", NOW)
    decided = set(library.quotes())
    assert keep(library, transcript(), LATER, length=2, every=2).added == 0
    assert set(library.quotes()) == decided


def test_a_candidate_that_was_posted_stays_as_it_was_posted(library):
    """By hand, before anybody decided on it; its receipt is worth as much as a decision."""
    first = keep(library, transcript()).quotes[1]
    of = {"network": "x", "account": "7", "quote": first.id, "occasion": 1, "state": "sent"}
    with library.store.write() as connection:
        connection.execute(insert(posts).values(of))
    keep(library, transcript(), LATER, length=2, every=2)
    assert library.quote(first.id) == first


def runs(*bounds):
    """Candidates of the talk's sentences, each from one number up to and with another."""
    found = sentences(stream(transcript().cues))
    return [candidate(found[first - 1 : last]) for first, last in bounds]


def keep_runs(library, *bounds):
    return library.keep(Details(), transcript(), runs(*bounds), LATER)


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_an_undecided_quote_does_not_grow_over_a_decided_one(library, action):
    first, second = keep_runs(library, (1, 1), (2, 3)).quotes
    decided = library.decide([second.id], action, "me", NOW).changed
    grown = keep_runs(library, (1, 3))
    assert counts(grown) == (0, 0, 0, 1)
    assert grown.quotes == (decided if action == "approve" else ())
    assert set(library.quotes()) == {first, *decided}


def test_a_blocked_candidate_removes_no_undecided_quote(library):
    first, second = keep_runs(library, (1, 1), (2, 3)).quotes
    decided = library.decide([first.id], "reject", "me", NOW).changed
    assert counts(keep_runs(library, (1, 3))) == (0, 0, 0, 1)
    assert set(library.quotes()) == {second, *decided}


def test_a_blocked_candidate_stands_in_nobodys_way(library):
    first, second = keep_runs(library, (1, 1), (2, 3)).quotes
    library.decide([first.id], "reject", "me", NOW)
    again = keep_runs(library, (1, 3), (2, 4))
    assert counts(again) == (0, 1, 0, 1)
    assert [(quote.id, quote.said) for quote in again.quotes] == [(second.id, runs((2, 4))[0].said)]


def test_each_repeated_sentence_is_stood_for_by_its_own_decided_quote(library):
    text = transcript(["So leave a light on.", "Nobody came.", "So leave a light on."])
    names = [quote.id for quote in keep(library, text).quotes]
    library.decide(names, "approve", "me", NOW)
    assert [quote.id for quote in keep(library, text).quotes] == names


def test_candidates_cut_otherwise_take_the_place_of_untouched_ones(library):
    singles = keep(library, transcript())
    pairs = keep(library, transcript(), LATER, length=2, every=2)
    assert counts(pairs) == (0, len(pairs.quotes), 0, 0)
    in_pairs = " ".join(quote.said for quote in pairs.quotes)
    apart = {quote for quote in singles.quotes if quote.said not in in_pairs}
    assert set(library.quotes()) == {*pairs.quotes, *apart}
    before = dump(library)
    keep(library, transcript(), LATER, length=2, every=2)
    assert dump(library) == before


def test_a_tag_is_human_work_and_stays(library, kept):
    tagged, other = kept.quotes[:2]
    with library.store.write() as connection:
        named = update(quotes).where(quotes.c.id == other.id)
        connection.execute(named.values(tags=["opener"]))
    pair = candidates(transcript(), length=2)[0]
    library.keep(Details(), transcript(), [replace(pair, score=0.1)], LATER)
    assert tagged.said in pair.said
    assert library.quote(other.id).tags == ("opener",)


@pytest.mark.parametrize(
    "change",
    [
        {"score": 0.123},
        {"shown": "Otherwise."},
        {"speaker": "Bo"},
        {"attribution": Attribution("given", 0.9)},
        {"flags": ()},
        {"approximate": True},
        {"end_ms": 5000},
    ],
)
def test_an_untouched_candidate_is_brought_up_to_date(library, kept, change):
    text = transcript()
    first = replace(candidates(text)[0], **change)
    again = library.keep(Details(), text, [first], LATER)
    assert counts(again) == (0, 1, 0, 0)
    seen = kept.quotes[0]
    assert library.quote(seen.id) == replace(seen, **change, revision=1)
    with pytest.raises(Stale, match="while you looked at it"):
        library.decide([seen.id], "approve", "me", LATER, revision=seen.revision)


def test_two_candidates_of_one_passage_are_one_quote(library):
    text = transcript()
    twice = [*candidates(text)[:2], candidates(text, length=2)[0]]
    kept = library.keep(Details(), text, twice, NOW)
    assert counts(kept) == (2, 0, 0, 1)
    assert len(library.quotes()) == len(kept.quotes) == 2


def test_a_sentence_said_twice_is_two_quotes(library):
    text = transcript(["So leave a light on.", "Nobody came.", "So leave a light on."])
    kept = keep(library, text)
    assert len({quote.id for quote in kept.quotes}) == 3
    assert counts(keep(library, text)) == (0, 0, 3, 0)


def test_bytes_read_otherwise_than_before_replace_the_cues(library):
    text = transcript()
    first = library.keep(Details(), text, (), NOW)
    better = replace(text, cues=text.cues[:-1])
    second = library.keep(Details(), better, (), LATER)
    assert second.transcript == first.transcript
    assert "other cues" in " ".join(f.reason for f in checked(library, better))


def checked(library, text):
    library.keep(Details(), text, candidates(text)[:1], LATER)
    return library.verify()


def test_a_dry_run_says_the_same_and_keeps_nothing(tmp_path):
    path = tmp_path / "library.db"
    with open_store(path) as store:
        keep(Library(store), transcript(OTHERS, source="bread.txt"))
    before = path.read_bytes()
    with open_store(path, dry_run=True) as store:
        dry = keep(Library(store), transcript())
        assert {talk.id for talk in Library(store).talks()} == {"bread"}
    assert path.read_bytes() == before
    with open_store(path) as store:
        assert keep(Library(store), transcript()) == dry


VERSIONS = (transcript(), corrected(), transcript(shift_ms=7000, mended={"storm": "gale"}))
harvests = st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(1, 3))
acts = st.tuples(st.sampled_from(["approve", "reject"]), st.integers(0, 30))


SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(before=st.lists(harvests | acts, max_size=5), last=harvests)
def test_the_last_harvest_twice_is_as_once_whatever_came_before(new_place, before, last):
    with open_store(new_place(alone=True)) as store:
        library = Library(store)
        for step in before:
            take(library, step)
        decided = [quote for quote in library.quotes() if library.history(quote.id)]
        take(library, last)
        once = dump(library)
        again = take(library, last)
        assert dump(library) == once
        assert again.added == again.updated == 0
        assert [library.quote(quote.id) for quote in decided] == decided
        assert max(Counter(quote.id for quote in again.quotes).values(), default=1) == 1


def take(library, step):
    if isinstance(step[0], int):
        version, every, length = step
        return keep(library, VERSIONS[version], every=every, length=length)
    action, number = step
    names = [quote.id for quote in library.quotes()]
    return names and library.decide([names[number % len(names)]], action, "me", NOW)
