"""Secrets that nobody guesses: made, kept only as a hash, derived from one another."""

import hmac
import secrets
from hashlib import sha256


def new_token() -> str:
    """256 random bits, as letters that stand in a cookie or an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the library keeps of a token: who reads the library cannot sign in with it."""
    return sha256(token.encode()).hexdigest()


def form_token(visit: str) -> str:
    """What a form carries to prove that it came from a page of this visit.

    It follows from the visit's cookie, which no other page can read.
    """
    return hmac.new(visit.encode(), b"form", sha256).hexdigest()


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are equal, in the same time wherever they differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())
