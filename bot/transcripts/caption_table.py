"""Tables of captions: Whisper's TSV in milliseconds, CSV with a start, a text, a speaker."""

import csv
import io
import re
from collections.abc import Sequence
from operator import sub
from statistics import median_low

from bot.clock import clock_ms
from bot.errors import TranscriptError
from bot.transcripts.base import Body, Format
from bot.transcripts.timed_rows import Row, body_of_rows

_START = ("start", "start_time", "starttime", "start time", "begin", "from", "in", "timestamp")
_END = ("end", "end_time", "endtime", "end time", "stop", "to", "out")
_TEXT = ("text", "caption", "subtitle", "sentence", "transcript", "content", "words", "body")
_SPEAKER = ("speaker", "name", "speaker_name", "voice", "actor")
_DELIMITERS = "\t;,|"


def _sniff(head: str) -> bool:
    return _columns(head) is not None


def _columns(text: str) -> tuple[str, dict[str, int]] | None:
    """The delimiter and where the columns stand, by the header line."""
    header = text.lstrip("\ufeff \n").split("\n", 1)[0]
    for delimiter in _DELIMITERS:
        names = [name.strip(" \"'").casefold() for name in header.split(delimiter)]
        known = (("start", _START), ("end", _END), ("text", _TEXT), ("speaker", _SPEAKER))
        places = {
            key: next(names.index(each) for each in words if each in names)
            for key, words in known
            if any(each in names for each in words)
        }
        if {"start", "text"} <= set(places):
            return delimiter, places
    return None


def _read(text: str, source: str) -> Body:
    delimiter, places = _columns(text) or (",", {})
    lines = io.StringIO(text.lstrip("\ufeff \n"))
    if delimiter == "\t":  # Whisper quotes nothing
        table = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        table = csv.reader(lines, delimiter=delimiter)
    try:
        rows = [(table.line_num, row) for row in table if any(row)][1:]
    except csv.Error as error:
        reason = f"is no whole table: {error}"
        remedy = "export it again"
        raise TranscriptError(source, reason, line=table.line_num, remedy=remedy) from error
    cells = [{key: row[at] for key, at in places.items() if at < len(row)} for _, row in rows]
    unit = _unit([one.get("start", "") for one in cells])
    return body_of_rows(
        Row(
            _ms(one.get("start", ""), unit),
            _ms(one.get("end", ""), unit),
            one.get("text", ""),
            one.get("speaker", "").strip() or None,
            line=line,
        )
        for (line, _), one in zip(rows, cells, strict=True)
    )


def _unit(starts: Sequence[str]) -> int:
    """Milliseconds in one unit: 1 for whole numbers that step by over 100, else 1000."""
    whole = [int(start) for start in starts if re.fullmatch(r"\d{1,12}", start)]
    if not starts or len(whole) < len(starts):
        return 1000
    steps = list(map(sub, whole[1:], whole)) or whole
    return 1 if median_low(steps) > 100 else 1000


def _ms(time: str, unit: int) -> int | None:
    if unit == 1:
        return int(time) if re.fullmatch(r"\d{1,12}", time.strip()) else None
    return clock_ms(time.strip().removesuffix("s"))


CAPTION_TABLE = Format(
    "caption_table",
    "TSV and CSV with a start and a text",
    _sniff,
    _read,
    programs="Whisper (--output_format tsv), editors, spreadsheets",
    speakers="in a column",
    word_times="where a row is a word",
)
