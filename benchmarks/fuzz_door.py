"""What a door is: a place where something comes in from outside, that is accepted or refused.

``run`` is given the name of the sample and its damaged bytes, and lets them in as the program does.
It gives a word for what was accepted, or raises the ``BotError`` of one line that refuses it. What
else it raises is a fault, an ``AssertionError`` of its own where a promise is broken included.

To add a door:
1. copy the smallest neighbour to ``benchmarks/doors/NAME.py``; fake the world outside, not us;
2. end the file with ``DOOR = Door("NAME", …)`` and list it in ``benchmarks/doors/__init__.py``;
3. what is costly to prepare is made once for a process, in a function with ``@cache``; what a case
   changes is undone (``prepared.library`` does that), or cases could not be done again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """Something that is accepted as it is; ``kinds`` say which mutators fit it."""

    name: str
    raw: bytes = field(repr=False)
    kinds: tuple[str, ...] = ("bytes", "text")
    own: bool = True  # of the project, not of a folder that was named


@dataclass(frozen=True, slots=True)
class Door:
    """A door by its name; ``share`` is how many of about 200 cases are its.

    A case may take ``seconds`` of the processor and ``seconds_per_mb`` more for its size, and the
    process may grow by ``mb`` and ``times`` the size.
    """

    name: str
    samples: Callable[[], Sequence[Sample]]
    run: Callable[[str, bytes], str]
    share: int = 4
    seconds: float = 5
    seconds_per_mb: float = 20
    mb: float = 150
    times: float = 10
