"""A query as the database is asked it: full text in SQLite and in PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from bot.library.asking import Clause, Phrase, Query, Range
from bot.store.searched import ANY, LENGTH_BIT, LENGTHS, SCORE_BIT, SCORES
from bot.store.watching import INDEXES, document
from bot.terms import is_beginning


@dataclass(frozen=True, slots=True)
class _Asked:
    """A condition and the values bound in it."""

    sql: str
    values: dict[str, str | int]


def places(connection: Connection, table: str, query: Query, most: int, offset: int) -> list[int]:
    """The places of what matches, in order of place."""
    is_sqlite = connection.dialect.name == "sqlite"
    source, place = (INDEXES[table], "rowid") if is_sqlite else (table, "place")
    asked = _sqlite(source, query) if is_sqlite else _server(query)
    within = " AND ".join([asked.sql, *_numbers(query.ranges, place)])
    # Of ours are all names and numbers in it; what a person wrote is bound. One text for all
    # places: twenty thousand rows would take longer to receive than to find.
    found = f"SELECT {place} AS place FROM {source} WHERE {within} ORDER BY {place}"  # noqa: S608
    joined = "group_concat(place)" if is_sqlite else "string_agg(CAST(place AS text), ',')"
    listed = connection.scalar(
        text(f"SELECT {joined} FROM ({found} LIMIT :most OFFSET :offset) AS found"),  # noqa: S608
        {**asked.values, "most": most, "offset": offset},
    )
    return sorted(map(int, listed.split(","))) if listed else []


def _sqlite(source: str, query: Query) -> _Asked:
    """Terms are letters, digits, ``=`` and ``_`` alone, so none can be taken for an operator."""
    wanted = [_either(one.phrases) for one in query.clauses if not one.negated]
    unwanted = [_either(one.phrases) for one in query.clauses if one.negated]
    match = " AND ".join(wanted or [_quoted((ANY,))])
    if unwanted:
        match = f"({match}) NOT ({' OR '.join(unwanted)})"
    return _Asked(f"{source} MATCH :match", {"match": match})


def _either(phrases: tuple[Phrase, ...]) -> str:
    return f"({' OR '.join(map(_quoted, phrases))})"


def _quoted(phrase: Phrase) -> str:
    whole = f'"{" ".join(phrase)}"'
    return f"{whole} *" if is_beginning(phrase[-1]) else whole


def _server(query: Query) -> _Asked:
    """The terms are found by the index; that they stand together, in the rows it gives."""
    conditions, values = [], dict[str, str | int]()
    words = [_tsquery(one) for one in query.clauses if not one.negated or _is_single(one)]
    values["match"] = " & ".join(words or [f"'{ANY}'"])
    conditions.append(f"{document()} @@ CAST(:match AS tsquery)")
    for at, one in enumerate(query.clauses):
        if not _is_single(one):
            likes = [f"{_ROW} LIKE :like_{at}_{number}" for number in range(len(one.phrases))]
            values |= {f"like_{at}_{number}": _like(p) for number, p in enumerate(one.phrases)}
            conditions.append(f"{'NOT ' if one.negated else ''}({' OR '.join(likes)})")
    return _Asked(" AND ".join(conditions), values)


_ROW = "(' ' || words || ' ' || marks || ' ')"


def _is_single(clause: Clause) -> bool:
    return all(len(phrase) == 1 for phrase in clause.phrases)


def _tsquery(clause: Clause) -> str:
    either = " | ".join(f"({' & '.join(map(_lexeme, phrase))})" for phrase in clause.phrases)
    return f"!({either})" if clause.negated else f"({either})"


def _lexeme(term: str) -> str:
    return f"'{term}':*" if is_beginning(term) else f"'{term}'"


def _like(phrase: Phrase) -> str:
    whole = " ".join(phrase).replace("_", r"\_")
    return f"% {whole}%" if is_beginning(phrase[-1]) else f"% {whole} %"


def _numbers(ranges: tuple[Range, ...], place: str) -> Iterator[str]:
    for one in ranges:
        within = _score(one, place) if one.key == "score" else _length(one, place)
        yield f"NOT ({within})" if one.negated else within


def _score(one: Range, place: str) -> str:
    """Places of these scores: the best come first, so the higher score has the lower place."""
    first = max(0, SCORES - int(min(one.high, 101) * 1000 + 1e-6))
    last = SCORES - int(max(one.low, 0) * 1000 + 1 - 1e-6)
    stop = (last + 1) << SCORE_BIT if last >= 0 else 0
    return f"{place} >= {first << SCORE_BIT} AND {place} < {stop}"


def _length(one: Range, place: str) -> str:
    low, high = min(int(one.low), LENGTHS), int(one.high)
    within = f"({place} >> {LENGTH_BIT} & {LENGTHS})"
    return f"{within} >= {low}" + (f" AND {within} <= {high}" if high < LENGTHS else "")
