"""What an approved quote's posts would say, account by account, before it has a time."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.config import Project
from bot.library.people import person_of
from bot.library.query import talk_by_id
from bot.model import Quote
from bot.post import Account, Words
from bot.posting.drafting import Desk, limits_of
from bot.posting.quotes import Material
from bot.posting.showing import terms_by_account
from bot.publishing import queue
from bot.publishing.accounts import account
from bot.web.agenda import network_title


@dataclass(frozen=True, slots=True)
class Unplanned:
    """The words of a post that is not planned; ``most`` characters fit."""

    label: str
    network: str
    words: Words
    most: int


def unplanned(connection: Connection, project: Project, quote: Quote) -> list[Unplanned]:
    """What would be posted on each account that has no post of this quote; ConfigError."""
    if quote.status != "approved":
        return []
    theirs = queue.listing(connection, quote=quote.id)
    posted = {(one.key.network, one.key.account) for one in theirs}
    talk = talk_by_id(connection, quote.talk)
    person = person_of(connection, quote.speaker) if quote.speaker else None
    people = {quote.speaker: person} if quote.speaker and person else {}
    desk = Desk(project, Material({quote.id: quote}, {talk.id: talk}, people, {}))
    found = []
    for (network, name), terms in terms_by_account(connection, project).items():
        handed = name == terms.handed
        if (network, name) in posted or handed != terms.settings.handoff:
            continue
        known = account(connection, network, name)
        known = known or Account(network=network, id=name, label=terms.label)
        words = desk.words(terms, known, quote, None)
        most = limits_of(terms, known).most
        found.append(Unplanned(terms.label, network_title(network), words, most))
    return found
