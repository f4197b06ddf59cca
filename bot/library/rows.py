"""Rows of the store as the model's values, and back; a damaged one raises LibraryError."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any

from sqlalchemy import Row, Select, exists, or_, select

from bot.errors import LibraryError
from bot.library.changed import EDIT, has_shape, misfit
from bot.library.links import deep_link
from bot.library.names import is_talk_id
from bot.library.passages import Passage
from bot.model import (
    ABOUT,
    Attribution,
    Candidate,
    Decision,
    Edit,
    Post,
    Quote,
    Reason,
    Talk,
    Timeline,
)
from bot.store.failures import RESTORE
from bot.store.publishing import posts
from bot.store.schema import decisions, quotes, talks

_OF_QUOTE = tuple(field.name for field in fields(Quote) if field.name in quotes.c)
_REASON: dict[str, type | UnionType] = {"feature": str, "contribution": int | float}


@dataclass(frozen=True, slots=True)
class Stored:
    """A quote as it is kept, and whether a person ever decided on it or it was ever posted."""

    quote: Quote
    decided: bool

    @property
    def standing(self) -> bool:
        """Whether people may still be shown it: not rejected, not retracted."""
        return self.quote.status in ("candidate", "approved")

    @property
    def passage(self) -> Passage:
        """Which passage it is, in the version its words are of."""
        return passage(self.quote, self.quote.transcript)


def passage(span: Candidate, version: int) -> Passage:
    """The part of a candidate or quote that says which passage it is."""
    return Passage(version, span.start_ms, span.end_ms, span.said)


def talk_of(row: Row[Any]) -> Talk:
    """A row of ``talks``; LibraryError for one that files could not be named after."""
    if not is_talk_id(row.id):
        raise _damaged("letters", f"talk {row.id[:40]!r}")
    return Talk(
        row.id,
        row.title,
        _texts(row.speakers, "speakers", f"talk {row.id}"),
        row.event,
        row.url,
        row.date,
        row.language,
        row.duration_ms,
        row.media,
        row.embargo_until,
        row.permission,
        row.timeline,
        _mapping(row.glossary, "glossary", f"talk {row.id}"),
    )


@cache
def quote_rows() -> Select[Any]:
    """Quotes with what ``quote_of`` and ``stored_of`` need."""
    touched = or_(
        exists().where(decisions.c.quote == quotes.c.id),
        exists().where(posts.c.quote == quotes.c.id),
    )
    of_talk = (talks.c.url.label("talk_url"), talks.c.timeline)
    return select(quotes, *of_talk, touched.label("touched")).join(talks)


def quote_of(row: Row[Any]) -> Quote:
    """A row of ``quote_rows`` as people meet it; ``url`` is the link to where it begins."""
    return as_heard(kept_of(row), row.timeline, row.talk_url)


def kept_of(row: Row[Any]) -> Quote:
    """A row of ``quote_rows`` as it is kept."""
    place = f"quote {row.id}"
    return Quote(
        id=row.id,
        talk=row.talk,
        transcript=row.transcript,
        said=row.said,
        shown=row.shown,
        edits=tuple(Edit(**edit) for edit in _records(row.edits, EDIT, "edits", place)),
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        score=row.score,
        reasons=tuple(Reason(**one) for one in _records(row.reasons, _REASON, "reasons", place)),
        approximate=row.approximate,
        speaker=row.speaker,
        role=row.role,
        attribution=Attribution(row.how, row.confidence) if row.how else None,
        flags=_texts(row.flags, "flags", place),
        language=row.language,
        status=row.status,
        tags=_texts(row.tags, "tags", place),
        note=row.note,
        revision=row.revision,
        url=_link(row.talk_url, row.start_ms, approximate=row.approximate),
    )


def as_heard(quote: Quote, timeline: Timeline | None, talk_url: str | None) -> Quote:
    """A quote as people meet it: in a copy with other adverts no time is right."""
    if timeline != "shifted":
        return quote
    flags = tuple(dict.fromkeys((*quote.flags, ABOUT)))
    return replace(quote, approximate=True, url=talk_url, flags=flags)


def linked(quote: Quote, talk_url: str | None) -> Quote:
    """A quote with the link to where it begins, as ``kept_of`` gives it."""
    link = _link(talk_url, quote.start_ms, approximate=quote.approximate)
    return quote if link == quote.url else replace(quote, url=link)


def _link(talk_url: str | None, start_ms: int, *, approximate: bool) -> str | None:
    return deep_link(talk_url, start_ms, approximate=approximate) if talk_url else None


def stored_of(row: Row[Any]) -> Stored:
    """A row of ``quote_rows`` with whether a harvest must leave it as it is."""
    return Stored(kept_of(row), row.touched or row.status != "candidate")


def quote_values(quote: Quote) -> dict[str, object]:
    """The columns of a quote, without the one that only its first writing sets."""
    known = quote.attribution
    how, confidence = (known.how, known.confidence) if known else (None, None)
    plain = dict(zip(_OF_QUOTE, attrgetter(*_OF_QUOTE)(quote), strict=True))
    return {**plain, "how": how, "confidence": confidence}


def decision_of(row: Row[Any]) -> Decision:
    """A row of ``decisions``."""
    return Decision(
        row.id,
        row.quote,
        row.at,
        row.who,
        row.action,
        row.before,
        row.after,
        row.undone_at is not None,
        changed_of(row.was, f"quote {row.quote}"),
        changed_of(row.became, f"quote {row.quote}"),
    )


def post_of(row: Row[Any]) -> Post:
    """A row of ``posts``."""
    return Post(
        *(row.network, row.account, row.quote, row.occasion),
        *(row.state, row.remote_id, row.url, row.at),
    )


def before_of(row: Row[Any]) -> dict[str, object]:
    """What of its quote a row of ``decisions`` changed, as it was before: column → value."""
    return {"status": row.before, **changed_of(row.was, f"quote {row.quote}")}


def changed_of(stored: object, place: str) -> dict[str, Any]:
    """What a decision says of the columns of its quote."""
    if not isinstance(stored, dict) or misfit(stored, int) is not None:
        raise _damaged("decisions", place)
    return stored


def _records(
    stored: object, shape: Mapping[str, type | UnionType], column: str, place: str
) -> list[dict[str, Any]]:
    """A stored list of objects that have the fields of ``shape``, of its types."""
    if not isinstance(stored, list) or not all(has_shape(one, shape) for one in stored):
        raise _damaged(column, place)
    return stored


def columns_of(stored: object, column: str, place: str) -> dict[str, Any]:
    """What a change says of columns: their names → values; LibraryError for what says nothing."""
    if not isinstance(stored, dict):
        raise _damaged(column, place)
    return stored


def _mapping(stored: object, column: str, place: str) -> dict[str, str]:
    """A stored object of texts."""
    if not isinstance(stored, dict) or not all(isinstance(text, str) for text in stored.values()):
        raise _damaged(column, place)
    return stored


def _texts(stored: object, column: str, place: str) -> tuple[str, ...]:
    if not isinstance(stored, list) or not all(isinstance(text, str) for text in stored):
        raise _damaged(column, place)
    return tuple(stored)


def _damaged(column: str, place: str) -> LibraryError:
    return LibraryError(f"its {column} are damaged in the library", place=place, remedy=RESTORE)
