"""Voices told from the words alone, on talks made up for the tests."""

import math
from dataclasses import replace
from operator import mul

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import assets, speakers
from bot.model import Attribution, Cue, Details
from bot.pipeline import Cast, Terms, rank, read_talk
from bot.sentences import sentences, stream
from bot.speakers.inference import voices_of
from bot.speakers.voice_features import (
    MAIN_CALLED,
    MAIN_NAMED,
    OTHER_CALLED,
    context,
    features_of,
    word_logits,
)

FILE = assets.SHIPPED / "speakers/weights.json"
WEIGHTS = speakers.load(FILE)
TALK = (
    ("host", "Welcome back, everybody, I am so excited to have you here today."),
    ("host", "Petra, thank you so much for coming."),
    ("host", "What is the first thing that you tell a crew that has never sailed?"),
    ("main", "Yeah, so the first thing is that the sea does not care about our plans."),
    ("main", "I think most of the people I have sailed with learned that the hard way."),
    ("main", "And I remember when we lost the rudder, and we had nothing but a door."),
    ("main", "So we took the door off its hinges, and that is how we came home."),
    ("main", "I would say that was the day I understood what a crew is."),
    ("host", "That's amazing."),
    ("host", "How do you choose the people that you take with you?"),
    ("main", "So I look for people who do the dull work when nobody is watching."),
    ("main", "I think it is because the sea finds every shortcut that we took."),
    ("main", "And honestly, I never found a test for that, other than a week of rain."),
    ("host", "Could you tell us what you are working on now?"),
    ("main", "Yeah, we are building a boat that a child can repair."),
    ("main", "And I think that if a child can repair it, then everybody can."),
    ("main", "So that is the whole idea, really, and I have been at it for years."),
    ("host", "Petra, thank you so much for being here."),
)


def said(texts, names=None):
    names = names or [None] * len(texts)
    times = range(0, 10_000 * len(texts), 10_000)
    return sentences(
        stream(
            [
                Cue(at, at + 9_000, text, name)
                for at, text, name in zip(times, texts, names, strict=True)
            ]
        )
    )


def test_questions_thanks_and_answers_tell_the_voices_apart():
    found = said([text for _, text in TALK])
    heard = voices_of(found, "Petra Sand", WEIGHTS)
    pairs = list(zip(heard, (role for role, _ in TALK), strict=True))
    right = sum((one.role == "main") == (role == "main") for one, role in pairs)
    assert right >= len(TALK) - 2
    assert all(role == "main" for one, role in pairs if one.sure)


def test_the_answer_is_the_same_every_time_and_a_chance():
    found = said([text for _, text in TALK])
    heard = voices_of(found, "Petra Sand", WEIGHTS)
    assert heard == voices_of(found, "Petra Sand", WEIGHTS)
    assert all(0 <= one.main <= 1 for one in heard)


def test_the_network_gives_what_its_rows_times_its_units_give():
    texts = [text for _, text in TALK]
    known = frozenset(WEIGHTS.points)
    features = [known.intersection(features_of(text, frozenset())) for text in texts]
    lengths = [len(text.split()) for text in texts]
    told = context(features, lengths, word_logits(features, WEIGHTS.points, WEIGHTS.bias))
    logits = []
    for row in told.rows():
        units = [math.tanh(bias + math.fsum(map(mul, row, unit))) for unit, bias in WEIGHTS.hidden]
        logits.append(WEIGHTS.out_bias + math.fsum(map(mul, WEIGHTS.out, units)))
    chances = [one.main for one in voices_of(said(texts), None, WEIGHTS)]
    assert chances == pytest.approx(list(map(WEIGHTS.confidence, logits)), rel=1e-12)


def test_a_speech_is_one_voice():
    speech = [text for role, text in TALK if role == "main"]
    heard = voices_of(said(speech), "Petra Sand", WEIGHTS)
    assert {one.role for one in heard} == {"main"}


def test_a_talk_in_which_few_sound_like_another_says_so_of_all_it_is_sure_of():
    speech = [text for role, text in TALK if role == "main"] * 8
    alike = said([text for _, text in TALK] + speech)
    learned_from = voices_of(said([text for _, text in TALK] * 8), "Petra Sand", WEIGHTS)
    heard = voices_of(alike, "Petra Sand", WEIGHTS)
    sure = [one.main for one in heard if one.sure]
    assert sure
    assert max(sure) <= 0.8 < max(one.main for one in learned_from)
    assert "host" in {one.role for one in heard}


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_doubted_chance_is_never_more_and_in_the_same_order(one, other):
    assert speakers.doubted(one) <= one
    assert (speakers.doubted(one) <= speakers.doubted(other)) or one > other


def test_quotes_of_such_a_talk_are_those_it_is_most_sure_of(tmp_path):
    talk = tmp_path / "talk.txt"
    lines = [text for _, text in TALK] + [text for role, text in TALK if role == "main"] * 8
    talk.write_text("\n".join(f"00:{at // 6:02}:{at % 6}0.000 | {t}" for at, t in enumerate(lines)))
    reading = read_talk(talk, Cast(("Petra Sand",)), 64)
    ranked = rank(reading, Details(), Terms(5))
    least = speakers.doubted(WEIGHTS.confidence(WEIGHTS.sure))
    assert ranked.candidates
    assert all(0.8 >= one.attribution.confidence >= least for one in ranked.candidates)


STORIES = (
    "So I think most of the harbour grew up around one stubborn widow with a boatyard.",
    "And I remember that my father would never paint a hull before the first of May.",
    "I think the cheapest insurance that we ever bought was a second compass.",
    "So we wrote every mistake on the galley wall, and nobody was allowed to wipe it.",
    "And honestly, I trust a quiet engineer more than I trust a loud captain.",
    "I would say that fog teaches you more about listening than any school can.",
    "So the islands traded salt for timber, and that is why the barns are so tall.",
    "And I think that our best cook had been a clockmaker, because he never hurried.",
    "I remember that the winter we spent ashore was the one that broke the team.",
    "So I learned to splice rope from a woman who could not see any more.",
    "And I think that maps lie in proportion to how beautiful their borders are.",
    "I would say we lost more money to pride than to weather, year after year.",
)


def test_where_enough_is_sure_it_is_told_how_much_is_left_aside(tmp_path, monkeypatch):
    talk = tmp_path / "talk.txt"
    lines = [*[text for _, text in TALK], *STORIES, *[text for _, text in TALK]]
    talk.write_text("\n".join(f"00:{at // 6:02}:{at % 6}0.000 | {t}" for at, t in enumerate(lines)))
    reading = read_talk(talk, Cast(("Petra Sand",)), 64)
    hers = [one.attribution.confidence for one in reading.sentences if one.speaker == "Petra Sand"]
    least = WEIGHTS.confidence(WEIGHTS.sure)
    assert sum(one >= least for one in hers) > 12
    ranked = rank(reading, Details(), Terms(5))
    assert ranked.aside == sum(one < least for one in hers) > 0
    monkeypatch.setattr("bot.pipeline.language_of", lambda *_: "sr")
    assert rank(reading, Details(), Terms(5)).aside == 0


def test_where_few_are_sure_all_are_weighed_and_none_is_left_aside(tmp_path):
    assert ranked_of(tmp_path, ("Petra Sand",), 20).aside == 0


_LEAD = "Petra, you always say that every sailor should learn to build a small boat."


def ranked_of(tmp_path, speakers, keep):
    texts = [text for _, text in TALK]
    talk = tmp_path / "talk.txt"
    lines = [*texts[:9], _LEAD, *texts[9:], *texts * 3]
    talk.write_text("\n".join(f"00:{at // 6:02}:{at % 6}0.000 | {t}" for at, t in enumerate(lines)))
    return rank(read_talk(talk, Cast(speakers), 64), Details(), Terms(keep))


def test_where_nobody_is_named_no_quote_is_the_hosts(tmp_path):
    assert {one.role for one in ranked_of(tmp_path, (), 20).candidates} == {"main"}


def test_hosts_are_left_out_of_english_talks_alone(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.pipeline.language_of", lambda *_: "sr")
    found = ranked_of(tmp_path, (), 20).candidates
    assert {one.role for one in found} == {"main", "host"}


def test_where_several_are_named_each_voice_may_be_theirs(tmp_path):
    found = ranked_of(tmp_path, ("Petra Sand", "Ada Quill"), 20).candidates
    assert _LEAD in [one.shown for one in found]
    assert {one.speaker for one in found} == {None}


@pytest.mark.parametrize("speakers", [(), ("Petra Sand",)])
def test_a_shorter_list_is_the_beginning_of_a_longer_one_however_sure_its_speaker(
    tmp_path, speakers
):
    longest = [one.shown for one in ranked_of(tmp_path, speakers, 20).candidates]
    assert len(longest) > 3
    for keep in range(1, len(longest)):
        shorter = ranked_of(tmp_path, speakers, keep).candidates
        assert [one.shown for one in shorter] == longest[:keep]


def test_nothing_inferred_is_given_and_nobody_else_is_named():
    found = speakers.attribute(said([text for _, text in TALK]), ("Petra Sand",), WEIGHTS)
    assert {one.attribution.how for one in found} == {"inferred"}
    assert {one.speaker for one in found if one.role != "main"} == {None}
    assert {one.speaker for one in found if one.role == "main"} == {"Petra Sand"}


def test_of_voices_without_names_the_one_that_answers_is_the_main_speaker():
    names = ["SPEAKER_07" if role == "host" else "SPEAKER_01" for role, _ in TALK]
    found = speakers.attribute(said([text for _, text in TALK], names), ("Petra Sand",), WEIGHTS)
    assert [one.speaker for one in found] == [
        "Petra Sand" if role == "main" else None for role, _ in TALK
    ]


def test_labels_win_over_the_words():
    names = ["Ada Quill" if role == "main" else "Petra Sand" for role, _ in TALK]
    found = speakers.attribute(said([text for _, text in TALK], names), ("Petra Sand",), WEIGHTS)
    assert [one.speaker for one in found] == names
    assert {one.attribution.how for one in found} == {"labelled"}


def test_questions_from_the_floor_are_the_audiences():
    texts = [text for _, text in TALK]
    asked = [*texts, "We would love to have some questions from the audience.", *texts[2:]]
    heard = voices_of(said(asked), "Petra Sand", WEIGHTS)
    roles = [{one.role for one in part} for part in (heard[: len(TALK)], heard[len(TALK) + 1 :])]
    assert "host" in roles[0]
    assert "audience" not in roles[0]
    assert "audience" in roles[1]


def test_a_name_called_is_no_plain_word():
    names = frozenset({"petra", "sand"})
    assert {*features_of("Thank you so much, Petra.", names)} >= {MAIN_NAMED, MAIN_CALLED}
    assert OTHER_CALLED in features_of("Yes, Brian.", names)
    assert "petra" not in features_of("Petra sails.", names)


def test_voices_told_apart_without_a_name_may_all_be_quoted(tmp_path):
    talk = tmp_path / "talk.vtt"
    blocks = [
        f"00:00:{at:02}.000 --> 00:00:{at:02}.900\n<v SPEAKER_0{at % 2}>{text}\n"
        for at, (_, text) in enumerate((*TALK, ("host", _LEAD)))
    ]
    talk.write_text("WEBVTT\n\n" + "\n".join(blocks))
    found = rank(read_talk(talk, Cast(), 64), Details(), Terms(20)).candidates
    assert _LEAD in [one.shown for one in found]


@pytest.mark.parametrize(
    ("sure", "mains", "offered"), [(0.9, 3, False), (0.6, 3, True), (0.9, 0, True)]
)
def test_what_is_plainly_a_hosts_is_left_out_unless_nothing_else_is_there(
    tmp_path, sure, mains, offered
):
    talk = tmp_path / "talk.txt"
    talk.write_text("\n".join(f"00:00:{at:02}.000 | {text}" for at, (_, text) in enumerate(TALK)))
    reading = read_talk(talk, Cast(), 64)
    host = Attribution("inferred", sure)
    said_by = [
        one if one.role == "main" and at < 3 + mains else one.said_by(None, "host", host)
        for at, one in enumerate(reading.sentences)
    ]
    found = rank(replace(reading, sentences=tuple(said_by)), Details(), Terms(20)).candidates
    assert ("host" in {one.role for one in found}) == offered


def test_who_is_spoken_of_as_he_soon_after_the_name_does_not_speak():
    told = (
        "Petra needs no introduction, but I will give one anyway.",
        "She was taught by two stubborn harbour pilots.",
        "In the year of the flood she was hired away by the ferry.",
        "I remember that the whole town talked of it.",
        "Unlike the rest of us she has all the time in the world.",
    )
    texts = [text for _, text in TALK]
    asked = [*texts[:2], *told, *texts[2:]]
    heard = voices_of(said(asked), "Petra Sand", WEIGHTS)
    spoken_of = [heard[at] for at in (3, 4, 6)]
    assert not any(one.sure for one in spoken_of)
    assert max(one.main for one in spoken_of) <= 0.74
    of_somebody = [text.replace("Petra", "Brian") for text in asked]
    unnamed = voices_of(said(of_somebody), "Petra Sand", WEIGHTS)
    assert max(unnamed[at].main for at in (3, 4, 6)) > 0.74
