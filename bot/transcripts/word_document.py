"""Word documents: the text of their paragraphs and tables, read as the text formats are."""

import io
import zipfile

from bot.errors import TranscriptError
from bot.transcripts.base import Body, Format

_BODY = "word/document.xml"
_MOST_BYTES = 200_000_000  # unpacked


def _sniff(raw: bytes) -> bool:
    return raw.startswith(b"PK\x03\x04") and _BODY.encode() in raw


def _read(raw: bytes, source: str) -> Body:
    from bot.transcripts import told_by_text  # it knows the text formats, and this one

    text = _text(raw, source)
    found = told_by_text(text)
    if found is None:
        reason = "is a Word document without timestamps in a known form"
        raise TranscriptError(source, reason, remedy="export it with its times, or as WebVTT")
    return found.read(text, source)


def _text(raw: bytes, source: str) -> str:
    try:
        import docx
    except ImportError as error:
        remedy = "install pullquote[docx] to read it"
        raise TranscriptError(source, "is a Word document", remedy=remedy) from error
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _MOST_BYTES:
            raise ValueError(f"it unpacks to {size / 1e6:,.0f} MB")
        document = docx.Document(io.BytesIO(raw))
        lines = [line for block in document.iter_inner_content() for line in _lines(block)]
    except Exception as error:
        reason = " ".join(f"is no whole Word document: {error}".split())[:200]
        raise TranscriptError(source, reason, remedy="save it again in Word") from error
    return "\n".join(lines)


def _lines(block: object) -> list[str]:
    """The lines of a paragraph, or of a table a line a row."""
    rows = getattr(block, "rows", None)
    if rows is None:
        return [str(getattr(block, "text", ""))]
    return ["  ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in rows]


WORD_DOCUMENT = Format(
    "word_document",
    "Word document (with pullquote[docx])",
    _sniff,
    _read,
    programs="Teams, Otter, Rev, people",
    speakers="as in turn text",
    word_times="no",
    lost="pictures, footnotes, comments",
)
