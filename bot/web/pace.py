"""How often one address may ask where nobody signs in: counted in memory, a window at a time."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

_REMEMBERED = 10_000  # addresses


@dataclass(slots=True)
class Pace:
    """At most ``most`` of something from one address within ``window``."""

    most: int
    window: timedelta
    _seen: OrderedDict[str, tuple[datetime, int]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def too_fast(self, address: str, now: datetime, *, counts: bool = True) -> bool:
        """Whether an address has had its share; this time is counted, unless ``counts`` is off."""
        with self._lock:
            begun, times = self._seen.pop(address, (now, 0))
            if now - begun >= self.window:
                begun, times = now, 0
            times += counts
            self._seen[address] = (begun, times)
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
            return times > self.most
