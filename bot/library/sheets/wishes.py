"""What a person wrote in a sheet, decided in their name as any other decision is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from bot.errors import InputError
from bot.library.changes import Author, change, note, tag
from bot.library.decide import Action, decide
from bot.library.query import kept_quotes
from bot.library.reword import edit
from bot.library.saying import attribute
from bot.library.sheets.merge import Wish
from bot.library.takedown import retract
from bot.model import Attribution, Quote

_ACTIONS: dict[str, Action] = {"approved": "approve", "rejected": "reject"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the one who imports answers for all: it is who speaks; the audience agreed."""

    confirmed: bool = False
    audience: bool = False


def grant(
    connection: Connection,
    quote: str,
    wish: Wish,
    author: Author,
    answers: Answers,
    glossary: Mapping[str, str],
) -> bool:
    """Do what a person wrote of a quote; whether anything is another than before.

    Raises what deciding raises: InputError for what cannot be, NeedsPerson for what only they know.
    """
    return any([*_granted(_Quote(connection, quote, author), wish, answers, glossary)])


@dataclass(frozen=True, slots=True)
class _Quote:
    """One quote of the library that is changed step by step, and by whom."""

    connection: Connection
    id: str
    author: Author

    def now(self) -> Quote:
        """The quote as it stands."""
        return kept_quotes(self.connection, [self.id])[0]

    def changed(self, action: str, **values: Any) -> bool:
        """Change fields of the quote; whether that made a difference."""
        before = self.now()
        pair = before, replace(before, **values)
        return bool(change(self.connection, [pair], action, self.author).changed)


def _granted(
    one: _Quote, wish: Wish, answers: Answers, glossary: Mapping[str, str]
) -> Iterator[bool]:
    """Each part of a wish, the words first, as they void an approval."""
    confirmed = answers.confirmed or wish.confirmed or wish.speaker is not None
    if wish.shown:
        yield bool(edit(one.connection, one.now(), wish.shown, one.author, glossary).changed)
    if wish.speaker:
        yield bool(attribute(one.connection, [one.now()], wish.speaker, one.author).changed)
    if wish.confirmed:
        yield one.changed("confirm", attribution=Attribution("given", 1.0))
    if wish.status:
        yield _decided(one, wish.status, confirmed=confirmed, audience=answers.audience)
    if wish.add or wish.remove:
        found = tag(one.connection, [one.now()], one.author, add=wish.add, remove=wish.remove)
        yield bool(found.changed)
    if wish.note is not None:
        yield bool(note(one.connection, [one.now()], one.author, wish.note).changed)


def _decided(one: _Quote, status: str, *, confirmed: bool, audience: bool) -> bool:
    quote = one.now()
    if quote.status == "retracted":
        raise InputError("was taken down for good", remedy="leave its status")
    if status == "retracted":
        return bool(retract(one.connection, [quote], one.author).quotes)
    if status == "candidate":
        return one.changed("reopen", status=status)
    found = decide(
        one.connection,
        [quote],
        _ACTIONS[status],
        one.author,
        confirmed=confirmed,
        audience=audience,
    )
    return bool(found.changed)
