"""A library of approved quotes, and settings with accounts: on both databases."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "library"))

from desks import NOW, Desk
from spoken import candidates, transcript

from bot.library import Library
from bot.model import Details
from bot.store import open_store


@pytest.fixture
def desk(new_place):
    with open_store(new_place()) as store:
        library = Library(store)
        text = transcript()
        said = Details(title="Lights", url="https://youtu.be/lights")
        library.keep(said, text, candidates(text, every=4), NOW)
        yield Desk(library)
