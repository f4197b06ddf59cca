"""Who speaks, and how that is known."""

import time

import pytest

from bot import assets, speakers
from bot.model import Attribution, Cue
from bot.sentences import sentences, stream
from bot.speakers import is_placeholder, match_label, same_name, speakers_of, voices

LABELLED = Attribution("labelled", 1.0)
WEIGHTS = speakers.load(assets.SHIPPED / "speakers/weights.json")


def attribute(found, main):
    return speakers.attribute(found, (main,) if main else (), WEIGHTS)


def talk(*speakers):
    """Each speaks a sentence; the longer the later, so that the last one speaks most."""
    said = [Cue(at, at + 1, "Rope " * at + "holds.", name) for at, name in enumerate(speakers)]
    return sentences(stream(said))


def heard(found):
    return [(one.speaker, one.role, one.attribution) for one in found]


@pytest.mark.parametrize(
    "main", ["Andrea Quill", "Quill", "quill", "ANDREA QUILL", "Dr Andrea Quill"]
)
def test_labels_win_and_the_main_speaker_gets_the_given_name(main):
    found = attribute(talk("Andrea Quill", "Bo Marsh"), main)
    assert heard(found) == [(main, "main", LABELLED), ("Bo Marsh", None, LABELLED)]


def test_without_a_name_labels_are_kept():
    assert heard(attribute(talk("Ann", "Bo"), None)) == [
        ("Ann", None, LABELLED),
        ("Bo", None, LABELLED),
    ]


@pytest.mark.parametrize("main", ["Cy Reed", "Andrea Marsh", "Andrea Stone", "Bo", ""])
def test_a_name_no_label_means_is_refused_with_the_labels(main):
    given = talk("Andrea Quill", "Bo Marsh", "Bo Reed", "SPEAKER_03")
    if not main:
        assert speakers_of(given, (), ["Usual Host"]) == ()
        return
    with pytest.raises(LookupError) as caught:
        speakers_of(given, (main,), ())
    assert sorted(caught.value.args[0]) == ["Andrea Quill", "Bo Marsh", "Bo Reed"]


@pytest.mark.parametrize(
    ("labels", "named", "main"),
    [
        (("Andrea Quill", "Bo"), "Quill", "Andrea Quill"),
        (("Andrea Quill (host)", "Bo"), "Quill", "Andrea Quill"),
        (("Quill", "Bo"), "Andrea Quill", "Andrea Quill"),
        ((None, None), "Andrea Quill", "Andrea Quill"),
        ((None, None), None, "Usual Host"),
        (("S1", "S2"), None, "Usual Host"),
        (("Ann", "Bo"), None, None),
    ],
)
def test_the_main_speaker_has_the_fuller_name_and_the_usual_one_needs_a_file_without_names(
    labels, named, main
):
    found = speakers_of(talk(*labels), (named,) if named else (), ["Usual Host"])
    assert found == ((main,) if main else ())


@pytest.mark.parametrize(
    ("name", "labels", "expected"),
    [
        ("Quill", ["Andrea Quill", "Bo Marsh"], "Andrea Quill"),
        ("Andrea Quill", ["QUILL", "MARSH"], "QUILL"),
        ("Andrea Quill", ["Andrea", "Bo"], "Andrea"),
        ("Andrea Quill", ["Andrea Stone", "Bo"], None),
        ("Quill", ["Andrea Quill", "Petra Quill"], None),
        ("Andrea Quill", ["Petra Quill", "andrea quill (host)"], "andrea quill (host)"),
        ("Andrea Quill", ["Andrea Quill", "Quill"], "Andrea Quill"),
        ("Quill", [], None),
        ("()", ["Andrea Quill"], None),
        ("Qui", ["Andrea Quill"], None),
    ],
)
def test_a_name_means_the_only_label_that_holds_or_shortens_it(name, labels, expected):
    assert match_label(name, labels) == expected


@pytest.mark.parametrize(
    "label",
    [
        *(
            "SPEAKER_00",
            "Speaker 1",
            "speaker a",
            "Speaker",
            "S2",
            "S01",
            "//S02",
            "spk_1",
            "A",
            "3",
        ),
        *(
            "Unknown",
            "Unknown Speaker",
            "Unidentified Woman",
            "Voice 2",
            "Host",
            "Guest 1",
            "WOMAN",
        ),
        *("Audience member", "", "1b4e28ba-2fa1-11d2-883f-0016d3cca427@72f988bf-86f1-41af-91ab"),
    ],
)
def test_a_placeholder_is_never_a_speakers_name(label):
    assert is_placeholder(label)
    (found,) = attribute(talk(label or None), None)
    assert found.speaker is None
    assert found.attribution is None or found.attribution.how == "inferred"


@pytest.mark.parametrize(
    "label", ["Ann", "Sy", "Bo Marsh", "Q2 Team", "Mann", "Guest Lecture Lee", "Al"]
)
def test_a_name_is_no_placeholder(label):
    assert not is_placeholder(label)


def test_without_labels_the_name_is_inferred():
    found = attribute(talk(None, None), "Ann Lee")
    assert {one.speaker for one in found} == {"Ann Lee"}
    assert {one.attribution.how for one in found} == {"inferred"}
    assert all(0 < one.attribution.confidence < 1 for one in found)


def test_among_placeholders_the_voice_that_speaks_most_is_inferred():
    found = attribute(talk("S1", "S1", "S2", "S2"), "Ann Lee")
    assert [(one.speaker, one.role) for one in found] == [
        (None, None),
        (None, None),
        ("Ann Lee", "main"),
        ("Ann Lee", "main"),
    ]
    assert found[2].attribution.how == "inferred"
    assert found[0].attribution is None


@pytest.mark.parametrize(
    ("other", "role"),
    [
        *(("Interviewer", "host"), ("HOST 2", "host"), ("moderator", "host"), ("Narrator", "host")),
        *(("Audience member", "audience"), ("Audience", "audience")),
    ],
)
@pytest.mark.parametrize("main", ["Interviewee", "Guest 1", "SPEAKER_00", "A"])
def test_a_label_that_tells_another_role_is_no_main_speakers(other, role, main):
    found = attribute(talk(other, main, other, other, other), "Ann Lee")
    assert [(one.speaker, one.role) for one in found] == [
        *((None, role), ("Ann Lee", "main")),
        *((None, role) for _ in range(3)),
    ]
    nobody = attribute(talk(other, main, other), None)
    assert [(one.speaker, one.role) for one in nobody] == [(None, role), (None, None), (None, role)]


@pytest.mark.parametrize("labels", [("Host",), ("Host", "Audience member")])
def test_a_host_alone_is_the_main_speaker(labels):
    found = attribute(talk(*labels), "Ann Lee")
    assert (found[0].speaker, found[0].role) == ("Ann Lee", "main")
    assert [one.role for one in found[1:]] == ["audience"] * (len(labels) - 1)


def test_a_question_from_the_audience_is_theirs_among_names():
    found = attribute(talk("Ann Lee", "Audience member 2"), "Ann Lee")
    assert [(one.speaker, one.role) for one in found] == [("Ann Lee", "main"), (None, "audience")]


def test_nobody_named_is_nobody_known_by_name():
    found = attribute(talk(None, None), None)
    assert {one.speaker for one in found} == {None}
    assert {one.attribution.how for one in found} == {"inferred"}


def test_voices_are_listed_by_words():
    assert voices(talk("Ann", "Bo", None, "Cy")) == ["Cy", "Bo", "Ann"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ann Lee", "ANN LEE", True),
        ("Ann Lee", "Ann Lee (host)", True),
        ("O'Hara", "O’Hara", True),
        ("Ann Lee", "Ann", False),
        ("Ann Lee", "Lee Ann", False),
    ],
)
def test_case_marks_and_brackets_do_not_make_another_name(one, other, same):
    assert same_name(one, other) is same


def test_brackets_without_end_are_no_name_and_take_no_time():
    start = time.process_time()
    assert not same_name("(" * 100_000, "Ann Lee")
    assert time.process_time() - start < 5
