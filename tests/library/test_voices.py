"""Nobody's words go into another's mouth, also where no label says who speaks; a no stays a no."""

import pytest
from spoken import LATER, NOW, candidates, transcript

from bot import pipeline
from bot.errors import InputError, NeedsPerson
from bot.library import Remembered
from bot.model import Attribution, Details

NAME = "Marit Oyelaran"
QUESTION = "How does a bridge inspector end up with a library?"
ANSWER = "Yeah, so it was an accident, really."


@pytest.fixture
def harvested(library, sample):
    """The sample talk, whose file names nobody: one turn of several voices."""
    reading = pipeline.read_talk(sample, pipeline.Cast((NAME,)), 64)
    terms = pipeline.Terms(40)
    return pipeline.harvest(reading, Details(), library, terms, NOW).kept


def test_a_line_of_two_voices_is_refused(library, harvested):
    both = Remembered(f"{QUESTION} {ANSWER}", None, None)
    with pytest.raises(InputError, match=f"another voice says the beginning of it, {NAME} the"):
        library.add(harvested.talk.id, both, "me", LATER)
    assert library.quotes() == library.quotes(limit=len(harvested.quotes))


def test_who_says_all_of_it_may_be_told(library, harvested):
    both = Remembered(f"{QUESTION} {ANSWER}", None, NAME)
    added = library.add(harvested.talk.id, both, "me", LATER).quote
    assert (added.speaker, added.attribution) == (NAME, Attribution("given", 1.0))


def test_a_quote_does_not_grow_into_another_voice(library, harvested):
    answer = library.add(harvested.talk.id, Remembered(ANSWER, None, None), "me", NOW).quote
    assert answer.speaker == NAME
    with pytest.raises(InputError, match="another voice may say a part of it"):
        library.edit(answer.id, f"{QUESTION} {ANSWER}", "me", LATER)
    assert library.quote(answer.id) == answer


def test_a_quote_that_grows_is_known_no_surer_than_its_new_words(library, harvested):
    quote = next(one for one in harvested.quotes if one.said.startswith("People say that you"))
    library.decide([quote.id], "approve", "me", NOW, confirmed=True)
    longer = f"I don't think a plan would have helped us, honestly. {quote.said}"
    (grown,) = library.edit(quote.id, longer, "me", LATER).changed
    assert grown.status == "candidate"
    assert grown.attribution.how == "inferred"
    assert grown.attribution.confidence < 1


@pytest.mark.parametrize("rejected", [True, False])
def test_the_no_of_a_speaker_holds_whatever_others_decided(library, rejected):
    text = transcript()
    (quote,) = library.keep(Details(), text, candidates(text)[:1], NOW).quotes
    if rejected:
        library.decide([quote.id], "reject", "ed", NOW)
    library.veto(quote.id, "Ada by link", NOW)
    library.veto(quote.id, "Ada by link", NOW)
    assert [one.action for one in library.history(quote.id)].count("veto") == 1
    with pytest.raises(NeedsPerson, match="its speaker said no"):
        library.decide([quote.id], "approve", "pia", LATER)
    library.decide([quote.id], "approve", "Ada by link", LATER)
    assert library.quote(quote.id).status == "approved"
