"""Finds quotes by what they say and what is known of them: relevance first, or the best first.

All that is asked has to hold, so what BM25 gives for a rare word is the same in every match. What
is left of it, how often the words occur for the length of the quote, is reckoned here, alike for
every database. (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework: BM25 and
Beyond.) Of more matches than can be compared, the best quotes come first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.errors import InputError, QueryError
from bot.library.asking import Phrase, Query
from bot.library.matching import places
from bot.library.query import talk_by_id
from bot.library.rows import quote_of, quote_rows
from bot.model import Quote
from bot.store.schema import quote_index, quotes, talks
from bot.store.searched import BETWEEN, LENGTH_BIT, LENGTHS
from bot.terms import is_beginning, placed

MOST = 20_000  # matches that are compared
_ALL, _AT_ONCE = 2**31, 500  # more than any library has; quotes read by one statement
_READ = 300  # of them whose words are read; those with the fewest characters
_K1, _B, _USUAL = 1.2, 0.75, 20  # BM25's two constants, and the terms of a usual quote

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found.

    ``marked`` are, for each quote, the characters of ``shown`` (first and stop) that were looked
    for. There are ``total`` matches, or with ``more`` more than that.
    """

    quotes: tuple[Quote, ...]
    marked: tuple[tuple[Span, ...], ...]
    total: int
    more: bool = False


def search(
    connection: Connection, query: Query, limit: int, offset: int = 0, most: int = MOST
) -> Found:
    """The quotes that match, from the ``offset``-th on; ``most`` are compared.

    Raises QueryError for a talk that is not there.
    """
    check_talks(connection, query)
    matches = places(connection, "quote_index", query, most + 1, 0)
    more = len(matches) > most
    if not more and query.words:
        matches = _by_relevance(connection, matches, query.words)
    page = matches[offset : offset + limit]
    if more and offset + limit > most:
        page = places(connection, "quote_index", query, limit, offset)
    found = _quotes_at(connection, page)
    spans = tuple(marked(quote.shown, query.words) for quote in found)
    return Found(found, spans, min(len(matches), most), more)


def every(connection: Connection, query: Query) -> tuple[Quote, ...]:
    """All quotes that match, in the order of ``search``; QueryError for a talk not there."""
    check_talks(connection, query)
    matches = places(connection, "quote_index", query, _ALL, 0)
    if len(matches) <= MOST and query.words:
        matches = _by_relevance(connection, matches, query.words)
    pages = (matches[first : first + _AT_ONCE] for first in range(0, len(matches), _AT_ONCE))
    return tuple(quote for page in pages for quote in _quotes_at(connection, page))


def check_talks(connection: Connection, query: Query) -> None:
    """Raise QueryError for a talk that is not there, with the one that was probably meant."""
    for name, at in query.talks:
        if connection.scalar(select(talks.c.id).where(talks.c.id == name)) is None:
            try:
                meant = talk_by_id(connection, name).id
            except InputError as error:
                raise QueryError(query.text, at, error.reason, remedy=error.remedy) from error
            remedy = f"did you mean 'talk:{meant}'?"
            raise QueryError(query.text, at, f"there is no talk '{name}'", remedy=remedy)


def _by_relevance(
    connection: Connection, matches: Sequence[int], words: Sequence[Phrase]
) -> list[int]:
    """The most relevant first; those not read follow, the shortest first, as they have one each."""
    by_length = sorted(matches, key=lambda place: place >> LENGTH_BIT & LENGTHS)
    read, rest = by_length[:_READ], by_length[_READ:]
    columns = (quote_index.c.place, quote_index.c.words)
    rows = connection.execute(select(*columns).where(quote_index.c.place.in_(read)))
    weights = {place: relevance(text.partition(BETWEEN)[0], words) for place, text in rows}
    return sorted(read, key=lambda place: (-weights[place], place)) + rest


def relevance(text: str, words: Sequence[Phrase]) -> float:
    """How much a text of terms with spaces between says of the words, by BM25 without rarity."""
    padded = f" {text} "
    length = _K1 * (1 - _B + _B * (text.count(" ") + 1) / _USUAL)
    times = (padded.count(_run(phrase)) for phrase in words)
    return sum(count * (_K1 + 1) / (count + length) for count in times)


def _run(phrase: Phrase) -> str:
    return f" {' '.join(phrase)}" + ("" if is_beginning(phrase[-1]) else " ")


def _quotes_at(connection: Connection, page: Sequence[int]) -> tuple[Quote, ...]:
    """The quotes at these places, but those that another program took away since."""
    at = quote_index.c.place
    rows = quote_rows().join(quote_index, quote_index.c.quote == quotes.c.id)
    found = {
        row.place: quote_of(row)
        for row in connection.execute(rows.add_columns(at).where(at.in_(page)))
    }
    return tuple(found[place] for place in page if place in found)


def marked(text: str, words: Sequence[Phrase]) -> tuple[Span, ...]:
    """The characters of a text that were looked for: first and stop, in order, none twice."""
    there = placed(text)
    spans = sorted(span for phrase in words for span in _occurrences(there, phrase))
    joined: list[Span] = []
    for first, stop in spans:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((first, stop))
    return tuple(joined)


def _occurrences(there: Sequence[tuple[str, int, int]], phrase: Phrase) -> list[Span]:
    if is_beginning(phrase[-1]):
        return [(first, first + 1) for term, first, _ in there if term[:1] == phrase[-1]]
    length = len(phrase)
    runs = (there[at : at + length] for at in range(len(there) - length + 1))
    same = (run for run in runs if tuple(term for term, _, _ in run) == phrase)
    return [(run[0][1], run[-1][2]) for run in same]
