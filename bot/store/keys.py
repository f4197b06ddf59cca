"""The keys by which a talk that comes again is found among very many.

Of each transcript the few smallest numbers of its sketch (``fingerprint``), and a number for the
words of the talk's title. Who shares one is worth a comparison, so the time it takes to keep a talk
does not grow with the library. Two texts that have half of their runs of words in common share one
of the sixteen smallest but once in 65,000 times (2⁻¹⁶).
"""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from struct import iter_unpack

from sqlalchemy import (
    Connection,
    LargeBinary,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    type_coerce,
    union_all,
)

from bot.store.schema import talk_keys, talks, transcripts
from bot.terms import terms

_RUNS = 16  # keys of a transcript
_TITLES = 2**32  # where the numbers of titles begin: those of runs have 32 bits
_CROWD = 200  # talks that are looked at for one key; what more have is a set phrase
_NEAREST = 20  # talks worth a comparison
_NONE = -1


def rekey(connection: Connection, names: Sequence[str]) -> None:
    """Write the keys of these talks anew."""
    connection.execute(delete(talk_keys).where(talk_keys.c.talk.in_(names)))
    sketch = type_coerce(transcripts.c.fingerprint, LargeBinary)  # none without a transcript
    columns = (talks.c.id, talks.c.title, sketch.label("fingerprint"))
    found = select(*columns).outerjoin(transcripts).where(talks.c.id.in_(names))
    rows = {
        (key, row.id)
        for row in connection.execute(found)
        for key in (*_title_keys(row.title), *_run_keys(row.fingerprint or b""))
    }
    if rows:
        values = [{"key": key, "talk": talk} for key, talk in sorted(rows)]
        connection.execute(insert(talk_keys), values)


def likely(connection: Connection, fingerprint: bytes, title: str) -> frozenset[str]:
    """The ids of talks that may have this sketch's text, or have this title: the likeliest few."""
    keys = [*_run_keys(fingerprint)]
    keys += [_NONE] * (_RUNS - len(keys))
    by_words = connection.scalars(_sharing(), {f"key_{at}": key for at, key in enumerate(keys)})
    named = select(talk_keys.c.talk).where(talk_keys.c.key.in_(_title_keys(title)))
    return frozenset((*by_words, *connection.scalars(named.limit(_NEAREST))))


@cache
def _sharing() -> Select[tuple[str]]:
    """The talks that share the most keys, each key's crowd looked at only so far."""
    crowds = [
        select(talk_keys.c.talk).where(talk_keys.c.key == bindparam(f"key_{at}")).limit(_CROWD)
        for at in range(_RUNS)
    ]
    every = union_all(*(select(crowd.subquery().c.talk) for crowd in crowds)).subquery()
    most = func.count().desc()
    return select(every.c.talk).group_by(every.c.talk).order_by(most, every.c.talk).limit(_NEAREST)


def _run_keys(fingerprint: bytes) -> Iterator[int]:
    usable = fingerprint[: len(fingerprint) // 4 * 4]
    return (number for (number,) in iter_unpack(">I", usable[: 4 * _RUNS]))


def _title_keys(title: str) -> list[int]:
    """One, or for a title without words none."""
    plain = " ".join(terms(title)).encode()
    return [_TITLES + int.from_bytes(blake2b(plain, digest_size=6).digest())] if plain else []
