"""What every format promises, run over the registry, and how bytes become text before that."""

import pytest
from transcript_files import FILES, PAGE, SAID, SRT, VTT, claims, starts, texts

from bot.transcripts import BINARY, FORMATS, JSON, TEXT, read, read_bytes, sniff

NAMES = [known.name for known in FORMATS]
PICTURES = ("ebu_stl", "scc", "spruce_stl", "microdvd")  # count time in pictures


def test_every_format_has_a_sample():
    assert sorted(FILES) == sorted(NAMES)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("known", FORMATS, ids=NAMES)
def test_a_sample_is_claimed_by_its_own_format_alone(known):
    raw = FILES[known.name].read_bytes()
    text = None if known in BINARY else raw.decode()
    assert claims(raw, text) == [known.name]


@pytest.mark.parametrize("known", FORMATS, ids=NAMES)
def test_a_format_says_what_it_is(known):
    row = (known.description, known.programs, known.speakers, known.word_times, known.lost)
    assert all(row)
    assert known.sniff.__module__ == f"bot.transcripts.{known.name}"


@pytest.mark.parametrize("known", FORMATS, ids=NAMES)
def test_every_cue_is_read_with_its_time(known):
    path = FILES[known.name]
    found = read(path)
    assert (found.format, found.source, found.raw) == (known.name, str(path), path.read_bytes())
    whole_seconds = all(start % 1000 == 0 for start in starts(found))
    step = 1000 if whole_seconds else 1
    assert texts(found) == [text for _, text in SAID]
    for start, (ms, _) in zip(starts(found), SAID, strict=True):
        assert abs(start - ms // step * step) <= (34 if known.name in PICTURES else 0)


@pytest.mark.parametrize("known", FORMATS, ids=NAMES)
def test_every_cue_is_accounted_for(known):
    found = read(FILES[known.name])
    assert found.cues_present == len(found.cues) + found.merged + sum(
        one.whole for one in found.removed
    )


@pytest.mark.parametrize("known", FORMATS, ids=NAMES)
def test_times_are_whole_milliseconds_that_never_fall(known):
    found = read(FILES[known.name])
    assert all(type(ms) is int for cue in found.cues for ms in (cue.start_ms, cue.end_ms))
    assert starts(found) == sorted(starts(found))
    assert all(cue.start_ms <= cue.end_ms for cue in found.cues)


@pytest.mark.parametrize("known", (*JSON, *TEXT), ids=lambda known: known.name)
def test_leading_blank_lines_and_a_mark_do_not_hide_a_format(known):
    assert sniff(b"\xef\xbb\xbf\n \n" + FILES[known.name].read_bytes(), "talk") is known


@pytest.mark.parametrize(
    "text",
    [
        '{"results": {"items": [{"start_time": "1.0", "alternatives": [{"content": "A"}]}]}}',
        "Ada Quill  0:04\nA bridge is a promise.\n\nBo Marsh  0:01\nNobody applauds a bolt.",
        "9:00 Coffee\n9:30 Knots\n" + "We meet by the boats and bring our own rope.\n" * 9,
        "Shopping: bread at 10:30, rope at 11:00.\nNails.\nGlue.\nPaint.\nA new broom.\nTape.",
    ],
)
def test_a_neighbouring_format_is_not_taken_for_ours(text):
    assert sniff(text.encode(), "talk") is None


@pytest.mark.parametrize("lead", ["", "\n" * 70_000])
def test_a_format_is_told_by_the_first_64_kib(lead):
    assert (sniff((lead + SRT).encode(), "talk") is None) == bool(lead)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32", b""),
    ],
)
@pytest.mark.parametrize("text", [VTT, SRT, PAGE], ids=["vtt", "srt", "page"])
def test_marked_encodings_are_read_without_a_note(text, encoding, mark):
    accented = text.replace("promise kept", "promesse tenue – “là”")
    found = read_bytes(mark + accented.encode(encoding), "talk")
    assert texts(found)[0] == "A bridge is a promesse tenue – “là” daily."
    assert found.notes == ()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Мост это обещание, которое держат каждый день. Никто не хлопает болту."),
        ("cp1252", "Le pont tient sa promesse été comme hiver, à l’aube et après la fête, voilà."),
        ("cp1252", "Die Brücke hält, was sie verspricht, und der Bolzen wird nie müde."),
        ("cp1250", "Most je slib, který držíme každý den, a šroubu nikdo nezatleská, přátelé."),
    ],
)
def test_an_old_encoding_is_guessed_and_said(encoding, text):
    raw = "".join(f"{n}\n00:00:0{n},0 --> 00:00:0{n},9\n{n} {text}\n\n" for n in range(1, 9))
    found = read_bytes(raw.encode(encoding), "talk.srt")
    assert texts(found) == [f"{n} {text}" for n in range(1, 9)]
    assert found.notes == (f"is not UTF-8 (line 3): read as {encoding}, a guess",)


@pytest.mark.parametrize(
    ("text", "title", "language"),
    [
        (PAGE, "Bridges and the people who oil them", None),
        (VTT, "Bridges", None),
        (VTT.replace(" - Bridges", "\nKind: captions\nLanguage: de-AT"), None, "de-AT"),
        (VTT.replace(" - Bridges", "\n\nNOTE language: fr"), None, "fr"),
        (FILES["whisper_json"].read_text(), None, "en"),
        (SRT, None, None),
    ],
)
def test_title_and_language_are_those_of_the_file(text, title, language):
    found = read_bytes(text.encode(), "talk")
    assert (found.details.title, found.details.language) == (title, language)
