"""What one app keeps in memory while it serves: made when it is first asked for."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from fastapi import Request

Kept = TypeVar("Kept")
_making = Lock()


def kept(request: Request, name: str, make: Callable[[], Kept]) -> Kept:
    """What the app keeps under a name; ``make`` makes it, once."""
    with _making:
        if not hasattr(request.app.state, name):
            setattr(request.app.state, name, make())
    found: Kept = getattr(request.app.state, name)
    return found
