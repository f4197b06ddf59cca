"""Each feature: its row, its bounds, and a sentence it prefers to another."""

import pytest
from scored_talks import WEIGHTS, view

from bot.model import Reason
from bot.scoring import (
    context_features,
    figure_features,
    in_words,
    standing_features,
    wording_features,
)
from bot.scoring.features import FEATURES, OF_TURNS
from bot.scoring.view import Echoes, TurnPlace, View

MODULES = (wording_features, figure_features, standing_features, context_features)
NAMED = {feature.__name__: feature for feature in FEATURES}
NAMES = [*NAMED]
WORDY = " ".join(f"rope{at}" for at in range(45))
ODD = [
    "Rope.",
    "It.",
    "It is what it is and that is that.",
    WORDY + ".",
    ", ".join(["never"] * 45),
    "No. No. No. No. No. No.",
    "You you you your you, you, you, you.",
    "5 10 15 20.",
    "橋は約束です。",
    "“…” rope",
    "not the rope, not the tar, not the knot, but more than less than more than rather than",
]


def test_every_public_function_of_a_view_is_in_the_table():
    public = {
        name
        for module in MODULES
        for name, found in vars(module).items()
        if callable(found) and getattr(found, "__annotations__", {}).get("view") is View
    }
    assert {name for name in public if not name.startswith("_")} == {*NAMES}


@pytest.mark.parametrize("feature", FEATURES, ids=NAMES)
def test_a_feature_says_what_it_is_and_has_a_weight(feature):
    assert len(feature.__doc__.split()) >= 5
    assert all(FEATURES[feature])
    assert feature.__name__ in WEIGHTS.points


@pytest.mark.parametrize("feature", FEATURES, ids=NAMES)
def test_a_feature_is_between_nothing_and_one(feature):
    for seen in map(view, ODD):
        for place in (-0.1, 0.0, 0.5, 1.0, 2.0):
            value = feature(seen._replace(place=place))
            assert value is None or 0 <= value <= 1, seen.lower


PREFERRED = [
    ("length", "A good rope outlives the ship it was made for and its maker.", "Rope holds."),
    ("imperative", "Ask the tide before you build.", "The tide was asked before."),
    (
        "parallelism",
        "The rope knows the hand. The rope knows the knot.",
        "Rope is old. Tar smells.",
    ),
    ("repetition", "Rope makes rope, and rope keeps rope.", "Rope makes sails; tar keeps planks."),
    ("contrast", "A map is not a picture, but a promise.", "A map is a picture and a promise."),
    ("negation", "Nobody never sleeps at sea.", "Everybody sleeps at sea."),
    ("definition", "A harbour is a door that opens both ways.", "Both doors open in harbours."),
    ("universals", "Everyone always drops the anchor.", "Some people drop the anchor."),
    ("comparison", "Rope is stronger than iron.", "Rope is strong like iron."),
    ("condition", "If the rope is wet, wait.", "Wait, the rope is wet."),
    ("abstractness", "Kindness needs attention and patience.", "Ropes need hands and tar."),
    ("address", "Your rope knows what you did.", "Our rope knows what they did."),
    ("self_talk", "I told my rope about me.", "Sailors told their rope about tar."),
    ("absent_persons", "He told her about them.", "Sailors told captains about tar."),
    ("past", "The rope was wet and we had waited.", "The rope is wet and we wait."),
    ("hedges", "Maybe rope is kind of strong, I guess.", "Rope is strong."),
    ("stumbles", "The the rope, you know, was like, um, wet.", "The rope was wet."),
    ("concreteness", "Wet rope ruins dry sails.", "It is what it was and will be."),
    ("pointing", "This goes over here, like those.", "Rope goes over the mast, like sails."),
    ("numbers", "We sold 40 ropes.", "We sold many ropes."),
    ("rhythm", "Measure it twice, then cut once.", "Measure it, then cut it once and never again."),
    ("long_words", "Seamanship demands perseverance.", "A rope is an old one."),
    ("sound", "Brave boats bring bread.", "Brave ships fetch corn."),
    ("indefinite", "A rope is a promise.", "The rope is the promise."),
    ("metaphor", "Rope is like an old friend.", "Rope knows an old friend."),
    ("metaphor", "As old as, or older than, the sea.", "So old, or older than, the sea."),
    ("obligation", "You must wait and you should listen.", "You wait and you listen."),
    ("importance", "The most important thing is rope.", "The oldest ship has rope."),
    ("superlatives", "The best rope is the greatest.", "The good rope is the great one."),
    ("generality", "People trust people.", "Sailors trust sailors."),
    ("together", "We trust our rope.", "They trust their rope."),
    ("names", "So we met Ada Quill and Bo Marsh.", "So we met a maker and a sailor."),
    ("clauses", "Rope, tar, sails, and masts, all old.", "Rope and tar and sails are old."),
    ("quoted_speech", "She called “hold the rope” twice.", "She called us to hold the rope twice."),
    ("reason", "Wait because the tide is high.", "Wait while the tide is high."),
    ("opens_joined", "But rope is old.", "Rope is old."),
    ("opens_pointing", "That rope is old.", "Rope is old."),
    ("opens_absent", "They make rope.", "Sailors make rope."),
    ("opens_answering", "Yeah, rope is old.", "Rope is old."),
    ("opens_on_me", "I make rope.", "Sailors make rope."),
    ("opens_on_you", "You make rope.", "Sailors make rope."),
    ("sums_up", "In the end rope is all.", "Rope is all in the end."),
    ("verbless", "Not rope, not tar, not trusting.", "Rope is old."),
    ("isocolon", "Bring the rope. Bring the tar.", "Bring the rope. Mend every sail you own."),
    ("isocolon", "Bring the rope. Bring the tar.", "We had the rope. We had the tar."),
    ("isocolon", "Bring the rope, bring the tar.", "Bring the rope, bring the tar, and wait here."),
    ("new_starts", "Rope is old. And we left. But tar smells.", "Rope is old. Tar smells."),
    ("sentence_count", "Rope is old. Tar smells.", "Rope is old and tar smells."),
]


@pytest.mark.parametrize(("name", "more", "less"), PREFERRED, ids=[row[0] for row in PREFERRED])
def test_a_feature_prefers_one_sentence_to_another(name, more, less):
    feature = NAMED[name]
    assert feature(view(more)) > feature(view(less))


def test_what_the_talk_takes_up_counts_unless_it_was_there_before():
    shown = "A lighthouse is a promise."
    taken = context_features.taken_up(view(shown, after="Every lighthouse keeps that promise."))
    assert taken > context_features.taken_up(view(shown, after="Rope is old."))
    assert taken > context_features.taken_up(
        view(shown, "Promise me a lighthouse.", "A lighthouse, I promise.")
    )


def test_the_theme_is_what_the_talk_says_most():
    shown = "A lighthouse stands."
    again = view(shown, after="One lighthouse sees one lighthouse.")
    assert context_features.theme(again) > 0
    seldom = again._replace(theme={**again.theme, "lighthouse": 0.1})
    assert context_features.theme(again) > context_features.theme(seldom)


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("late", 0.5, 0),
        ("late", 0.8, 0),
        ("late", 0.9, 0.5),
        ("late", 1.0, 1),
        ("opening_minutes", 0.0, 1),
        ("opening_minutes", 0.04, 0.5),
        ("opening_minutes", 0.08, 0),
        ("opening_minutes", 0.9, 0),
    ],
)
def test_the_ends_of_a_talk_count(name, place, expected):
    assert NAMED[name](view("Rope holds.")._replace(place=place)) == pytest.approx(expected)


TURN = TurnPlace(before=0, after=9, words_before=4)
SURROUNDED = [  # name, what is changed for more, and for less
    ("taken_up_at_once", {"echoes": Echoes(at_once=1)}, {"echoes": Echoes()}),
    ("comes_back", {"echoes": Echoes(later=1)}, {"echoes": Echoes()}),
    ("goes_back", {"echoes": Echoes(earlier=1)}, {"echoes": Echoes()}),
    ("fresh", {"echoes": Echoes()}, {"echoes": Echoes(known=1)}),
    ("longer_before", {"words_before": 30}, {"words_before": 3}),
    ("longer_after", {"words_after": 30}, {"words_after": 3}),
    ("after_a_question", {"answers": True}, {"answers": False}),
    ("question_before", {"turn": TURN._replace(words_before=90)}, {"turn": TURN}),
    ("long_turn", {"turn": TURN._replace(before=40)}, {"turn": TURN}),
    ("last_of_turn", {"turn": TURN._replace(after=0)}, {"turn": TURN}),
    ("late_half", {"place": 0.9}, {"place": 0.3}),
    ("sentences_before", {"before": 900}, {"before": 9}),
    ("announced", {"announced": True}, {"announced": False}),
    ("leans", {"leaning": True}, {"leaning": False}),
    ("asks", {"refusal": "question"}, {"refusal": "thanks"}),
    ("small_talk", {"refusal": "thanks"}, {"refusal": "question"}),
    ("broken", {"refusal": "unfinished"}, {"refusal": None}),
]


@pytest.mark.parametrize(("name", "more", "less"), SURROUNDED, ids=[row[0] for row in SURROUNDED])
def test_a_feature_sees_what_stands_around(name, more, less):
    seen = view("The rope holds the mast.")
    assert NAMED[name](seen._replace(**more)) > NAMED[name](seen._replace(**less))


def test_a_talk_without_turns_tells_nothing_of_them_and_of_nothing_else():
    seen = view("The rope holds the mast.")._replace(turn=None)
    silent = [place for place, feature in enumerate(FEATURES) if feature(seen) is None]
    assert silent == OF_TURNS


def test_the_first_turn_has_no_question_before_it():
    seen = view("The rope holds.")._replace(turn=TURN._replace(words_before=None))
    assert NAMED["question_before"](seen) is None


def test_every_feature_has_a_preference():
    assert {row[0] for row in (*PREFERRED, *SURROUNDED)} | {
        *("taken_up", "theme", "late", "opening_minutes")
    } == {*NAMES}


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("contrast", 0.4), "sets one thing against another"),
        (Reason("self_talk", -0.4), "about the speaker"),
        (Reason("gone_since", 0.4), "gone_since"),
    ],
)
def test_a_reason_is_put_in_words(reason, words):
    assert in_words(reason) == words


# Features that speak for a quote by being absent; their words in FEATURES are the other way about.
BETTER_WITHOUT = set(
    """
    self_talk absent_persons past hedges stumbles long_words sound indefinite names clauses reason
    pointing opens_joined opens_pointing opens_absent opens_answering opens_on_me opens_on_you leans
    announced small_talk broken verbless new_starts sentence_count goes_back last_of_turn
    late_half sentences_before opening_minutes late
    """.split()  # noqa: SIM905 - a list of words
)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_reason_fit_the_sign_of_its_weight(name):
    below, craft = WEIGHTS.points[name][0], WEIGHTS.craft.get(name, 0.0)
    told_elsewhere = below * craft < 0 and abs(below) >= 0.02  # with how the line reads
    weight = below if told_elsewhere else below + craft
    assert abs(weight) < 0.01 or (weight < 0) == (name in BETTER_WITHOUT)
