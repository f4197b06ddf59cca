"""What people decide about quotes; every decision is recorded and can be taken back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from bot.errors import InputError, NeedsPerson
from bot.library.query import quote_by_prefix
from bot.library.rows import before_of, decision_of
from bot.model import Attribution, Decision, Quote, Status
from bot.store.schema import decisions, quotes, talks

Action = Literal["approve", "reject"]

_AFTER: dict[Action, Status] = {"approve": "approved", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Decided:
    """The quotes a decision changed, and those that already were so; in the order given."""

    changed: tuple[Quote, ...]
    unchanged: tuple[Quote, ...] = ()


def decide(
    connection: Connection,
    ids: Sequence[str],
    action: Action,
    who: str,
    now: datetime,
    *,
    confirmed: bool = False,
) -> Decided:
    """Approve or reject quotes (ids or their beginnings), all of them or none.

    ``confirmed`` says that a person answered who speaks: the attribution is then ``given``.
    Raises InputError for a quote that is unknown, retracted or without permission, NeedsPerson for
    a speaker not confirmed.
    """
    asked = {quote.id: quote for quote in (quote_by_prefix(connection, each) for each in ids)}
    after = _AFTER[action]
    changing = [quote for quote in asked.values() if quote.status != after]
    _refuse_retracted(changing)
    if action == "approve":
        _refuse_forbidden(connection, changing)
    if action == "approve" and not confirmed:
        _ask_who_speaks(changing)
    changed = tuple(_record(connection, quote, action, who, now) for quote in changing)
    return Decided(changed, tuple(quote for quote in asked.values() if quote.status == after))


def _refuse_retracted(asked: Sequence[Quote]) -> None:
    for quote in asked:
        if quote.status == "retracted":
            remedy = "choose another quote"
            raise InputError("was taken down for good", place=f"quote {quote.id}", remedy=remedy)


def _refuse_forbidden(connection: Connection, asked: Sequence[Quote]) -> None:
    named = {quote.talk: quote for quote in asked}
    is_one = talks.c.id.in_(named) & (talks.c.permission == "refused")
    talk = connection.scalar(select(talks.c.id).where(is_one).order_by(talks.c.id).limit(1))
    if talk:
        raise InputError(
            f"permission for the talk '{talk}' was refused",
            place=f"quote {named[talk].id}",
            remedy="ask its speaker, then set permission in your table of talks",
        )


def _ask_who_speaks(asked: Sequence[Quote]) -> None:
    unsure = [quote for quote in asked if _inferred(quote)]
    if not unsure:
        return
    first, others = unsure[0], len(unsure) - 1
    more = f", and the same of {others} more" if others else ""
    raise NeedsPerson(
        f"is this {first.speaker}? “{first.shown}”{more}",
        place=f"quote {first.id}",
        remedy="listen, then approve with --yes",
    )


def _inferred(quote: Quote) -> bool:
    return bool(quote.speaker and quote.attribution and quote.attribution.how == "inferred")


def _record(connection: Connection, quote: Quote, action: Action, who: str, now: datetime) -> Quote:
    changed, was = replace(quote, status=_AFTER[action]), {}
    if action == "approve" and quote.attribution and _inferred(quote):
        was = asdict(quote.attribution)
        changed = replace(changed, attribution=Attribution("given", 1.0))
    connection.execute(
        insert(decisions).values(
            quote=quote.id,
            at=now,
            who=who,
            action=action,
            before=quote.status,
            after=changed.status,
            was=was,
        )
    )
    known = changed.attribution
    values = {"status": changed.status, **(asdict(known) if known else {})}
    connection.execute(update(quotes).where(quotes.c.id == quote.id).values(**values))
    return changed


def undo(connection: Connection, quote: str | None, who: str, now: datetime) -> Decision:
    """Take back the last decision that still holds, on one quote or (None) on any.

    The quote is again as it was before it. Raises InputError when there is nothing to take back.
    """
    row = _last(connection, quote and quote_by_prefix(connection, quote).id)
    before = before_of(row)
    taken_back = update(decisions).where(decisions.c.id == row.id)
    connection.execute(taken_back.values(undone_at=now, undone_by=who))
    connection.execute(update(quotes).where(quotes.c.id == row.quote).values(**before))
    return replace(decision_of(row), undone=True)


def _last(connection: Connection, quote: str | None) -> Row[Any]:
    holding = select(decisions).where(decisions.c.undone_at.is_(None))
    if quote is not None:
        holding = holding.where(decisions.c.quote == quote)
    row = connection.execute(holding.order_by(decisions.c.id.desc()).limit(1)).one_or_none()
    if row is None:
        place = f"quote {quote}" if quote else ""
        raise InputError(
            "there is no decision to undo", place=place, remedy="`pullquote library list` shows all"
        )
    return row
