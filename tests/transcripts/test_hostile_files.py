"""Extras that are missing, XML that would blow up, archives that unpack to too much."""

import io
import sys
import zipfile

import pytest
from transcript_files import FILES

from bot.errors import TranscriptError
from bot.transcripts import read, read_bytes


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("word_document", "docx", "pullquote[docx]"),
        ("scc", "ttconv.srt.writer", "pullquote[broadcast]"),
        ("ebu_stl", "ttconv.srt.writer", "pullquote[broadcast]"),
    ],
)
def test_a_missing_extra_is_named(monkeypatch, name, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(TranscriptError) as caught:
        read(FILES[name])
    assert f"install {extra}" in str(caught.value)


BOMB = """<?xml version="1.0"?>
<!DOCTYPE tt [<!ENTITY a "rope rope"><!ENTITY b "&a;&a;&a;&a;">]>
<tt><body><p begin="1s" end="2s">&b;</p></body></tt>"""
OUTSIDE = BOMB.replace('"rope rope"', 'SYSTEM "file:///etc/hostname"')


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_xml_with_entities_of_its_own_is_refused(text):
    with pytest.raises(TranscriptError, match="declares entities"):
        read_bytes(text.encode(), "talk.ttml")


def test_a_caption_without_end_is_refused():
    text = FILES["scc"].read_text("utf-8").replace("62ef", "62ef " * 10_000, 1)
    with pytest.raises(TranscriptError, match=r"line \d+: has 5\d,\d+ letters of one caption"):
        read_bytes(text.encode(), "talk.scc")


def test_xml_nested_out_of_measure_is_refused():
    deep = f"<tt><body>{'<div>' * 5000}{'</div>' * 5000}</body></tt>"
    with pytest.raises(TranscriptError, match="nested too deeply"):
        read_bytes(deep.encode(), "talk.ttml")


def test_broken_xml_is_refused_with_its_line():
    text = FILES["ttml"].read_text("utf-8")
    with pytest.raises(TranscriptError, match=r"line \d+.*not whole XML"):
        read_bytes(text[: len(text) // 2].encode(), "talk.ttml")


def test_a_document_that_unpacks_to_too_much_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"\0" * 210_000_000)
    with pytest.raises(TranscriptError, match="unpacks to 210 MB"):
        read_bytes(packed.getvalue(), "talk.docx")


def test_a_torn_document_is_refused():
    raw = FILES["word_document"].read_bytes()
    assert b"word/document.xml" in raw[:5000]
    with pytest.raises(TranscriptError, match="no whole Word document"):
        read_bytes(raw[: len(raw) // 2], "talk.docx")
