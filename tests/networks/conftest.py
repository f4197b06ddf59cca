"""What the tests of networks share: servers that are started once, when they are asked for."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests.networks.servers import SERVERS, Place

Servers = Callable[[str], Place]


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """The server of a network, without faults and with nothing asked."""
    with ExitStack() as stack:
        started = cache(lambda name: stack.enter_context(SERVERS[name]()))

        def fresh(name: str) -> Place:
            started(name).lossy.forget()
            return started(name)

        yield fresh
