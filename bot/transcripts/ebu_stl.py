"""EBU STL (EBU Tech 3264), read with ttconv."""

import re

from bot.transcripts.base import Body, Format
from bot.transcripts.broadcast import read_with_ttconv

_HEADER = re.compile(rb"\d{3}STL\d\d\.\d\d")


def _sniff(raw: bytes) -> bool:
    return bool(_HEADER.match(raw))


def _read(raw: bytes, source: str) -> Body:
    return read_with_ttconv(raw, source, "EBU STL")


EBU_STL = Format(
    "ebu_stl",
    "EBU STL (with pullquote[broadcast])",
    _sniff,
    _read,
    programs="European broadcasters",
    speakers="no",
    word_times="no",
    lost="positions, colours",
)
