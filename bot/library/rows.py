"""Rows of the store as the model's values, and back."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Row, Select, exists, select

from bot.library.links import deep_link
from bot.library.passages import Passage
from bot.model import Attribution, Candidate, Decision, Edit, Quote, Reason, Talk
from bot.store.schema import decisions, quotes, talks


@dataclass(frozen=True, slots=True)
class Stored:
    """A quote as it is kept, and whether a person ever decided on it."""

    quote: Quote
    decided: bool

    @property
    def standing(self) -> bool:
        """Whether people may still be shown it: not rejected, not retracted."""
        return self.quote.status in ("candidate", "approved")


def passage(span: Candidate, version: int) -> Passage:
    """The part of a candidate or quote that says which passage it is."""
    return Passage(version, span.start_ms, span.end_ms, span.said)


def talk_of(row: Row[Any]) -> Talk:
    """A row of ``talks``."""
    return Talk(
        row.id,
        row.title,
        tuple(row.speakers),
        row.event,
        row.url,
        row.date,
        row.language,
        row.duration_ms,
    )


def quote_rows() -> Select[Any]:
    """Quotes with what ``quote_of`` and ``stored_of`` need."""
    touched = exists().where(decisions.c.quote == quotes.c.id)
    return select(quotes, talks.c.url.label("talk_url"), touched.label("touched")).join(talks)


def quote_of(row: Row[Any]) -> Quote:
    """A row of ``quote_rows``; ``url`` is the link to where the quote begins."""
    return Quote(
        id=row.id,
        talk=row.talk,
        transcript=row.transcript,
        said=row.said,
        shown=row.shown,
        edits=tuple(Edit(**edit) for edit in row.edits),
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        score=row.score,
        reasons=tuple(Reason(**reason) for reason in row.reasons),
        approximate=row.approximate,
        speaker=row.speaker,
        role=row.role,
        attribution=Attribution(row.how, row.confidence) if row.how else None,
        flags=tuple(row.flags),
        language=row.language,
        status=row.status,
        tags=tuple(row.tags),
        url=deep_link(row.talk_url, row.start_ms) if row.talk_url else None,
    )


def stored_of(row: Row[Any]) -> Stored:
    """A row of ``quote_rows`` with what people did to it."""
    return Stored(quote_of(row), row.touched or row.status != "candidate")


def quote_values(quote: Quote) -> dict[str, object]:
    """The columns of a quote, without the one that only its first writing sets."""
    values = {field.name: getattr(quote, field.name) for field in fields(quote)}
    values["edits"] = [asdict(edit) for edit in quote.edits]
    values["reasons"] = [
        {"feature": one.feature, "contribution": one.contribution} for one in quote.reasons
    ]
    known = values.pop("attribution")
    attribution = asdict(known) if known else {"how": None, "confidence": None}
    return {**{name: values[name] for name in values if name in quotes.c}, **attribution}


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
    )
