"""Spans: whole sentences of one turn, of a length, with the time of the first shown word."""

import pytest
from scored_talks import talk

from bot.model import Cue
from bot.scoring.spans import MAX_WORDS, MIN_WORDS, spans
from bot.scoring.survey import Survey
from bot.sentences import sentences, stream
from bot.wording import replay, trimmed

A = "Rope outlives the ship it serves."
B = "Tar outlives the hands that mixed it."
C = "Knots outlive the quarrels they ended."
D = "Fog outlives nobody and envies everyone."
THINGS = ["tar", "fog", "knot", "sail"] * MAX_WORDS


def said(found):
    return [span.said for span in spans(Survey(found), trimmed)]


def test_spans_are_one_to_three_neighbours_in_order():
    assert said(talk(A, B, C, D)) == [
        A,
        f"{A} {B}",
        f"{A} {B} {C}",
        B,
        f"{B} {C}",
        f"{B} {C} {D}",
        C,
        f"{C} {D}",
        D,
    ]


def test_no_span_crosses_a_turn():
    assert said(talk(A, B, speakers=["Ann", "Bo"])) == [A, B]


@pytest.mark.parametrize(
    "refused", ["Is rope old?", "Thank you all for rowing.", "Here is the mic."]
)
def test_no_span_holds_a_refused_sentence(refused):
    assert said(talk(A, refused, B)) == [A, B]


@pytest.mark.parametrize(
    ("count", "kept"),
    [(MIN_WORDS - 1, False), (MIN_WORDS, True), (MAX_WORDS, True), (MAX_WORDS + 1, False)],
)
def test_spans_have_six_to_forty_five_words(count, kept):
    text = " ".join(["Rope", *THINGS[: count - 1]]) + "."
    assert said(talk(text)) == ([text] if kept else [])


@pytest.mark.parametrize(
    "foreign",
    [
        "Was lange hält, wird selten laut gelobt.",  # "what"
        "No mar, o silêncio pesa mais que a rede.",  # "in the"
        "Also bauen wir Brücken aus altem Holz.",  # "so"
        "Er sagte: „Wer rudert, braucht kein Glück.“",
        "Elle dit que « la mer ne ment à personne ».",
    ],
)
def test_an_opening_that_leans_in_english_stands_in_a_talk_that_is_not(foreign):
    found = talk(foreign)
    assert [one.said for one in spans(Survey(found), trimmed, english=False)] == [foreign]


@pytest.mark.parametrize(
    "torn", ["Ja. Das Holz war alt und sehr schwer.", "„Wer rudert, der hat Glück."]
)
def test_half_a_quotation_and_one_word_stand_in_no_language(torn):
    assert torn not in [one.said for one in spans(Survey(talk(torn)), trimmed, english=False)]


def test_the_length_is_that_of_what_is_shown():
    long = " ".join(["the", *THINGS[: MAX_WORDS - 1]])
    (span,) = spans(Survey(talk(f"And so {long}.")), trimmed)
    assert len(span.shown.split()) == MAX_WORDS
    assert said(talk("And so ropes hold us here.")) == []


def test_a_span_with_a_leaning_opening_is_left_out_but_may_follow():
    leaning = "He never came back from the reef."
    assert said(talk(A, leaning)) == [A, f"{A} {leaning}"]


def test_a_short_sentence_is_kept_beside_another():
    assert said(talk(A, "Tar smells.")) == [A, f"{A} Tar smells.", "Tar smells."][:2]


@pytest.mark.parametrize(
    ("cues", "start_ms"),
    [
        (["The rope outlives the ship it serves."], 0),
        (["And so the rope", "outlives the ship it serves."], 0),
        (["And so", "the rope outlives the ship it serves."], 4_000),
        (["And", "so", "the rope outlives the ship it serves."], 8_000),
        (["So, um,", "I think the rope", "outlives the ship it serves."], 4_000),
        (["Yes? And so", "I think the rope", "outlives the ship it serves."], 4_000),
    ],
)
def test_a_span_starts_with_the_cue_of_its_first_shown_word(cues, start_ms):
    found = sentences(
        stream([Cue(at * 4000, at * 4000 + 4000, text) for at, text in enumerate(cues)])
    )
    span = list(spans(Survey(found), trimmed))[-1]
    assert span.shown == "The rope outlives the ship it serves."
    assert (span.start_ms, span.end_ms) == (start_ms, len(cues) * 4_000)


def test_a_span_is_what_its_edits_make_of_what_was_said():
    found = talk(f"And so {A[0].lower()}{A[1:]}", B, f"Well, {C}", D)
    for span in spans(Survey(found), trimmed):
        assert replay(span.said, span.edits) == span.shown
        assert span.said == " ".join(one.text for one in span.sentences)


def test_sentences_without_space_between_them_stay_so():
    found = sentences(
        stream([Cue(0, 4000, "Rope outlives the ship it serves。Tar outlives us all here now。")])
    )
    assert said(found)[1] == "Rope outlives the ship it serves。Tar outlives us all here now。"


def test_a_sentence_that_leans_whatever_follows_begins_no_run():
    leaning = "We told him that the tide was late."
    assert said(talk(leaning, A, B)) == [A, f"{A} {B}", B]


def test_a_sentence_that_leans_alone_may_begin_a_run():
    assert f"Number one, mend the net by night. And number two, sleep. {A}" in said(
        talk("Number one, mend the net by night.", "And number two, sleep.", A)
    )


def test_a_span_is_made_of_sentences_among_those_that_may_be_quoted():
    found = talk(
        "The first bakery in town was open before the school.",
        "A small library outlives every big plan it was given.",
        "Open the door on a Thursday and see who comes in.",
    )
    all_of_them = [span.said for span in spans(Survey(found), trimmed)]
    sure = [span.said for span in spans(Survey(found), trimmed, lambda one: one.index > 0)]
    assert sure == [said for said in all_of_them if not said.startswith("The first")]
    assert len(sure) < len(all_of_them), all_of_them
