"""Scenarist closed captions (CEA-608), read with ttconv."""

from bot.errors import TranscriptError
from bot.transcripts.base import Body, Format
from bot.transcripts.broadcast import read_with_ttconv

_LONGEST = 10_000  # letters of a line; a caption has 500, and ttconv's time grows with the square


def _sniff(head: str) -> bool:
    return head.lstrip("\ufeff \t\r\n").startswith("Scenarist_SCC")


def _read(text: str, source: str) -> Body:
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > _LONGEST:
            reason, remedy = f"has {len(line):,} letters of one caption", "export it again"
            raise TranscriptError(source, reason, line=number, remedy=remedy)
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
