"""Passwords: hashed with argon2id, checked in the same time whether or not somebody has the name.

https://www.rfc-editor.org/rfc/rfc9106 (argon2-cffi's defaults are its low-memory recommendation)
"""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import UsageError

SHORTEST, LONGEST = 10, 1000
_hasher = PasswordHasher()
_at_once = BoundedSemaphore(2)  # each takes 64 MB for a moment: a crowd must not take them all


def checked(password: str) -> str:
    """The password as it was, if it will do; ``UsageError`` otherwise."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"a password has {SHORTEST} to {LONGEST} letters, not {len(password)}",
            remedy="four words that do not belong together make a good one",
        )
    return password


def protected(password: str) -> str:
    """What is kept of a password."""
    with _at_once:
        return _hasher.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept; without one (nobody has the name) it takes as long."""
    with _at_once:
        try:
            return _hasher.verify(kept or _nobodys(), password[:LONGEST]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    return _hasher.hash("of nobody")
