"""Cues to sentences: where they end, when they start, and that no word is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Cue, Event, Mark, Word
from bot.sentences import EXACT_MS, MAX_MS, MAX_WORDS, UNMARKED_WORDS, sentences, stream


def cues(*texts, each_ms=4_000):
    return [Cue(at * each_ms, (at + 1) * each_ms, text) for at, text in enumerate(texts)]


def split(*texts):
    return [sentence.text for sentence in sentences(stream(cues(*texts)))]


def times(*given_cues):
    return [(one.start_ms, one.end_ms) for one in sentences(stream(given_cues))]


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Quill and Mrs. Marsh oiled it.", "Then it rained."],
        ["Prof. Reed vs. the moss, i.e. nobody, lost.", "So be it."],
        ["J. R. Quill built it.", "He left."],
        ["The U.S. Navy paid.", "Nobody asked."],
        ["It sails to the U.S.", "Then it rests."],
        ["It is No. 5 on the list.", "Ask No. 6."],
        ["We asked GPT-3.5 for rope.", "It sent string."],
        ["It costs 1.5 crowns.", "Two is too much."],
        ["We met at 5 p.m.", "Then we rowed."],
        ["We met at 5 p.m. sharp.", "It rained."],
        ["Rope, tar, etc. were gone.", "So were we."],
        ["They sold rope, tar, etc.", "We bought it all."],
        ["Is it wet?", "It is!", "Good."],
        ['He said "hold on."', "We held on."],
        ["Well... the rope held.", "Barely."],
        ["See e.g. the mast.", "It bends."],
        ["橋は約束です。", "誰も拍手しない！", "本当？", "はい。"],
        ["「雨だ。」", "と言った。"],
        ["یہ پل ہے۔ وہ ندی ہے۔"],
        ["पुल एक वादा है।", "नदी नहीं।"],
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(expected):
    joiner = "" if expected[0][-1] in "。」！？" else " "
    assert split(joiner.join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "shown", "events"),
    [
        ("[APPLAUSE] Rope holds.", "Rope holds.", ["[APPLAUSE]"]),
        ("Rope holds. [MUSIC PLAYING]", "Rope holds.", ["[MUSIC PLAYING]"]),
        ("Rope (audience laughing) holds.", "Rope holds.", ["(audience laughing)"]),
        ("Rope [Ann laughs] holds.", "Rope holds.", ["[Ann laughs]"]),
        ("Rope ♪ la la ♪ holds.", "Rope holds.", ["♪ la la ♪"]),
        ("Rope [12 seconds pause] holds.", "Rope holds.", ["[12 seconds pause]"]),
        ("Rope [sic] holds.", "Rope [sic] holds.", []),
        ("Rope [of hemp] holds.", "Rope [of hemp] holds.", []),
        ("Rope (old rope) holds.", "Rope (old rope) holds.", []),
        ("Rope (the music was loud) holds.", "Rope (the music was loud) holds.", []),
        ("Rope (I laughed at it) holds.", "Rope (I laughed at it) holds.", []),
        ("Rope [in my pocket, my phone] holds.", "Rope [in my pocket, my phone] holds.", []),
    ],
)
def test_tags_go_out_and_stay_as_events(text, shown, events):
    turns = stream(cues(text))
    assert [one.text for one in sentences(turns)] == [shown]
    assert turns[0].events == tuple(Event(0, event) for event in events)


@pytest.mark.parametrize("tag", ["[INAUDIBLE]", "[unintelligible]", "[??]", "(crosstalk)"])
def test_what_is_inaudible_leaves_a_hole_in_its_sentence_alone(tag):
    found = sentences(stream(cues("Tar smells.", f"Rope {tag} holds.", "Knots slip.")))
    assert [one.text for one in found] == ["Tar smells.", "Rope holds.", "Knots slip."]
    assert [one.hole for one in found] == [False, True, False]


@pytest.mark.parametrize(
    ("texts", "holes"),
    [
        (["Tar smells. The rope of [inaudible] holds", "a mast. Knots slip."], [0, 1, 0]),
        (["Tar smells. The rope", "of [inaudible] hemp holds. Knots slip."], [0, 1, 0]),
        (["Tar smells. Rope holds [inaudible].", "Knots slip."], [0, 1, 0]),
        (["Tar smells. Rope holds", "[inaudible]", "masts. Knots slip."], [0, 1, 0]),
        (["Tar smells. [inaudible] Rope holds. Knots slip."], [0, 1, 0]),
        (["Tar smells. The best rope is [inaudible]"], [0, 1]),
        (["Tar smells. Rope holds. [inaudible]"], [0, 0]),
        (["[inaudible] tar smells. Rope holds."], [1, 0]),
    ],
)
def test_a_hole_is_in_the_sentence_that_it_was_taken_out_of(texts, holes):
    assert [one.hole for one in sentences(stream(cues(*texts)))] == [*map(bool, holes)]


def test_a_hole_among_timed_words_is_where_it_was_said():
    words = ("Tar", "smells.", "Rope", "of", "[inaudible]", "holds.", "Knots", "slip.")
    timed = tuple(Word(text, 100 * at, 100 * at + 90) for at, text in enumerate(words))
    found = sentences(stream([Cue(0, 800, " ".join(words), words=timed)]))
    assert [one.hole for one in found] == [False, True, False]


@pytest.mark.parametrize("tag", ["[NASA]", "[FIRM NAME]"])
def test_a_tag_that_may_stand_for_words_is_a_hole(tag):
    assert sentences(stream(cues(f"The rope of {tag} holds.")))[0].hole


def test_applause_is_no_hole():
    assert not any(one.hole for one in sentences(stream(cues("Rope [APPLAUSE] holds."))))


def test_a_sentence_across_cues_has_the_start_of_the_first_and_the_end_of_the_last():
    (found,) = sentences(stream(cues("Rope is older", "than the wheel", "by far.")))
    assert (found.text, found.start_ms, found.end_ms) == (
        "Rope is older than the wheel by far.",
        0,
        12_000,
    )
    assert found.marks == (Mark(0, 0), Mark(14, 4_000), Mark(29, 8_000))


@pytest.mark.parametrize(
    ("text", "start_ms"),
    [
        # characters before, with 6 more for a stop and 3 for a comma, of those in the cue
        ("Abcd. Efgh.", round(4000 * (6 + 6) / (11 + 12))),
        ("Ab, cd. Efgh.", round(4000 * (8 + 9) / (13 + 15))),
        ("Abcd? Efgh", round(4000 * (6 + 6) / (10 + 6))),
    ],
)
def test_a_start_inside_a_cue_is_reckoned_by_characters_and_pauses(text, start_ms):
    (first_ms, end_ms), second = times(Cue(0, 4000, text))
    assert (first_ms, second) == (0, (start_ms, 4000))
    assert 0 < end_ms <= start_ms


def test_timed_words_give_exact_starts():
    words = tuple(
        Word(text, ms, ms + 300)
        for text, ms in [("Rope", 0), ("holds.", 400), ("Knots", 2_900), ("slip.", 3_300)]
    )
    found = sentences(stream([Cue(0, 4000, "Rope holds. Knots slip.", words=words)]))
    assert [(one.start_ms, one.end_ms) for one in found] == [(0, 700), (2_900, 3_600)]
    assert found[1].marks == (Mark(0, 2_900), Mark(6, 3_300))


def test_times_of_other_words_than_the_cues_own_are_not_used():
    words = (Word("Rope", 0, 300), Word("slips.", 3_000, 3_300))
    assert times(Cue(0, 4000, "Rope holds.", words=words)) == [(0, 4000)]


def test_a_tag_among_timed_words_goes_with_its_words():
    texts = ["Rope", "[CROWD", "NOISE]", "holds."]
    words = tuple(Word(text, at * 500, at * 500 + 400) for at, text in enumerate(texts))
    (found,) = sentences(stream([Cue(0, 2000, " ".join(texts), words=words)]))
    assert (found.text, found.marks) == ("Rope holds.", (Mark(0, 0), Mark(5, 1_500)))


@pytest.mark.parametrize(
    ("overlapping", "expected"),
    [
        ((Cue(0, 9000, "Abcd. Efgh."), Cue(4000, 8000, "Ijkl.")), [0, 2087, 4000]),
        ((Cue(0, 9000, "Abcd. Efgh.", "Ann"), Cue(4000, 8000, "Ijkl.", "Bo")), [0, 2087, 4000]),
        ((Cue(0, 9000, "Abcd. Efgh. >> Ijkl."),), [0, 0, 0]),
    ],
)
def test_starts_never_fall_where_cues_overlap(overlapping, expected):
    assert [start for start, _ in times(*overlapping)] == expected


def test_a_sentence_over_the_words_is_cut_at_its_longest_pause_and_marked():
    parts = [" ".join(["rope,"] * 20)] * 5
    ends = [4_000, 8_000, 12_000, 16_000, 20_000]
    late = [0, 4_000, 8_000, 13_500, 16_500]  # the longest pause is before the fourth
    given_cues = [Cue(a, b, text) for a, b, text in zip(late, ends, parts, strict=True)]
    found = sentences(stream(given_cues))
    assert [len(one.text.split()) for one in found] == [60, 40]
    assert [one.approximate for one in found] == [True, True]
    assert [one.start_ms for one in found] == [0, 13_500]
    assert [one.index for one in found] == [0, 1]


@pytest.mark.parametrize("count", [MAX_WORDS, MAX_WORDS + 1, 10 * MAX_WORDS])
@pytest.mark.parametrize("in_one_cue", [True, False])
def test_no_sentence_is_over_the_words(count, in_one_cue):
    words = ["rope,"] * count
    found = sentences(stream(cues(*([" ".join(words)] if in_one_cue else words), each_ms=50)))
    assert max(len(one.text.split()) for one in found) <= MAX_WORDS
    assert sum(len(one.text.split()) for one in found) == count
    assert found[0].approximate == (count > MAX_WORDS) == (len(found) > 1)


def test_words_without_a_mark_are_cut_short_and_marked():
    found = sentences(stream(cues(*["rope"] * 200, each_ms=300)))
    assert max(len(one.text.split()) for one in found) <= UNMARKED_WORDS
    assert all(one.approximate for one in found)
    assert sum(len(one.text.split()) for one in found) == 200


def test_a_start_inside_a_whole_turn_is_about():
    turn = Cue(0, EXACT_MS + 5_000, "Rope is older than rudders. It holds. So we trust it.")
    assert [one.approximate for one in sentences(stream([turn]))] == [False, True, True]
    caption = turn._replace(end_ms=EXACT_MS)
    assert not any(one.approximate for one in sentences(stream([caption])))


def test_no_sentence_is_over_the_time():
    found = sentences(stream(cues(*["rope"] * 40, each_ms=5_000)))
    assert all(one.end_ms - one.start_ms <= MAX_MS for one in found)
    assert len(found) > 1


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Rope holds. >> It does.", ["Rope holds.", "It does."]),
        (">> Rope holds. >> It does.", ["Rope holds.", "It does."]),
        (">>> Rope holds.", ["Rope holds."]),
        ("- Rope holds.", ["Rope holds."]),
        ("– Rope holds.", ["Rope holds."]),
        ("- Does it hold? - It does.", ["Does it hold?", "It does."]),
        ("Rope - old rope - holds.", ["Rope - old rope - holds."]),
        ("A well-known rope.", ["A well-known rope."]),
    ],
)
def test_turn_marks_start_a_turn(text, turns):
    assert [one.text for one in stream(cues(text))] == turns
    found = sentences(stream(cues("Before.", text)))
    assert len({one.turn for one in found}) == len(turns) + text.startswith((">", "-", "–"))


def test_a_change_of_speaker_starts_a_turn_and_ends_a_sentence():
    found = sentences(stream([Cue(0, 1000, "Rope is", "Ann"), Cue(1000, 2000, "older.", "Bo")]))
    assert [(one.text, one.turn, one.speaker) for one in found] == [
        ("Rope is", 0, "Ann"),
        ("older.", 1, "Bo"),
    ]


def test_nothing_said_is_no_sentence():
    assert sentences(stream([])) == ()
    assert sentences(stream(cues("[MUSIC]", "♪♪"))) == ()
    assert stream(cues("[MUSIC]"))[0].events == (Event(0, "[MUSIC]"),)


WORDS = (
    *("rope", "Knots.", "Dr.", "No.", "5", "p.m.", "Then", "Why?", "so,", "- ", "…", "。", "雨。"),
    *("a.b", "1.5", "U.S.", '"Hold!"', ">>", "Hm--"),
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
SPEAKERS = st.sampled_from([None, "Ann", "Bo"])
TALKS = st.lists(
    st.tuples(TEXTS, st.integers(0, 9_000), st.integers(0, 90_000), SPEAKERS), max_size=12
)


@settings(max_examples=200, deadline=None, database=None)
@given(TALKS)
def test_every_word_is_said_once_and_times_never_fall(talk):
    at, given_cues = 0, []
    for text, step_ms, length_ms, speaker in talk:
        at += step_ms
        given_cues.append(Cue(at, at + length_ms, text, speaker))
    turns = stream(given_cues)
    found = sentences(turns)
    said = "".join(turn.text for turn in turns)
    assert "".join("".join(one.text.split()) for one in found) == "".join(said.split())
    assert [one.start_ms for one in found] == sorted(one.start_ms for one in found)
    assert all(one.start_ms <= one.end_ms and one.marks[0].offset == 0 for one in found)
    assert [one.index for one in found] == list(range(len(found)))
    for one in found:
        assert turns[one.turn].text[one.offset :].startswith(one.text)


@settings(max_examples=100, deadline=None, database=None)
@given(st.lists(st.text(alphabet="ab .,?!-'é雨5", max_size=30), max_size=6))
def test_no_character_of_plain_text_is_lost(texts):
    turns = stream(cues(*texts))
    heard = "".join("".join(turn.text.split()) for turn in turns)
    assert "".join("".join(one.text.split()) for one in sentences(turns)) == heard
    assert heard.replace("-", "") == "".join("".join(texts).split()).replace("-", "")
