"""How well two colours tell apart: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

from collections.abc import Iterable

from PIL import Image

from bot.cards.background import RGB

_LINEAR = [
    share / 12.92 if (share := step / 255) <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
    for step in range(256)
]


def contrast(one: RGB, other: RGB) -> float:
    """The ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: RGB) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = color
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def worst(ink: RGB, grounds: Iterable[RGB]) -> float:
    """The ratio of an ink to that of the grounds which it is closest to."""
    return min(contrast(ink, ground) for ground in grounds)


def colors_of(image: Image.Image) -> list[RGB]:
    """A picture's colours, one of each brightness (to a thousandth), the darkest first."""
    found = image.convert("RGB").getcolors(image.width * image.height) or []
    by_brightness = {round(luminance(color), 3): color for _, color in found}  # type: ignore[arg-type]
    return [by_brightness[brightness] for brightness in sorted(by_brightness)]  # type: ignore[misc]


def mixed(one: RGB, other: RGB, share: float) -> RGB:
    """So much of the other colour in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
