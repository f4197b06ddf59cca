"""The dialects of Whisper JSON, and what stands in them that should not."""

import json

import pytest
from transcript_files import read_text, texts

from bot.errors import TranscriptError
from bot.model import Word
from bot.transcripts.json_reading import said


def read_json(document):
    return read_text(json.dumps(document), "talk.json")


def spoken(cue):
    return cue.start_ms, cue.end_ms, cue.text, cue.speaker, cue.words


ROPE = Word("Rope", 1_000, 1_400), Word("holds.", 1_400, 2_500)


@pytest.mark.parametrize(
    ("document", "cue"),
    [
        pytest.param(
            {
                "text": " Rope holds.",
                "language": "en",
                "segments": [
                    {
                        "id": 0,
                        "seek": 0,
                        "start": 1.0,
                        "end": 2.5,
                        "text": " Rope holds.",
                        "words": [
                            {"word": " Rope", "start": 1.0, "end": 1.4, "probability": 0.9},
                            {"word": " holds.", "start": 1.4, "end": 2.5, "probability": 0.8},
                        ],
                    }
                ],
            },
            (1_000, 2_500, "Rope holds.", None, ROPE),
            id="openai-whisper with words",
        ),
        pytest.param(
            {
                "task": "transcribe",
                "duration": 8.5,
                "text": "Rope holds.",
                "segments": [{"start": 1.0, "end": 2.5, "text": "Rope holds."}],
            },
            (1_000, 2_500, "Rope holds.", None, ()),
            id="verbose_json of OpenAI's API",
        ),
        pytest.param(
            [{"start": 1.0, "end": 2.5, "text": " Rope holds."}],
            (1_000, 2_500, "Rope holds.", None, ()),
            id="faster-whisper list",
        ),
        pytest.param(
            {
                "segments": [
                    {
                        "start": 1.0,
                        "end": 2.5,
                        "text": "Rope holds.",
                        "words": [
                            {"text": "Rope", "start": 1.0, "end": 1.4, "confidence": 0.9},
                            {"text": "holds.", "start": 1.4, "end": 2.5, "confidence": 0.9},
                        ],
                    }
                ],
            },
            (1_000, 2_500, "Rope holds.", None, ROPE),
            id="whisper-timestamped",
        ),
        pytest.param(
            {
                "result": {"language": "en"},
                "transcription": [
                    {
                        "timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"},
                        "offsets": {"from": 1000, "to": 2500},
                        "text": " Rope holds.",
                    }
                ],
            },
            (1_000, 2_500, "Rope holds.", None, ()),
            id="whisper.cpp",
        ),
        pytest.param(
            {
                "chunks": [{"timestamp": [1.0, 2.5], "text": " Rope holds."}],
                "text": "Rope holds.",
            },
            (1_000, 2_500, "Rope holds.", None, ()),
            id="insanely-fast-whisper",
        ),
        pytest.param(
            {
                "segments": [
                    {
                        "start": 1.0,
                        "end": 2.5,
                        "text": " Rope holds.",
                        "speaker": "SPEAKER_01",
                        "words": [
                            {"word": "Rope", "start": 1.0, "end": 1.4, "speaker": "SPEAKER_01"},
                            {"word": "holds.", "start": 1.4, "end": 2.5},
                        ],
                    }
                ],
                "word_segments": [],
            },
            (1_000, 2_500, "Rope holds.", "SPEAKER_01", ROPE),
            id="WhisperX",
        ),
    ],
)
def test_a_dialect_is_read(document, cue):
    found = read_json(document)
    assert found.format == "whisper_json"
    assert [spoken(each) for each in found.cues] == [cue]
    assert (found.cues_present, found.notes) == (1, ())


@pytest.mark.parametrize("where", [{"language": "nb"}, {"result": {"language": "nb"}}])
def test_the_language_is_found(where):
    segments = [{"start": 0, "text": "Tau holder."}]
    assert read_json({**where, "segments": segments}).details.language == "nb"


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ([0, 4200, 8100], [0, 4_200, 8_100]),
        ([0, 4, 8], [0, 4_000, 8_000]),
        ([0.0, 4200.5, 8100.0], [0, 4_200_500, 8_100_000]),
        ([0, 99, 199], [0, 99_000, 199_000]),
        ([0, 101, 203], [0, 101, 203]),
        ([250], [250_000]),
        (["0:01", "0:02.5"], [1_000, 2_500]),
        ([-0.25, 1.0], [-250, 1_000]),
    ],
)
def test_whole_numbers_that_step_by_over_a_hundred_are_milliseconds(starts, expected):
    found = read_json([{"start": start, "text": f"Rope {start}."} for start in starts])
    assert [cue.start_ms for cue in found.cues] == expected


@pytest.mark.parametrize(
    "piece",
    [
        {"start": None, "text": "Knots."},
        {"start": float("nan"), "text": "Knots."},
        {"start": float("inf"), "text": "Knots."},
        {"start": True, "text": "Knots."},
        {"start": [2], "text": "Knots."},
        {"start": "soon", "text": "Knots."},
        {"start": 10**400, "text": "Knots."},
        {"text": "Knots."},
        {"start": 2.0, "text": None},
        {"start": 2.0, "text": "  "},
        {"start": 2.0, "text": 7},
        {"start": 2.0},
        {"timestamp": [None, 2.0], "text": "Knots."},
    ],
)
def test_a_piece_without_words_or_start_is_left_out_and_said(piece):
    found = read_json([{"start": 1.0, "end": 2.0, "text": "Rope."}, piece])
    assert texts(found) == ["Rope."]
    assert found.cues_present == 2
    why = "no start time" if said(piece.get("text")) else "no words"
    assert found.notes == (f"1 cues left out: {why}",)


@pytest.mark.parametrize("end", [None, float("nan"), "later", 0.5, [3]])
def test_an_unknown_end_is_the_next_start(end):
    pieces = [{"start": 1.0, "end": end, "text": "Rope."}, {"start": 3.0, "text": "Knots."}]
    assert [(cue.start_ms, cue.end_ms) for cue in read_json(pieces).cues] == [
        (1_000, 3_000),
        (3_000, 3_000),
    ]


@pytest.mark.parametrize("words", [None, 3, "Rope", [None, 1, "x"], [{"word": "Rope"}], [{}]])
def test_words_without_times_are_no_words(words):
    found = read_json([{"start": 1.0, "end": 2.0, "text": "Rope.", "words": words}])
    assert found.cues[0].words == ()


@pytest.mark.parametrize(
    "times", [((1.5, 1.2), (1.2, 1.4)), ((0.2, 0.4), (1.2, 1.4)), ((1.0, 1.2), (7.0, 7.2))]
)
def test_word_times_that_fall_or_leave_their_cue_are_left_out(times):
    words = [
        {"word": word, "start": start, "end": end}
        for word, (start, end) in zip(("Rope", "holds."), times, strict=True)
    ]
    pieces = [
        {"start": 1.0, "end": 2.0, "text": "Rope holds.", "words": words},
        {"start": 2.0, "end": 3.0, "text": "Knots."},
    ]
    assert [cue.words for cue in read_json(pieces).cues] == [(), ()]


@pytest.mark.parametrize("speaker", [None, "", " ", ["Ada"]])
def test_no_name_is_no_speaker(speaker):
    found = read_json([{"start": 1.0, "text": "Rope.", "speaker": speaker}])
    assert found.cues[0].speaker is None


@pytest.mark.parametrize("huge", [10**400, -(10**400)])
def test_times_beyond_reason_do_not_stop_the_reading(huge):
    pieces = [{"start": at * huge, "text": "Rope."} for at in range(3)]
    assert len(read_json(pieces).cues) == 1


@pytest.mark.parametrize("cut", [60, 140, 260])
def test_truncated_json_names_its_line(cut):
    pieces = [{"start": at, "end": at + 1, "text": f"Rope {at}."} for at in range(9)]
    text = json.dumps(pieces, indent=1)[:cut]
    with pytest.raises(TranscriptError) as caught:
        read_text(text, "talk.json")
    assert caught.value.line in (text.count("\n"), text.count("\n") + 1)
    assert "not whole JSON" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        '[{"start": 1.0, "text": ' + "[" * 100_000,
        '[{"start": ' + "1" * 5_000 + ', "text": "Rope."}]',
        '{"segments": {"start": 1, "text": "Rope."}}',
        '{"segments": [{"start": 1, "text": null}, {"text": "Rope."}]}',
        '{"segments": [], "text": "", "start": 0}',
        '["segments", "text", "start"]',
        "[]",
        "{}",
        '{"a": 1}',
        "null",
        "[[[[]]]]",
    ],
)
def test_other_json_is_refused_in_one_line(text):
    with pytest.raises(TranscriptError) as caught:
        read_text(text, "talk.json")
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
