"""The query language of search: ``speaker:ada status:approved "an exact phrase" -ramp``. Pure.

Words stand for themselves; ``"…"`` keeps words together; ``key:value`` filters, its value quoted
if it has spaces; a comma between values means either; ``-`` before any of them means not. All that
is asked has to hold. What is not understood is a ``QueryError`` with its place in the query.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NoReturn, get_args

from bot.errors import QueryError
from bot.library.days import calendar
from bot.model import Status
from bot.networks import NETWORKS
from bot.terms import mark, sought

_LONGEST, _MOST = 1000, 40  # characters and parts of a query
_PART = re.compile(r'(?P<minus>-?)(?:(?P<key>[^\W\d_]+):)?(?P<value>(?:"[^"]*"|[^\s"])*)')
_VALUE = re.compile(r'(?:"[^"]*"|[^,"])+')
_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,6})?")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WHOLE = re.compile(r"\d+")
_FIRST, _LAST = date(1900, 1, 1).toordinal(), date(2099, 12, 31).toordinal()

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One of these phrases has to be there, or with ``negated`` none of them may."""

    phrases: tuple[Phrase, ...]
    negated: bool = False
    key: str | None = None  # None: words of the text
    at: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """A number from ``low`` to ``high``, both included; ``negated``: any other."""

    key: str
    low: float
    high: float
    negated: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for. ``talks`` are ids as they were written, with their place in the query."""

    text: str
    clauses: tuple[Clause, ...] = ()
    ranges: tuple[Range, ...] = ()
    talks: tuple[tuple[str, int], ...] = ()

    @property
    def words(self) -> tuple[Phrase, ...]:
        """What of the text is looked for: phrases of one or more terms."""
        wanted = (one for one in self.clauses if one.key is None and not one.negated)
        return tuple(phrase for one in wanted for phrase in one.phrases)


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a query; ``at`` counts its characters from 1."""

    query: str
    at: int
    key: str
    value: str
    negated: bool

    @property
    def written(self) -> str:
        return f"{self.key}:{self.value}"

    def refuse(self, reason: str, remedy: str) -> NoReturn:
        raise QueryError(self.query, self.at, reason, remedy=remedy)


def parse(text: str) -> Query:
    """The query a person wrote; an empty one asks for everything. Raises QueryError."""
    if len(text) > _LONGEST:
        raise QueryError(
            text[:30] + "…",
            _LONGEST + 1,
            f"the query has {len(text):,} characters",
            remedy=f"ask with {_LONGEST:,} at the most",
        )
    parts = list(_parts(text))
    if len(parts) > _MOST:
        remedy = f"ask with {_MOST} at the most"
        parts[_MOST].refuse(f"the query has {len(parts)} parts", remedy)
    clauses, ranges, talks = [], [], []
    for part in parts:
        if part.key in _NUMBERS:
            ranges.append(_range(part))
        elif clause := _clause(part):
            clauses.append(clause)
        if part.key == "talk":
            talks += [(value, part.at) for value in _values(part)]
    return Query(text, tuple(clauses), tuple(ranges), tuple(talks))


def _parts(text: str) -> Iterator[_Part]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _PART.match(text, at)
        if match is None or match.end() == at or text[match.end() : match.end() + 1] == '"':
            place = text.index('"', match.end() if match else at)
            remedy = 'close it with another ", or leave it out'
            raise QueryError(text, place + 1, 'the " has no partner', remedy=remedy)
        key = (match["key"] or "").casefold()
        yield _Part(text, at + 1, key, match["value"], bool(match["minus"]))
        at = match.end()


def _clause(part: _Part) -> Clause | None:
    if not part.key:
        return _words(part)
    if part.key not in _KEYS:
        _refuse_key(part)
    phrases = [phrase for value in _values(part) for phrase in _KEYS[part.key](part, value)]
    return Clause(tuple(phrases), part.negated, part.key, part.at)


def _words(part: _Part) -> Clause | None:
    phrase = sought(part.value.replace('"', " "))
    if phrase:
        return Clause((phrase,), part.negated, None, part.at)
    if not part.value or part.value.strip('"').isspace() or part.value == '""':
        what = "a word to leave out" if part.negated else "a word"
        part.refuse(f"there is no word at {part.at}", f"write {what}, as in {_EXAMPLE}")
    return None  # a dash or an ellipsis between words says nothing


_EXAMPLE = "'-ramp \"an exact phrase\"'"


def _refuse_key(part: _Part) -> NoReturn:
    known = [*_KEYS, *_NUMBERS]
    near = get_close_matches(part.key, known, n=1, cutoff=0.6)
    guess = f"did you mean '{near[0]}:'?" if near else f"the filters are {', '.join(known)}"
    remedy = f"{guess} (to look for the words, put them in quotes)"
    part.refuse(f"there is no filter '{part.key}:'", remedy)


def _values(part: _Part) -> list[str]:
    found = [value.replace('"', " ").strip() for value in _VALUE.findall(part.value)]
    if not any(found):
        part.refuse(f"'{part.key}:' has no value", f"write {_HOW[part.key]}")
    return [value for value in found if value]


def _named(part: _Part, value: str) -> Iterator[Phrase]:
    found = tuple(mark("speaker", word) for word in sought(value))
    if not found:
        part.refuse(f"'{value}' is no name", f"write {_HOW[part.key]}")
    yield found


def _exact(part: _Part, value: str) -> Iterator[Phrase]:
    found = mark(part.key, value)
    if not found:
        part.refuse(f"'{value}' has no letter or digit", f"write {_HOW[part.key]}")
    yield (found,)


def _status(part: _Part, value: str) -> Iterator[Phrase]:
    known = get_args(Status)
    if value.casefold() not in known:
        near = get_close_matches(value.casefold(), known, n=1)
        guess = f"did you mean 'status:{near[0]}'?" if near else f"it is one of {', '.join(known)}"
        is_flag = value.casefold() == "proposed"
        remedy = "write flag:proposed" if is_flag else guess
        part.refuse(f"there is no status '{value}'", remedy)
    yield (mark("status", value),)


def _posted(part: _Part, value: str) -> Iterator[Phrase]:
    """A network's name: also one that only a sheet's receipts have, if it is no slip of ours."""
    known = ["any", *NETWORKS]
    near = get_close_matches(value.casefold(), known, n=1)
    if near and value.casefold() not in known:
        part.refuse(f"there is no network '{value}'", f"did you mean 'posted:{near[0]}'?")
    yield from _exact(part, value)


def _dates(part: _Part, value: str) -> Iterator[Phrase]:
    first, last = _bounds(part, value, _days, _FIRST, _LAST)
    if last < _FIRST or first > _LAST:
        yield (mark("date", "never"),)
        return
    days = (date.fromordinal(round(min(max(day, _FIRST), _LAST))) for day in (first, last))
    yield from ((mark("date", name),) for name in calendar(*days))


def _days(part: _Part, text: str) -> tuple[float, float]:
    """The first and the last day of a year, a month or a day, as numbers of days."""
    match = _DATE.fullmatch(text)
    if match is None:
        part.refuse(f"'{text}' is no date", f"write {_HOW['date']}")
    year, month, day = (int(one) if one else None for one in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        part.refuse(f"there is no day '{text}'", "mend its year, month or day")
    if day:
        return first.toordinal(), first.toordinal()
    end = month or 12
    return first.toordinal(), date(first.year, end, monthrange(first.year, end)[1]).toordinal()


def _range(part: _Part) -> Range:
    values = _values(part)
    if len(values) > 1:
        part.refuse(f"'{part.written}' has a comma", f"write {_HOW[part.key]}")
    low, high = _bounds(part, values[0], _number, 0, 1e7)
    if part.key == "score" and _WHOLE.fullmatch(values[0]):  # as tables show it: rounded
        low, high = low - 0.5, high + 0.499
    return Range(part.key, low, high, part.negated, part.at)


def _number(part: _Part, text: str) -> tuple[float, float]:
    if not _NUMBER.fullmatch(text):
        part.refuse(f"'{text}' is no number", f"write {_HOW[part.key]}")
    return float(text), float(text)


def _bounds(
    part: _Part,
    value: str,
    read: Callable[[_Part, str], tuple[float, float]],
    least: float,
    most: float,
) -> tuple[float, float]:
    """The two ends of ``5``, ``>5``, ``<=5``, ``5..7``, ``5..`` or ``..7``."""
    compared = re.fullmatch(r"([<>]=?)(.*)", value)
    if compared:
        sign, step = compared[1], 0.001 if part.key == "score" else 1
        first, last = read(part, compared[2].strip())
        after = {">": last + step, ">=": first}
        before = {"<": first - step, "<=": last}
        return after.get(sign, least), before.get(sign, most)
    lower, dots, upper = value.partition("..")
    if not dots or not (lower or upper):
        return read(part, value)
    low = read(part, lower)[0] if lower else least
    high = read(part, upper)[1] if upper else most
    if low > high:
        part.refuse(f"'{value}' ends before it begins", f"write {upper}..{lower}")
    return low, high


_KEYS: dict[str, Callable[[_Part, str], Iterator[Phrase]]] = {
    "speaker": _named,
    "status": _status,
    "tag": _exact,
    "talk": _exact,
    "flag": _exact,
    "date": _dates,
    "posted": _posted,
}
_NUMBERS = ("score", "length")
_HOW = {
    "speaker": 'a name or part of one: speaker:ada or speaker:"Ada Quill"',
    "status": "status:candidate, approved, rejected or retracted",
    "tag": "tag:ramp",
    "talk": "the id of a talk; `pullquote library list --talks` shows them",
    "flag": 'flag:proposed or flag:"unknown word"',
    "date": "date:2026, date:2026-05, date:2026-05-14 or date:2026-01..2026-06",
    "posted": "posted:any, posted:bluesky or posted:x,mastodon",
    "score": "score:>70, score:<=70 or score:60..80",
    "length": "length:<120 or length:60..120 (characters)",
}
