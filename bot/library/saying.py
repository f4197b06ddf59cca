"""Who says a quote, as a person tells it where the transcript names nobody."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot.errors import InputError
from bot.library.changes import Author, Changed, change
from bot.library.query import talk_by_id
from bot.library.takedown import is_barred
from bot.model import Attribution, Quote, Role
from bot.speakers import is_placeholder, same_name

_LONGEST = 200


def attribute(
    connection: Connection, found: Sequence[Quote], speaker: str, author: Author
) -> Changed:
    """Say who says quotes; the attribution is then ``given``, and later harvests leave it.

    Raises InputError for a name that is none, for somebody or a quote taken down for good, and
    where the transcript's own label names another.
    """
    name = " ".join(speaker.split())
    if not name or len(name) > _LONGEST or not name.isprintable() or is_placeholder(name):
        remedy = f"write who speaks, in {_LONGEST} characters at most"
        raise InputError(f"‘{name[:60]}’ is no name", remedy=remedy)
    if is_barred(connection, name):
        raise InputError(f"{name} was taken down for good", remedy="name who may be quoted")
    return change(
        connection, [(one, _said_by(connection, one, name)) for one in found], "attribute", author
    )


def label_of(quote: Quote) -> str | None:
    """The name that the transcript's own label gives, where one does."""
    labelled = quote.attribution is not None and quote.attribution.how == "labelled"
    return quote.speaker if labelled and not is_placeholder(quote.speaker or "") else None


def _said_by(connection: Connection, quote: Quote, name: str) -> Quote:
    place = f"quote {quote.id}"
    if quote.status == "retracted":
        raise InputError("was taken down for good", place=place, remedy="choose another quote")
    if label := label_of(quote):
        if same_name(label, name):
            return quote
        raise InputError(
            f"its transcript names {label}, not {name}",
            place=place,
            remedy="mend the name in the transcript, then harvest it again",
        )
    role = _role(quote, name, talk_by_id(connection, quote.talk).speakers)
    return replace(quote, speaker=name, role=role, attribution=Attribution("given", 1.0))


def _role(quote: Quote, name: str, speakers: Sequence[str]) -> Role | None:
    """Somebody of the audience stays one: they came to listen, and are asked."""
    if any(same_name(name, one) for one in speakers):
        return "main"
    return "audience" if quote.role == "audience" else None
