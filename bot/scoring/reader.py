"""How a model that reads lines counts in a score, where one is at hand. Pure."""

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SHUT = 0.01  # a gate no wider open lets nothing through that matters
_MOST = 120  # lines read of a talk; the first ten are the same as when all are read


@dataclass(frozen=True, slots=True)
class Reader:
    """Tells what lines are worth on a card, from 0, broken, to 2, one that would be posted.

    That counts for the best lines alone, whose logit is ``top`` or more, within about ``width``:
    ``share`` points for each of worth, none for a line of the ``usual`` worth. So it orders the
    beginning of a list, and what is further down stays as it was.
    """

    read: Callable[[Sequence[str]], Sequence[float]]
    share: float
    usual: float
    top: float
    width: float

    def points(self, lines: Sequence[str], logits: Sequence[float]) -> list[float]:
        """What reading adds to the logit of each line; those far below the top are not read.

        Nor is what so many lines stand before that it cannot come among the first.
        """
        gates = [logistic((one - self.top) / self.width) for one in logits]
        open_ones = (at for at, gate in enumerate(gates) if gate > _SHUT)
        near = heapq.nlargest(_MOST, open_ones, key=logits.__getitem__)
        found = [0.0] * len(lines)
        for at, worth in zip(near, self.read([lines[at] for at in near]), strict=True):
            found[at] = gates[at] * self.share * (worth - self.usual)
        return found


def logistic(value: float) -> float:
    """The share that a logit stands for; beyond 50 it stays, so that nothing overflows."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, value))))
