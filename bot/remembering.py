"""What is remembered between talks: by number bounded, and let go after a talk of endless words.

People use the same words again and again, so what is worked out of them is kept. A hundred
thousand words are some megabytes; as many of five thousand letters each would be gigabytes.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_clear: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last ``most`` results of a pure function, until they are forgotten."""

    def keep(work: Callable[P, T]) -> Callable[P, T]:
        made = lru_cache(maxsize=most)(work)
        on_forget(made.cache_clear)
        return made  # type: ignore[return-value]  # it takes what ``work`` takes

    return keep


def on_forget(clear: Callable[[], None]) -> None:
    """Have something else cleared with the rest."""
    _clear.append(clear)


def forget() -> None:
    """Let go of all that is remembered; it is worked out anew."""
    for clear in _clear:
        clear()
