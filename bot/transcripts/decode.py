"""Bytes to text: byte order marks, UTF-8, then a guess that is said aloud."""

from bot.errors import TranscriptError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BINARY = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive (docx, xlsx, epub …)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"ID3", "an MP3 recording"),
    (b"RIFF", "a WAV or AVI recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM recording"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "a SQLite database"),
)
_AS_TEXT = "give a transcript as text (WebVTT, SRT, Whisper JSON or a page with times)"
_OLD = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("cp874", "koi8_r", "cp932", "gb18030", "big5", "euc_kr", "euc_jp"),
]
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def decode(raw: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file, its lines ended by ``\\n`` alone, and notes on how it was decoded.

    Raises ``TranscriptError`` if it is no text.
    """
    text, notes = _decode(raw, source)
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decode(raw: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, source), ()
    _refuse_binary(raw, source)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _guess(raw, source, error)


def _strictly(raw: bytes, encoding: str, source: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1  # the mark is not counted
        name = encoding.removesuffix("-sig").upper()
        raise TranscriptError(
            source, f"begins as {name} but is not", line=line, remedy="save it again as UTF-8"
        ) from error


def _refuse_binary(raw: bytes, source: str) -> None:
    kind = next((kind for magic, kind in _BINARY if raw.startswith(magic)), None)
    if kind is None and raw[4:8] == b"ftyp":
        kind = "an MP4 recording"
    if kind:
        raise TranscriptError(source, f"is {kind}, not a transcript", remedy=_AS_TEXT)
    head = raw[:65536]
    if len(head) - len(head.translate(None, _CONTROL)) > len(head) // 50:
        raise TranscriptError(source, "is binary, not text", remedy=_AS_TEXT)


def _guess(raw: bytes, source: str, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    """8-bit text: the most likely old encoding, with a note that it is a guess."""
    from charset_normalizer import from_bytes  # 30 ms, and few files need it

    found = from_bytes(raw[:262144], cp_isolation=_OLD)
    best = found.best()
    line = raw.count(b"\n", 0, error.start) + 1
    if best is not None:
        alike = [one for one in found if (one.chaos, one.coherence) == (best.chaos, best.coherence)]
        western = any("cp1252" in one.could_be_from_charset for one in alike)
        encoding = "cp1252" if western else best.encoding  # the most common one, all else equal
        try:
            text = raw.decode(encoding)
        except UnicodeError:
            pass
        else:
            return text, (f"is not UTF-8 (line {line}): read as {encoding}, a guess",)
    raise TranscriptError(source, "its encoding is not known", line=line, remedy="save it as UTF-8")
