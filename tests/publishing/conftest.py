"""A world to publish in: on both databases."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "library"))

from spoken import candidates, transcript

from bot.library import Library
from bot.model import Details
from bot.post import Identity
from bot.publishing import accounts
from bot.store import open_store
from tests.publishing.fakes import NOW, Clock, Server, World


def world_in(store, label="main"):
    """Twenty quotes, all approved, and an account whose timeline is known."""
    library = Library(store)
    text = transcript()
    kept = library.keep(Details(title="Lights"), text, candidates(text), NOW)
    library.decide([one.id for one in kept.quotes], "approve", "Pia", NOW)
    clock = Clock()
    with store.write() as connection:
        account = accounts.know(connection, "fake", Identity("42", "pullquote"), label, NOW)
        accounts.matched(connection, account, None, NOW)
    return World(library, library.quotes(), clock, Server(clock), account)


@pytest.fixture
def world(new_place):
    with open_store(new_place()) as store:
        yield world_in(store)
