"""Files that are no transcript: what is said about each, and how fast."""

import os
import time

import pytest
from transcript_files import SRT, VTT, read_text

from bot.errors import TranscriptError
from bot.transcripts import read, read_bytes


def refusal(path, **limits):
    with pytest.raises(TranscriptError) as caught:
        read(path, **limits)
    return caught.value


def write(folder, raw):
    path = folder / "talk.srt"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("raw", "reason", "line"),
    [
        (b"", "is empty", None),
        (b" \n\t\r\n ", "is empty", None),
        (b"\xef\xbb\xbf", "is empty", None),
        (b"\xef\xbb\xbf \n", "is empty", None),
        (b"\xff\xfe", "is empty", None),
        (b"%PDF-1.7 rope", "is a PDF", None),
        (b"PK\x03\x04rope", "is a zip archive", None),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture", None),
        (b"\xff\xd8\xff\xe0rope", "is a JPEG picture", None),
        (b"ID3\x04rope", "is an MP3 recording", None),
        (b"RIFF\x00\x00\x00\x00WAVE", "is a WAV or AVI recording", None),
        (b"OggS\x00rope", "is an Ogg recording", None),
        (b"fLaC\x00rope", "is a FLAC recording", None),
        (b"\x1aE\xdf\xa3rope", "is a Matroska or WebM recording", None),
        (b"\x00\x00\x00\x20ftypisom", "is an MP4 recording", None),
        (b"\x1f\x8b\x08rope", "is a gzip archive", None),
        (b"SQLite format 3\x00", "is a SQLite database", None),
        (bytes(range(256)) * 4, "is binary", None),
        (SRT.encode("utf-16-le"), "is binary", None),
        (b"\xff\xfe" + SRT.encode("utf-16-le") + b"x", "begins as UTF-16 but is not", 12),
        (b"\xef\xbb\xbf1\n2\n\xff", "begins as UTF-8 but is not", 3),
        (b"Rope holds.", "is not a transcript", None),
        (b"Rope holds. " * 40, "has words but no timestamps", None),
        (b'{"rope": [1, 2]}', "is JSON, but no transcript", None),
        (b"WEBVTT", "has no cues", None),
        (b"0:01 |\n0:02 |\n0:03", "has cues, but no words", None),
        (b"0:09 | Rope.\n0:02 | Knots.", "the time runs backwards", 2),
        (b'[{"start": 1,\n"text": "Rope."', "is not whole JSON", 2),
    ],
)
def test_a_refusal_names_file_line_reason_and_remedy(tmp_path, raw, reason, line):
    path = write(tmp_path, raw)
    error = refusal(path)
    assert error.reason.startswith(reason)
    assert (error.path, error.line, error.exit_code) == (path, line, 3)
    where = f"{path} line {line}" if line else str(path)
    assert str(error) == f"{where}: {error.reason}; {error.remedy}"
    assert error.remedy
    assert "\n" not in str(error)


def test_a_folder_is_refused(tmp_path):
    assert refusal(tmp_path).reason == "is a folder"


def test_a_missing_file_is_refused(tmp_path):
    error = refusal(tmp_path / "gone.vtt")
    assert (error.reason, error.path.name) == ("there is no such file", "gone.vtt")


def test_a_path_through_a_file_is_refused(tmp_path):
    assert refusal(write(tmp_path, b"x") / "talk.vtt").reason.startswith("cannot be read")


@pytest.mark.parametrize(("size", "limit"), [(3_000_001, 3), (65_000_000, 64), (4 * 10**9, 64)])
def test_a_file_over_the_limit_is_refused_unread(tmp_path, size, limit):
    path = write(tmp_path, b"")
    os.truncate(path, size)
    error = refusal(path, max_mb=limit)
    assert f"over the limit of {limit} MB" in error.reason
    assert error.exit_code == 3


def test_a_file_at_the_limit_is_read(tmp_path):
    path = write(tmp_path, SRT.encode().ljust(1_000_000))
    assert len(read(path, max_mb=1).cues) == 3


MB = 10**6
LONG = "rope " * (2 * MB)
LIMIT_S = 8  # of processor time; what is not linear takes hours


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        pytest.param(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{LONG}\n", 1, id="vtt"),
        pytest.param(f"0:01 | a\n0:02 | {LONG}\n", 2, id="page text"),
        pytest.param(f'[{{"start": 1, "text": "{LONG}"}}]', 1, id="json"),
        pytest.param(f"{VTT}\n00:09{LONG} --> 00:10", 3, id="before an arrow"),
        pytest.param(f"{VTT}\n{' ' * 2 * MB}x y --> 00:10", 3, id="spaces before an arrow"),
        pytest.param(f"{VTT}\n{'<v' + ' ' * 2 * MB}", 3, id="an open voice tag"),
        pytest.param(f"{VTT}\n{'<v a ' * MB}", 3, id="open voice tags"),
        pytest.param(f"{VTT}\n{'<i ' * MB}", 3, id="open tags"),
        pytest.param(f"{VTT}\n{'&' * 3 * MB}", 3, id="ampersands"),
    ],
)
def test_megabytes_in_a_line_are_read_in_seconds(text, cues):
    begun = time.process_time()
    found = read_text(text)
    assert time.process_time() - begun < LIMIT_S
    assert len(found.cues) == cues


@pytest.mark.parametrize("filler", ["\n", " \n", "1\n", "-\n", "[\n", "0:0\n", "{\\"])
def test_text_of_no_format_is_refused_in_seconds(filler):
    begun = time.process_time()
    with pytest.raises(TranscriptError):
        read_bytes(("x" + filler * 200_000).encode(), "talk")
    assert time.process_time() - begun < 3
