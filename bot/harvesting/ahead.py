"""Looking ahead: how much is left to do, without a list of everything."""

from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST = 100_000  # looked at beforehand: some 30 MB


class Ahead(Generic[T]):
    """An iterator that can be asked what waits in it.

    ``seen`` is how many there are so far; ``over`` when that is all there is.
    """

    def __init__(self, found: Iterator[T], most: int = _MOST) -> None:
        self._found, self._most = found, most
        self._waiting: deque[T] = deque()
        self.over = False
        self.seen = 0

    @property
    def left(self) -> int:
        """How many wait, so far as was looked."""
        return len(self._waiting)

    def look(self, count: int) -> None:
        """Look at so many more, or as many as may wait."""
        for _ in range(min(count, self._most - len(self._waiting))):
            self._take()
            if self.over:
                return

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        if not self._waiting:
            self._take()
        if not self._waiting:
            raise StopIteration
        return self._waiting.popleft()

    def _take(self) -> None:
        for one in self._found:
            self._waiting.append(one)
            self.seen += 1
            return
        self.over = True
