"""Approval, rejection, take-down: what a person decides of quotes, all of them or none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from bot.errors import InputError, NeedsPerson
from bot.library.changes import Author, Changed, change, without_flag
from bot.library.twins import question, twins
from bot.model import PROPOSED, Attribution, Quote, Sentence, Status
from bot.store.schema import decisions, talks

Action = Literal["approve", "reject"]

_AFTER: dict[Action, Status] = {"approve": "approved", "reject": "rejected"}


def decide(
    connection: Connection,
    found: Sequence[Quote],
    action: Action,
    author: Author,
    *,
    confirmed: bool = False,
    audience: bool = False,
) -> Changed:
    """Approve or reject quotes.

    ``confirmed`` says that a person answered who speaks: a guess is then ``given``;
    ``audience`` that somebody of the audience, who came to listen, agreed to be quoted.
    Raises InputError for a quote that is retracted or without permission, NeedsPerson for
    a speaker not confirmed, a guess or one of two names of the same words, for the audience and
    where the speaker said no.
    """
    after = _AFTER[action]
    changing = [quote for quote in found if quote.status != after]
    _refuse_retracted(changing)
    if action == "approve":
        _refuse_forbidden(connection, changing)
        _refuse_vetoed(connection, changing, author)
        _ask_of_twins(connection, [] if confirmed else changing)
        _ask(changing, confirmed=confirmed, audience=audience)
    pairs = [(one, _decided(one, after) if one in changing else one) for one in found]
    return change(connection, pairs, action, author)


def _decided(quote: Quote, after: Status) -> Quote:
    flags = without_flag(quote.flags, PROPOSED)
    heard = after == "approved" and is_inferred(quote)
    known = Attribution("given", 1.0) if heard else quote.attribution
    return replace(quote, status=after, flags=flags, attribution=known)


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


def _refuse_vetoed(connection: Connection, asked: Sequence[Quote], author: Author) -> None:
    """A speaker's no is taken back by them, or openly by undoing it; never by approving over it."""
    for row in vetoes(connection, [quote.id for quote in asked]).values():
        if row.who != author.who:
            raise NeedsPerson(
                f"its speaker said no ({row.who}, {row.at:%Y-%m-%d})",
                place=f"quote {row.quote}",
                remedy="ask them; undoing their no, which stays in its history, allows it again",
            )


def vetoes(connection: Connection, names: Sequence[str]) -> dict[str, Row[Any]]:
    """The speaker's no that holds for each of these quotes, whatever others decided since.

    It ends when it is undone, or by the yes of whoever said it.
    """
    holds = decisions.c.undone_at.is_(None) & decisions.c.action.in_(("veto", "approve"))
    rows = select(decisions).where(decisions.c.quote.in_(names), holds).order_by(decisions.c.id)
    standing: dict[str, Row[Any]] = {}
    for row in connection.execute(rows):
        if row.action == "veto":
            standing[row.quote] = row
        elif row.quote in standing and standing[row.quote].who == row.who:
            del standing[row.quote]
    return standing


def _ask(asked: Sequence[Quote], *, confirmed: bool, audience: bool) -> None:
    """What only a person can know, asked of the first quote it is not known of."""
    listeners = [quote for quote in asked if quote.role == "audience"]
    if listeners and not audience:
        name = listeners[0].speaker or "somebody"
        _wait(
            listeners, f"{name} spoke from the audience: did they agree to be quoted?", "--audience"
        )
    unsure = [quote for quote in asked if is_inferred(quote)]
    if unsure and not confirmed:
        _wait(unsure, f"is this {unsure[0].speaker}?", "--yes")


def _ask_of_twins(connection: Connection, asked: Sequence[Quote]) -> None:
    """Which of two names is right: one is approved, or both are asked about."""
    found = twins(connection, asked)
    doubted = [quote for quote in asked if quote.id in found]
    if doubted:
        _wait(doubted, f"{question(doubted[0], found[doubted[0].id])}:", "--yes")


def _wait(asked: Sequence[Quote], question: str, option: str) -> None:
    first, others = asked[0], len(asked) - 1
    more = f", and the same of {others} more" if others else ""
    remedy = f"{'listen' if option == '--yes' else 'ask'}, then approve with {option}"
    raise NeedsPerson(f"{question} “{first.shown}”{more}", place=f"quote {first.id}", remedy=remedy)


def is_inferred(one: Quote | Sentence) -> bool:
    """Whether who speaks is a guess; where nobody is named there is nothing to guess."""
    return bool(one.speaker and one.attribution and one.attribution.how == "inferred")
