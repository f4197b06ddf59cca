"""How a show introduces itself: who hosts it, what it is, who is here today. Pure."""

from collections.abc import Iterator, Sequence

from bot.model import Sentence
from bot.scoring.sponsors import near_each_other

_FIRST_MS = 180_000  # greetings later on are other people's


def introductions(sentences: Sequence[Sentence], tells: Sequence[int]) -> Iterator[range]:
    """The places from one to another of the ``tells`` that open a talk, close by and in one turn.

    ``tells`` are greetings and house-keeping: "Welcome to …. … is a group of …. In this podcast …"
    """
    early = [at for at in tells if sentences[at].end_ms <= _FIRST_MS]
    for group in near_each_other(sentences, early):
        yield range(group[0], group[-1] + 1)
