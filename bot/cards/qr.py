"""The QR code that leads to the recording, by segno (ISO/IEC 18004)."""

from functools import lru_cache

from bot.cards.base import Modules
from bot.errors import CardError

_QUIET = 4  # modules around a code, as the standard wants them
_LONGEST = 300  # characters of an address that a card's code still shows with modules to scan


@lru_cache(maxsize=256)
def modules(link: str, side: float, *, dark: bool) -> Modules:
    """The code of an address, at least ``side`` pixels wide, at the origin.

    On a ``dark`` ground it stands on a light panel with its quiet zone: scanners want dark modules
    on light. Error correction is level M.
    """
    import segno

    if len(link) > _LONGEST:
        raise CardError(
            f"the link of {len(link)} letters is too long for a QR code",
            remedy="shorten it, or set card.code to false in config.yaml",
        )
    if not link.isprintable():
        raise CardError(
            "the link holds what no address has",
            remedy="mend it, or set card.code to false in config.yaml",
        )
    border = _QUIET if dark else 0  # on a light ground the margin around it is the quiet zone
    rows = tuple(
        tuple(bool(module) for module in row)
        for row in segno.make(link, error="m", micro=False).matrix_iter(border=border)
    )
    pixels = max(4, round(side / len(rows)))
    return Modules(0, 0, pixels, rows, dark, "name")
