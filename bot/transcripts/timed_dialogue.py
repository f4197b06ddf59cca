"""A list of what each speaker says with ``start_time`` and ``end_time`` as a clock shows them."""

from typing import Any

from bot.model import Details
from bot.transcripts.base import Body, Format
from bot.transcripts.json_reading import dicts, ms, said
from bot.transcripts.pieces import LOOKED_AT, Keys, read_pieces

_KEYS = Keys(start="start_time", end="end_time")


def _sniff(document: Any) -> bool:
    pieces = dicts(document)[:LOOKED_AT]
    return any(
        said(piece.get("text"))
        and ms(piece.get(_KEYS.start)) is not None
        and "alternatives" not in piece
        for piece in pieces
    )


def _read(document: Any, _source: str) -> Body:
    return read_pieces(dicts(document), _KEYS, Details())


TIMED_DIALOGUE = Format(
    "timed_dialogue",
    "JSON dialogue with clock times",
    _sniff,
    _read,
    programs="transcript sites and scripts",
    speakers="yes",
    word_times="no",
)
