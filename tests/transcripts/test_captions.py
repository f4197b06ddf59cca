"""WebVTT and SRT as they are really written."""

import pytest
from transcript_files import SRT, VTT, read_text, starts, texts

from bot.errors import TranscriptError
from bot.model import Word


def vtt(*blocks):
    return read_text("WEBVTT\n\n" + "\n\n".join(blocks) + "\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(SRT.replace("2\n00", "00"), None, id="an index is missing"),
        pytest.param(SRT.replace("\n\n", "\n"), None, id="no blank lines"),
        pytest.param(SRT.replace("\n", "\r"), None, id="CR only"),
        pytest.param(SRT.replace("\n", "\r\n", 5), None, id="CRLF and LF"),
        pytest.param(SRT.replace("\n", "\r", 5), None, id="CR and LF"),
        pytest.param("\ufeff" + SRT, None, id="BOM"),
        pytest.param(SRT.replace(",", "."), None, id="dots"),
        pytest.param(SRT.replace(" --> ", "-->"), None, id="no spaces at the arrow"),
        pytest.param(SRT.replace("00:00:0", "0:0:"), None, id="short times"),
        pytest.param(SRT.rstrip(), None, id="no last newline"),
        pytest.param(SRT.replace("A bridge", "<i>A</i> {\\an8}bridge"), None, id="tags"),
        pytest.param(VTT.replace("00:01.000", "1.000"), None, id="seconds only"),
        pytest.param(VTT.replace("04.500\n", "04.500 align:start line:0%\n"), None, id="settings"),
        pytest.param(VTT.replace("00:04.500 -", "bolt\n00:04.500 -"), None, id="an identifier"),
        pytest.param(VTT.replace("\n\n", "\n\nNOTE\nunheard\n\n", 2), None, id="NOTE"),
        pytest.param(VTT.replace("\n\n", "\n\nNOTE unheard\n\n"), None, id="NOTE in a line"),
        pytest.param(VTT.replace("\n\n", "\n\nSTYLE\n::cue {\n}\n\n", 1), None, id="STYLE"),
        pytest.param(VTT.replace("\n\n", "\n\nREGION\nid:a\n\n", 1), None, id="REGION"),
        pytest.param(VTT.replace("kept daily", "kept&nbsp;daily"), None, id="an entity"),
        pytest.param(VTT.replace("A bridge", "<c.loud>A</c> <b>bridge</b>"), None, id="classes"),
        pytest.param(VTT.replace("promise kept", "promise\nkept"), None, id="two lines"),
    ],
)
def test_cues_survive_how_a_file_is_written(text, expected):
    usual = read_text(SRT)
    found = read_text(text)
    assert texts(found) == texts(usual)
    assert starts(found) == starts(usual)
    assert found.cues_present == 3
    assert found.notes == ()


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("Salt &amp; rope", "Salt & rope"),
        ("1 &lt; 2 &#38; 3", "1 < 2 & 3"),
        ("a < b and c > d", "a < b and c > d"),
        ("&#" + "1" * 5000 + ";", "&#" + "1" * 5000 + ";"),
        ("<v Ada>Rope</v> <00:01.500>holds", "Rope holds"),
    ],
)
def test_tags_go_and_entities_are_decoded(marked, plain):
    assert texts(vtt(f"00:01.000 --> 00:03.000\n{marked}")) == [plain]


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("<v Ada Quill>Rope holds.</v>", "Ada Quill"),
        ("<v Ada Quill>Rope holds.", "Ada Quill"),
        ("<v.loud Ada Quill>Rope holds.", "Ada Quill"),
        ("<v Ada &amp; Bo>Rope holds.", "Ada & Bo"),
        ("<v Ada>Rope</v> <v Ada>holds.</v>", "Ada"),
        ("<v Ada>Rope</v>\n<v Bo>holds.</v>", None),
        ("Rope holds.", None),
        ("<v >Rope holds.", None),
    ],
)
def test_a_voice_tag_names_the_speaker_unless_two_speak(marked, speaker):
    found = vtt(f"00:01.000 --> 00:02.000\n{marked}", "00:02.000 --> 00:03.000\nKnots slip.")
    assert [cue.speaker for cue in found.cues] == [speaker, None]


@pytest.mark.parametrize(
    ("end", "end_ms"),
    [("00:04.x00", 5_000), ("", 5_000), ("00:00.500", 5_000), ("later", 5_000), ("3.5", 3_500)],
)
def test_a_broken_end_time_gives_way_to_the_next_start(end, end_ms):
    found = vtt(f"00:01.000 --> {end}\nRope holds.", "00:05.000 --> 00:06.000\nKnots slip.")
    assert (found.cues[0].start_ms, found.cues[0].end_ms) == (1_000, end_ms)
    assert found.cues_present == 2


@pytest.mark.parametrize("start", ["00:xx.000", "", "soon", "0O:01.000"])
def test_a_broken_start_time_is_counted_and_noted_but_not_read(start):
    rope = "00:01.000 --> 00:02.000\nRope holds."
    found = vtt(rope, f"{start} --> 00:03.000\nKnots slip.", "00:04.000 --> 00:05.000\nTar smells.")
    assert texts(found) == ["Rope holds.", "Tar smells."]
    assert found.cues_present == 3
    assert found.notes == ("1 cues left out: no start time",)
    assert found.removed[0].line == 6


def test_both_times_broken_are_still_a_cue():
    found = vtt("00:01.000 --> 00:02.000\nRope holds.", "00:0x.000 --> 00:0y.000\nKnots slip.")
    assert (texts(found), found.cues_present) == (["Rope holds."], 2)


@pytest.mark.parametrize("words", ["From mud --> to bricks.", "Ask first --> 2 pay later."])
def test_an_arrow_among_words_is_no_time(words):
    found = vtt(f"00:01.000 --> 00:02.000\n{words}")
    assert (texts(found), found.cues_present) == ([words], 1)


def test_a_blank_line_in_a_cue_loses_no_words_and_is_said():
    found = vtt("00:01.000 --> 00:02.000\nRope holds.\n\nMostly.", "00:03.000 --> 00:04.000\nTar.")
    assert " ".join(texts(found)).startswith("Rope holds.")
    found = vtt(
        "00:01.000 --> 00:02.000\nRope\n\nholds\ntight.", "2\n00:03.000 --> 00:04.000\nTar."
    )
    assert texts(found) == ["Rope holds tight.", "Tar."]
    assert found.notes == ("1 lines without a time joined to the cue before",)


def test_a_cue_that_is_a_number_keeps_it():
    found = vtt("00:01.000 --> 00:02.000\n42", "00:03.000 --> 00:04.000\nIs the answer.")
    assert texts(found) == ["42", "Is the answer."]


def test_a_cue_without_words_is_left_out_and_said():
    found = vtt("00:01.000 --> 00:02.000\n<i></i>", "00:03.000 --> 00:04.000\nTar.")
    assert (texts(found), found.cues_present) == (["Tar."], 2)
    assert found.notes == ("1 cues left out: no words",)


def test_a_cue_knows_its_line():
    assert [cue.line for cue in read_text(SRT).cues] == [2, 6, 10]


LINES = ["rope is", "older than", "the wheel", "and knots", "are older", "than shoes"]


def test_rolling_captions_are_read_once():
    pairs = zip(["", *LINES], LINES, strict=False)
    shown = [f"00:0{n}.000 --> 00:0{n}.990\n{old}\n{new}" for n, (old, new) in enumerate(pairs, 1)]
    found = vtt(*shown)
    assert texts(found) == LINES
    assert starts(found) == [1_000, 2_000, 3_000, 4_000, 5_000, 6_000]
    assert found.notes == ("rolling captions: lines shown twice were read once",)


def test_a_refrain_is_no_rolling_caption():
    shown = ["All of it.", "We sing.", "All of it.", "We row.", "All of it.", "We rest."]
    blocks = [f"00:0{n}.000 --> 00:0{n}.990\n{line}" for n, line in enumerate(shown)]
    assert texts(vtt(*blocks)) == shown


def test_a_line_said_twice_in_a_row_is_read_twice():
    shown = ["We row.", "We rest.", "We rest.", "We sing.", "We sleep.", "We wake."]
    blocks = [f"00:0{n}.000 --> 00:0{n}.990\n{line}" for n, line in enumerate(shown)]
    assert texts(vtt(*blocks)) == shown


def test_word_times_inside_a_cue_are_read():
    found = vtt("00:01.000 --> 00:03.000\nRope<00:01.500><c> holds</c><00:02.250><c> on</c>")
    assert found.cues[0].text == "Rope holds on"
    assert found.cues[0].words == (
        Word("Rope", 1_000, 1_500),
        Word("holds", 1_500, 2_250),
        Word("on", 2_250, 3_000),
    )


@pytest.mark.parametrize("times", [("2.250", "1.500"), ("1.500", "9.000"), ("0.200", "1.500")])
def test_word_times_that_cannot_be_are_left_out(times):
    first, second = times
    found = vtt(f"00:01.000 --> 00:03.000\nRope<00:0{first}> holds<00:0{second}> on")
    assert (found.cues[0].text, found.cues[0].words) == ("Rope holds on", ())


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n\nNOTE nothing yet\n"])
def test_a_file_without_cues_is_refused(text):
    with pytest.raises(TranscriptError, match="has no cues"):
        read_text(text)


@pytest.mark.parametrize("words", ["<i></i>", "\u202a", "\x01"])
def test_a_file_with_cues_but_no_words_is_refused(words):
    with pytest.raises(TranscriptError, match="no words"):
        vtt(f"00:01.000 --> 00:02.000\n{words}", f"NOTE {'rope ' * 40}")
