"""Each feature: its row, its bounds, and a sentence it prefers to another."""

from dataclasses import replace

import pytest
from scored_talks import WEIGHTS, talk, view

from bot import assets, speakers
from bot.model import Reason
from bot.scoring import features, in_words
from bot.scoring.features import FEATURES
from bot.scoring.spans import Span
from bot.scoring.view import TalkWords, View

NAMES = [feature.__name__ for feature in FEATURES]
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
    public = [
        name
        for name, found in vars(features).items()
        if callable(found) and getattr(found, "__annotations__", {}).get("view") is View
    ]
    assert [name for name in public if not name.startswith("_")] == NAMES


@pytest.mark.parametrize("feature", FEATURES, ids=NAMES)
def test_a_feature_says_what_it_is_and_has_a_weight(feature):
    assert len(feature.__doc__.split()) >= 5
    assert all(FEATURES[feature])
    assert feature.__name__ in WEIGHTS.points


@pytest.mark.parametrize("feature", FEATURES, ids=NAMES)
def test_a_feature_is_between_nothing_and_one(feature):
    for seen in map(view, ODD):
        for place in (-0.1, 0.0, 0.5, 1.0, 2.0):
            assert 0 <= feature(replace(seen, place=place)) <= 1, seen.shown


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
    ("new_starts", "Rope is old. And we left. But tar smells.", "Rope is old. Tar smells."),
    ("sentence_count", "Rope is old. Tar smells.", "Rope is old and tar smells."),
]


@pytest.mark.parametrize(("name", "more", "less"), PREFERRED, ids=[row[0] for row in PREFERRED])
def test_a_feature_prefers_one_sentence_to_another(name, more, less):
    feature = getattr(features, name)
    assert feature(view(more)) > feature(view(less))


def test_what_the_talk_takes_up_counts_unless_it_was_there_before():
    shown = "A lighthouse is a promise."
    taken = features.taken_up(view(shown, after="Every lighthouse keeps that promise."))
    assert taken > features.taken_up(view(shown, after="Rope is old."))
    assert taken > features.taken_up(
        view(shown, "Promise me a lighthouse.", "A lighthouse, I promise.")
    )


def test_the_theme_is_what_the_talk_says_most():
    shown = "A lighthouse stands."
    again = view(shown, after="One lighthouse sees one lighthouse.")
    assert features.theme(again) > 0
    seldom = replace(again, theme={**again.theme, "lighthouse": 0.1})
    assert features.theme(again) > features.theme(seldom)


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
    assert getattr(features, name)(replace(view("Rope holds."), place=place)) == pytest.approx(
        expected
    )


def test_every_feature_has_a_preference():
    assert {row[0] for row in PREFERRED} | {
        *("taken_up", "theme", "late", "opening_minutes", "before_a_question")
    } == {*NAMES}


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (["Who says so?"], 1),
        (["Tar smells.", "Who says so?"], 2 / 3),
        (["Tar smells.", "Sails tear.", "Who says so?"], 1 / 3),
        (["Tar smells.", "Sails tear.", "Masts bend.", "Who says so?"], 0),
        (["Tar smells."], 0),
    ],
)
def test_what_leads_up_to_a_question_may_be_the_askers(following, expected):
    found = talk("Rope holds.", *following)
    span = Span(found[:1], "Rope holds.", "Rope holds.", (), 0, 4000)
    seen = TalkWords(found).view(span)
    assert features.before_a_question(seen) == pytest.approx(expected)


def test_a_named_voice_may_lead_up_to_a_question():
    weights = speakers.load(assets.SHIPPED / "speakers/weights.json")
    given = talk("Rope holds.", "Who says so?", speakers=["Ann", "Ann"])
    found = speakers.attribute(given, (), weights)
    span = Span(found[:1], "Rope holds.", "Rope holds.", (), 0, 4000)
    assert features.before_a_question(TalkWords(found).view(span)) == 0


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
