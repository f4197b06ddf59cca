"""Scenarist closed captions (CEA-608), read with ttconv."""

from bot.transcripts.base import Body, Format
from bot.transcripts.broadcast import read_with_ttconv


def _sniff(head: str) -> bool:
    return head.lstrip("\ufeff \t\r\n").startswith("Scenarist_SCC")


def _read(text: str, source: str) -> Body:
    return read_with_ttconv(text.lstrip("\ufeff \n"), source, "SCC captions")


SCC = Format(
    "scc",
    "SCC (with pullquote[broadcast])",
    _sniff,
    _read,
    programs="American broadcasters",
    speakers="as >>",
    word_times="no",
    lost="positions, colours",
)
