"""What real files do to a reader: each kind of trap seen in one, in words of our own."""

import json

import pytest
from transcript_files import read_text, starts, texts

from bot.errors import TranscriptError
from bot.sentences import sentences, stream
from bot.transcripts import read_bytes

ROPE = "Ropes are older than ships."
KNOT = "Nobody applauds a knot."
STORM = "The storm asks every rope the same question."


def vtt(*cues):
    return "WEBVTT\n\n" + "\n\n".join(f"{times}\n{text}" for times, text in cues) + "\n"


def said(text):
    return [(one.speaker, one.text) for one in sentences(stream(read_text(text).cues))]


# 1. Times
@pytest.mark.parametrize(
    ("times", "start_ms"),
    [
        ("1.25 --> 4.5", 1_250),
        ("1:00:00.160 --> 1:00:03.000", 3_600_160),
        ("0:0:4.430 --> 0:0:7.1", 4_430),
        ("00:00:04,430 --> 00:00:07,000", 4_430),
        ("00:04.43 --> 00:07.0", 4_430),
        ("00:00:04.123456 --> 00:00:07", 4_123),
        ("75:10.000 --> 75:12.000", 4_510_000),
    ],
)
def test_times_are_read_however_they_are_written(times, start_ms):
    assert starts(read_text(vtt((times, ROPE)))) == [start_ms]


@pytest.mark.parametrize(
    ("document", "start_ms"),
    [
        ({"segments": [{"startTime": 7, "endTime": 9.5, "body": ROPE}]}, 7_000),
        ({"segments": [{"start": 7.5, "end": 9, "text": ROPE}]}, 7_500),
        ({"transcription": [{"offsets": {"from": 7500, "to": 9000}, "text": ROPE}]}, 7_500),
    ],
)
def test_seconds_and_milliseconds_are_told_apart(document, start_ms):
    assert starts(read_bytes(json.dumps(document).encode(), "a.json")) == [start_ms]


def test_uploads_in_parts_do_not_run_backwards():
    lines = [f"00:00:{at:02}.000 | {text}" for at, text in ((1, ROPE), (9, KNOT), (1, STORM))]
    with pytest.raises(TranscriptError, match="the time runs backwards"):
        read_text("\n".join(lines))


# 2. Loops of recognisers
def test_what_a_recogniser_repeats_is_taken_out_with_a_record():
    loop = [(f"00:{at:02}.000 --> 00:{at + 1:02}.000", "And so it is.") for at in range(2, 22)]
    cues = (("00:00.000 --> 00:02.000", ROPE), *loop, ("00:30.000 --> 00:32.000", KNOT))
    found = read_text(vtt(*cues))
    assert texts(found) == [ROPE, "And so it is.", KNOT]
    assert found.cues_present == 22
    assert sum(one.whole for one in found.removed) == 19


def test_a_loop_inside_a_cue_is_cut():
    found = read_text(vtt(("00:00.000 --> 00:20.000", ROPE + " and I said it" * 40)))
    assert texts(found)[0].count("and I said it") == 1
    assert [one.whole for one in found.removed] == [False]


def test_thanks_that_nobody_said_at_the_end_are_taken_out():
    cues = [(f"00:{at:02}.000 --> 00:{at + 2:02}.000", text) for at, text in ((0, ROPE), (3, KNOT))]
    found = read_text(vtt(*cues, ("00:40.000 --> 00:41.000", "Thank you for watching!")))
    assert texts(found) == [ROPE, KNOT]


# 3. Rolling captions
def test_rolling_captions_give_each_line_once():
    lines = ["Ropes are older", "than ships.", "Nobody applauds", "a knot at sea."]
    cues = []
    for at, line in enumerate(lines):
        before = f"{lines[at - 1]}\n" if at else ""
        said = "".join(f"<00:00:0{2 * at}.500><c> {word}</c>" for word in line.split()[1:])
        cues.append((f"00:0{2 * at}.000 --> 00:0{2 * at + 1}.990", before + line.split()[0] + said))
        cues.append((f"00:0{2 * at + 1}.990 --> 00:0{2 * at + 2}.000", line))
    found = read_text(vtt(*cues))
    assert " ".join(texts(found)) == "Ropes are older than ships. Nobody applauds a knot at sea."
    assert found.cues_present == 8 == len(found.cues) + found.merged


# 4. Punctuation that stops
def test_a_sentence_without_an_end_is_cut_and_marked():
    nouns = ("rope", "rail", "keel", "sail", "mast", "deck", "knot", "tide", "gull", "oar", "net")
    pairs = [(one, other) for one in nouns for other in nouns if one != other]
    cues = [
        (
            f"{at // 60:02}:{at % 60:02}.000 --> {at // 60:02}:{at % 60:02}.900",
            f"the {a} and the {b}",
        )
        for at, (a, b) in enumerate(pairs, 2)
    ]
    found = sentences(stream(read_text(vtt(("00:00.000 --> 00:01.900", ROPE), *cues)).cues))
    assert (found[0].text, found[0].approximate) == (ROPE, False)
    assert len(found) > 4
    assert max(len(one.text.split()) for one in found) <= 80
    assert all(one.approximate for one in found[1:])


# 5. Duplicates
def test_results_given_twice_are_read_once():
    words = [
        {"word": word, "startTime": f"{at}.0s", "endTime": f"{at}.600s"}
        for at, word in enumerate(ROPE.split())
    ]
    tagged = [{**word, "speakerTag": 1} for word in words]
    results = [
        {"alternatives": [{"transcript": ROPE, "words": words}]},
        {"alternatives": [{"words": tagged}]},
    ]
    found = read_bytes(json.dumps({"results": results}).encode(), "a.json")
    assert " ".join(texts(found)) == ROPE


def test_two_bodies_at_one_time_are_both_kept():
    segments = [
        {"startTime": 1, "endTime": 4, "body": ROPE},
        {"startTime": 1, "endTime": 4, "body": KNOT},
    ]
    found = read_bytes(json.dumps({"segments": segments}).encode(), "a.json")
    assert texts(found) == [ROPE, KNOT]


# 6. Encodings
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding):
    text = "Der Knoten hält. Über das Meer fährt kein Seil allein, sagte der Kapitän."
    found = read_bytes(vtt(("00:01.000 --> 00:09.000", text)).encode(encoding), "a.vtt")
    assert texts(found) == [text]


def test_line_ends_and_entities_of_every_kind():
    mixed = vtt(
        ("00:01.000 --> 00:04.000", "Ropes &amp; knots\xa0hold."), ("00:05.000 --> 00:06.000", KNOT)
    )
    lines = mixed.split("\n")
    ends = ("\r\n", "\r", "\n")
    raw = "".join(line + ends[at % 3] for at, line in enumerate(lines)).encode()
    assert texts(read_bytes(raw, "a.vtt")) == ["Ropes & knots hold.", KNOT]


# 7. Speakers
@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (f"<v Ann Lee>{ROPE}", "Ann Lee", ROPE),
        (f"<v Ann Lee>{ROPE}</v>", "Ann Lee", ROPE),
        (f"<v 1b4e28ba-2fa1-11d2-883f-0016d3cca427>{ROPE}", None, ROPE),
        ("10:30 Meeting: bring a rope.", None, "10:30 Meeting: bring a rope."),
    ],
)
def test_voices_of_a_cue(text, speaker, words):
    found = read_text(vtt(("00:01.000 --> 00:04.000", text)))
    assert texts(found) == [words]
    named = found.cues[0].speaker
    assert named == speaker or (speaker is None and "-" in named)


def test_a_label_alone_on_its_cue_names_the_next():
    cues = ["ANN LEE:", ROPE, "BO MARSH:", KNOT, "ANN LEE:", STORM, "BO MARSH:", "Indeed."]
    timed = [(f"00:{at:02}.000 --> 00:{at + 1:02}.000", text) for at, text in enumerate(cues)]
    found = read_text(vtt(*timed))
    assert [(cue.speaker, cue.text) for cue in found.cues] == [
        ("ANN LEE", ROPE),
        ("BO MARSH", KNOT),
        ("ANN LEE", STORM),
        ("BO MARSH", "Indeed."),
    ]
    assert (found.cues_present, sum(one.whole for one in found.removed)) == (8, 4)


def test_two_dashes_in_a_cue_are_two_voices():
    found = sentences(
        stream(read_text(vtt(("00:01.000 --> 00:04.000", f"- {ROPE}\n- {KNOT}"))).cues)
    )
    assert [one.text for one in found] == [ROPE, KNOT]
    assert found[0].turn != found[1].turn


# 8. Cues out of order, empty, overlapping; made-up word times
def test_overlapping_and_empty_cues_are_read_in_order():
    more = [
        (f"{at // 60:02}:{at % 60:02}.000 --> {at // 60 + 1:02}:00.000", f"Rope {at} holds.")
        for at in range(11, 131)
    ]
    found = read_text(
        vtt(
            ("00:05.000 --> 00:09.000", KNOT),
            ("00:01.000 --> 00:07.000", ROPE),
            ("00:10.000 --> 00:10.000", STORM),
            *more,
        )
    )
    assert sorted(texts(found)[:3]) == sorted([ROPE, KNOT, STORM])
    assert any("backwards" in note for note in found.notes)
    times = [(one.start_ms, one.end_ms) for one in sentences(stream(found.cues))]
    assert [start for start, _ in times] == sorted(start for start, _ in times)
    assert all(start <= end for start, end in times)


@pytest.mark.parametrize(("steps", "kept"), [((300,) * 9, False), ((100, 450, 220) * 3, True)])
def test_word_times_that_nobody_measured_are_left_out(steps, kept):
    words, at_ms = [], 1_000
    for word, step in zip(STORM.split(), steps, strict=False):
        words.append({"word": word, "start": at_ms / 1000, "end": (at_ms + step) / 1000})
        at_ms += step
    segments = [{"start": 1.0, "end": at_ms / 1000, "text": STORM, "words": words}]
    found = read_bytes(json.dumps({"segments": segments, "language": "en"}).encode(), "a.json")
    assert bool(found.cues[0].words) is kept
    assert any("spread evenly" in note for note in found.notes) is not kept


# 9. Suffixes lie, files are empty
def test_content_tells_the_format_whatever_the_name():
    assert read_bytes(vtt(("00:01.000 --> 00:04.000", ROPE)).encode(), "a.srt").format == "webvtt"
    with pytest.raises(TranscriptError, match="cues"):
        read_text("WEBVTT\n")


# 10. Footers, blanks, pauses, profanity, overlaps
def test_what_is_no_speech_is_an_event_or_gone():
    text = (
        "Ann Lee  0:01\nRopes hold. [BLANK_AUDIO] (12 seconds pause) That is **** good.\n\n"
        "Bo Marsh  0:20\nWho says so?\n\nAnn Lee  0:30\nSailors do.\n\n"
        "Transcription ended after 00:12:31\n"
    )
    found = read_text(text)
    heard = [one.text for one in sentences(stream(found.cues))]
    assert heard == ["Ropes hold.", "That is **** good.", "Who says so?", "Sailors do."]
    assert any("Transcription ended" in one.text for one in found.removed)


def test_overlaps_and_foreign_words_are_nobodys_here():
    text = (
        "Ann Lee  0:01\nRopes hold. //S02: Not all of them. // Every sailor knows that.\n\n"
        "Bo Marsh  0:20\nWho says so? [foreign language 00:12:31] See https://example.org/a.\n\n"
        "Ann Lee  0:30\nSailors do.\n"
    )
    assert said(text) == [
        ("Ann Lee", "Ropes hold."),
        (None, "Not all of them."),
        (None, "Every sailor knows that."),
        ("Bo Marsh", "Who says so?"),
        ("Bo Marsh", "See https://example.org/a."),
        ("Ann Lee", "Sailors do."),
    ]
