"""What is never a quote, beside good quotes that look like it."""

import pytest
from scored_talks import talk

from bot.lexicon import tokens
from bot.model import Cue
from bot.scoring.filters import introduced, refusals
from bot.scoring.openings import opening_refusal, points_outside
from bot.sentences import sentences, stream

REFUSED = {
    "question": [
        "What does a harbour owe a stranger?",
        "Is rope older than the wheel? Probably.",
        "I wonder if the tide has noticed us yet.",
        "Can you tell us how the lamp was lit.",
        "I'm curious how the lamp was lit.",
        "I would love to hear about the fog horn.",
        "Let me ask you about the rope and the tar.",
        "And you also mentioned the lamp on the pier.",
        "Do you see how far the light goes.",
        "So how difficult is the knot to tie.",
        "What did the harbour owe a stranger.",
        "Isn't there a rope for that storm.",
    ],
    "greeting": [
        "Welcome back to another evening by the harbour.",
        "My name is Ada and I keep a lighthouse.",
        "Good morning, everyone who came by boat.",
        "Hello and please sit where it is dry.",
        "So hi, I keep the lamp out there.",
        "I'm Ada Quill, and I keep a lamp.",
        "I am so happy to be here by the sea.",
    ],
    "thanks": [
        "Thank you all for rowing out tonight.",
        "Thanks, that was a kind storm.",
        "We really appreciate you rowing out here.",
        "And many thanks to the people of the pier.",
    ],
    "house-keeping": [
        "The next question is about the fog horn.",
        "We have time for one story about tar.",
        "Let us give it up for the rope makers.",
        "There is a coffee break by the boats.",
        "Please subscribe and tell the other keepers.",
        "That's a really good question about fog.",
        "Great question, and the answer is tar.",
        "I think the mic is full of salt.",
        "We made another great episode about tar.",
        "Today's guest has mended nets for forty years.",
        "Bo is my co-host, and he is afraid of fog.",
        "The keeper of the lamp is with me here today.",
    ],
    "sponsor": [
        "This hour is brought to you by a rope maker.",
        "Our sponsor makes the tar you are smelling.",
        "Use the code ROPE20 and save on your first knot.",
        "Use code rope at the till for a discount.",
        "You get twenty percent off the second anchor.",
        "Go to ropes.com and tie one yourself.",
        "It is ropes dot com slash harbour for that.",
    ],
    "unfinished": [
        "And the rope that we had been",
        "The thing about rope is that it--",
        "Because the tide, as we all know,",
        "Every rope remembers the hand and",
        "Rope, tar and stuff like that is what I sell.",
        "We had tar, et cetera, on the deck all night.",
    ],
}  # fmt: skip

STANDING = [
    "People want to know that you care about the tide.",
    "Sailors have to ask for help before the storm.",
    "Nobody thanks the plumber until the rain comes in.",
    "The fog thanks its critics by staying another week.",
    "A good question outlives every one of its answers.",
    "The first question is never the one they came with.",
    "I don't subscribe to the idea that storms are personal.",
    "You cannot slash a budget into a lighthouse.",
    "Most people use code they have never read.",
    "A harbour is where strangers learn each other's knots.",
    "Every welcome is a door somebody had to oil.",
    "The best greeting is a dry towel.",
    "I keep asking the sea, and the sea keeps its answer.",
    "Gratitude is the cheapest paint there is.",
    "Breaks are where the real conference happens.",
    "Wonder is what is left when the map runs out.",
    "Names are the first gift we get and the last we keep.",
    "“Hold fast,” is all the anchor ever says.",
    "Half of every promise is the percent you never mention.",
]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in REFUSED.items() for text in texts]
)
def test_a_kind_of_sentence_is_refused(kind, text):
    (sentence,) = talk(text)[:1]
    assert refusals([sentence]) == [kind]


@pytest.mark.parametrize("text", STANDING)
def test_a_good_quote_that_looks_alike_is_not(text):
    found = talk(text)
    assert refusals(found) == [None]
    assert opening_refusal(tokens(text), text) is None


def test_every_kind_has_its_cases():
    assert all(len(texts) >= 4 for texts in REFUSED.values())


@pytest.mark.parametrize("words", [
    "The rope (thunder rumbles) holds.", "The **** rope holds.", "The tar boils at 84\ufffdC.",
])  # fmt: skip
def test_what_a_writer_put_in_or_left_out_is_refused(words):
    assert refusals(talk(words)) == ["hole"]


@pytest.mark.parametrize(
    ("before", "words", "open_on_them"),
    [
        ("My mother always told me this.", "Never trust a harbour with two clocks.", True),
        ("The old pilot put it so.", "A rope is a promise.", True),
        ("People say it.", "Every harbour forgives.", True),
        ("The rope was blue.", "A rope is a promise.", False),
    ],
)
def test_words_that_were_announced_as_anothers_open_no_quote(before, words, open_on_them):
    found = sentences(stream([Cue(0, 2000, before), Cue(2000, 4000, words)]))
    assert introduced(found) == [False, open_on_them]


@pytest.mark.parametrize(("opens", "closes"), ['""', "“”"])
def test_words_inside_a_quotation_of_several_sentences_open_no_quote(opens, closes):
    told = f"He said, {opens}Rope is old. It was never mine. Take it.{closes} We did. We left."
    found = sentences(stream([Cue(0, 9000, told)]))
    assert introduced(found) == [False, True, True, False, False]
    never_closed = sentences(stream([Cue(0, 9000, told.replace(closes + " We", " We"))]))
    assert not any(introduced(never_closed))


@pytest.mark.parametrize(
    ("first", "then", "torn"),
    [
        ("We should never", "Trust a rope you did not tie.", True),
        ("We tied it.", "trust a rope you did not tie.", True),
        ("We tied it.", "-- and trust a rope you did not tie.", True),
        ("We tied it.", "Trust a rope you did not tie.", False),
    ],
)
def test_the_rest_of_an_interrupted_sentence_is_refused(first, then, torn):
    cues = [Cue(0, 1, first, "Ann"), Cue(2, 3, "Yeah.", "Bo"), Cue(4, 9, then, "Ann")]
    assert (refusals(sentences(stream(cues)))[-1] == "unfinished") == torn


def test_a_long_turn_may_be_quoted_from_its_middle_but_no_rest_of_a_sentence():
    words = "Rope is old. The oldest rope is made of bark. It holds."
    late = sentences(stream([Cue(0, 60_000, words)]))
    assert [one.approximate for one in late] == [False, True, True]
    assert refusals(late) == [None, None, None]
    endless = sentences(stream([Cue(0, 60_000, "we tied it, " * 60 + "and it held. It did.")]))
    assert set(refusals(endless)[:-1]) == {"unfinished"}
    assert refusals(endless)[-1] is None


@pytest.mark.parametrize(
    "shown", ['He wrote "ropes hold for ever.', "Ropes hold.” The end is near."]
)
def test_half_a_pair_of_quotation_marks_is_refused(shown):
    assert opening_refusal(tokens(shown), shown)


def test_a_hole_is_refused():
    found = sentences(
        stream([Cue(0, 4000, "The rope [INAUDIBLE] holds."), Cue(4000, 5000, "Tar smells.")])
    )
    assert refusals(found) == ["hole", None]


def test_another_reason_is_not_covered_by_a_sponsor_read():
    found = talk("Our sponsor sells rope.", "Is it strong?")
    assert refusals(found) == ["sponsor", "question"]


def test_no_sentences_no_refusals():
    assert refusals([]) == []


@pytest.mark.parametrize(
    "shown",
    [
        "He never came back from the reef.",
        "She's the one who lit the lamp.",
        "Their lamp was brighter than ours.",
        "That's why the lamp stays lit.",
        "It was brighter than the moon.",
        "It's brighter than the moon.",
        "This is the reason for the lamp.",
        "This really changes the harbour.",
        "Those are the ropes nobody wants.",
        "Because the tide was late, we waited.",
        "Cuz the tide was late, nobody waited.",
        "Cause we're late, nobody waits.",
        "'Cause we're late, nobody waits.",
        "Everyone is trying to mend it.",
        "You always need it before a storm.",
        "But the rope held all the same.",
        "Yes, the rope held all night.",
        "Exactly the rope we wanted to have.",
        "As I said, rope outlives ships.",
        "The other rope held all night.",
        "Number two, never lend your anchor.",
        "For example, rope outlives ships.",
        "One of them held all night.",
        "If they leave, the lamp goes out.",
        "Here's that rope we all wanted.",
        "Of course. Rope outlives the ship.",
        "Never. Rope outlives the ship.",
        "Never again. Rope outlives the ship.",
        "And rope outlives the ship it serves.",
        "Does not change how the tide comes in.",
        "What I call it is a lamp for the lost.",
        "I like to say that he lights the lamp.",
        "It takes everything she has to row.",
        "A keeper gives the best answer to that question.",
    ],
)
def test_an_opening_that_leans_is_refused(shown):
    assert opening_refusal(tokens(shown), shown) == "leans on what came before"


@pytest.mark.parametrize(
    "shown",
    [
        "It's never too late to begin.",
        "It takes a village to move a lighthouse.",
        "It doesn't matter how long the rope is.",
        "It is the quiet keeper who sleeps well.",
        "This harbour has forgotten its own name.",
        "That rope was older than the wheel.",
        "These ropes have seen kinder winters.",
        "If the lamp goes out, the reef wins.",
        "When the fog lifts, everyone was brave.",
        "The other day the sea gave back a boot.",
        "The next person to touch it owns it.",
        "The same people who laughed now row.",
        "Rope outlives the ship.",
        "You learn a knot by untying someone else's.",
        "Never lend your anchor to a poet.",
        "One of the ropes held all night.",
        "Do the work and do it before the storm.",
        "Everyone ties the rope and cuts it again.",
        "Cause and effect keep no calendar.",
        "Nothing is lost until we stop looking for it.",
        "People know what they owe the sea.",
        "How you tie a knot is how you do everything.",
        "What keepers call luck is a lamp.",
        "The best keeper knows his own lamp.",
        "Ada always said she would row back.",
        "People who row know where he went.",
        "A storm asks a question. We gave the best answer to that question.",
    ],
)
def test_an_opening_that_stands_alone_is_not(shown):
    assert opening_refusal(tokens(shown), shown) is None


def test_no_words_are_unfinished():
    assert opening_refusal((), "…") == "unfinished"


@pytest.mark.parametrize(
    ("shown", "outside"),
    [
        ("Everyone tries to build something like that by the sea.", True),
        ("If you have the lamp alone, you can't do that, actually.", True),
        ("Nobody in this harbour ever asked for that.", True),
        ("A lamp is for the lost. Nobody asked for that.", False),
        ("Nobody asked for that lamp before the storm.", True),
        ("Nobody who has a lamp asks for that lamp twice.", False),
        ("Whoever buys a lamp, sails by that lamp alone.", False),
        ("A captain is known in that moment when the mast breaks.", False),
        ("A harbour lives by that. Nobody sails in that direction.", False),
        ("A captain is a fool in that we all know him.", False),
        ("Nobody in the town builds this kind of harbour.", True),
        ("What kind of harbour has no lamp at all?", False),
        ("A rope is a promise, and promises like that hold.", False),
        ("I know that the rope will hold.", False),
    ],
)
def test_what_points_outside_is_seen(shown, outside):
    assert points_outside(shown) == outside
