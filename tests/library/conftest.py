"""A library in memory and on a server, empty or with one talk of some twenty candidates."""

import pytest
from spoken import NOW, candidates, transcript

from bot.library import Library
from bot.model import Details
from bot.store import open_store


@pytest.fixture
def library(new_place):
    with open_store(new_place()) as store:
        yield Library(store)


@pytest.fixture
def kept(library):
    text = transcript()
    return library.keep(Details(title="Lights"), text, candidates(text), NOW)
