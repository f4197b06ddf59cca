"""A library of made-up words for ``benchmarks.library``: the same quotes for the same number.

Words are syllables put together, as frequent as Zipf has them; talks of forty quotes, with the
speakers, tags, dates and decisions that filters look for. No text of anybody's.
"""

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from random import Random

from sqlalchemy import Connection, insert

from bot.model import Cue
from bot.store import open_store
from bot.store.packing import pack
from bot.store.schema import quotes, talks, transcripts

WORDS, SPEAKERS, TAGS, OF_TALK = 60_000, 3_000, 200, 40
_AT_ONCE = 1250  # talks of one transaction
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def word(rank: int) -> str:
    """The word that is the ``rank``-th most frequent, from 0."""
    made, left = "", rank
    while True:
        left, at = divmod(left, len(_SYLLABLES))
        made += _SYLLABLES[at]
        if not left:
            return made + ("" if len(made) > 2 else "n")
        left -= 1


def speaker(number: int) -> str:
    """The name of a speaker."""
    return f"{word(number % 90).title()} {word(500 + number).title()}"


def make(path: Path, number: int) -> None:
    """Write a library of so many quotes."""
    random = Random(7)
    known = [word(rank) for rank in range(WORDS)]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
    lines = _lines(random, known, weights)
    with open_store(path) as store:
        for first in range(0, -(-number // OF_TALK), _AT_ONCE):
            last = min(first + _AT_ONCE, -(-number // OF_TALK))
            with store.write() as connection:
                connection.exec_driver_sql("PRAGMA cache_size = -600000")  # kB
                _write(connection, random, range(first, last), lines, number)


def _write(
    connection: Connection, random: Random, some: range, lines: Iterator[str], number: int
) -> None:
    connection.execute(insert(talks), [_talk(at) for at in some])
    connection.execute(insert(transcripts), [_transcript(at) for at in some])
    rows = [
        _quote(random, at * OF_TALK + place, line)
        for at in some
        for place, line in enumerate(islice(lines, min(OF_TALK, number - at * OF_TALK)))
    ]
    connection.execute(insert(quotes), rows)


def _lines(random: Random, known: list[str], weights: list[float]) -> Iterator[str]:
    while True:
        chosen = random.choices(known, cum_weights=weights, k=random.randint(7, 36))
        yield " ".join(chosen).capitalize() + "."


def _talk(at: int) -> dict[str, object]:
    day = _NOW - timedelta(days=at % 3650)
    return {
        "id": f"talk-{at}",
        "title": f"Talk {at}",
        "speakers": [speaker(at % SPEAKERS)],
        "duration_ms": 3_600_000,
        "created_at": _NOW,
        "date": day.date().isoformat(),
        "glossary": {},
    }


def _transcript(at: int) -> dict[str, object]:
    cues = pack((Cue(0, 4000, word(at % WORDS)),))
    names = {"source": "made.txt", "format": "page-text", "source_hash": f"{at:064x}"}
    return {
        **names,
        "id": at + 1,
        "talk": f"talk-{at}",
        "raw": b"",
        "cues": cues,
        "cues_present": 1,
        "notes": [],
        "fingerprint": zlib.crc32(cues).to_bytes(4, "big"),
        "read_at": _NOW,
    }


def _quote(random: Random, number: int, line: str) -> dict[str, object]:
    talk, place = divmod(number, OF_TALK)
    tags = [f"tag{int(random.random() ** 3 * TAGS)}" for _ in range(random.choice((0, 0, 0, 1, 2)))]
    return {
        "id": "q" + "".join(_DIGITS[number >> 5 * at & 31] for at in range(5)),
        "talk": f"talk-{talk}",
        "transcript": talk + 1,
        "said": line if random.random() < 0.6 else f"And {line}",
        "shown": line,
        "edits": [],
        "start_ms": place * 60_000,
        "end_ms": place * 60_000 + 9000,
        "approximate": False,
        "speaker": speaker(talk % SPEAKERS),
        "how": "labelled",
        "confidence": 1.0,
        "score": round(100 * random.betavariate(2, 3), 4),
        "reasons": _REASONS,
        "flags": ["proposed"] if random.random() < 0.02 else [],
        "tags": tags,
        "status": random.choices(("candidate", "approved", "rejected"), (80, 15, 5))[0],
        "language": "en",
        "created_at": _NOW,
        "note": "",
        "revision": 0,
    }


_REASONS = json.loads('[{"feature": "contrast", "contribution": 0.4}]') * 12
