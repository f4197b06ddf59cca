"""Quote cards: a quote and its source in, a picture and its alt text out.

look = load_look("square", "midnight")     slow: opens fonts, builds the ground
card = render(quote, talk, look)           a few milliseconds
"""

import hashlib
from pathlib import Path

from bot.cards.alt import Words, write
from bot.cards.base import Look, Template
from bot.cards.files import Drawn, file_name, make_writable, write_together
from bot.cards.paint import paint, palette
from bot.cards.square import SQUARE
from bot.cards.themes import Overrides, choices, load_theme
from bot.errors import UsageError
from bot.model import Candidate, Card, Talk

__all__ = [
    "TEMPLATES",
    "Drawn",
    "Look",
    "Overrides",
    "draw_into",
    "load_look",
    "make_writable",
    "render",
]

RENDERER = 2  # raise it when the same words and look give other pixels
TEMPLATES: dict[str, Template] = {template.name: template for template in (SQUARE,)}


def load_look(
    template: str,
    theme: str,
    *,
    user_folder: Path | None = None,
    overrides: Overrides | None = None,
) -> Look:
    """A template in a theme, with a person's own colours and fonts over it."""
    if template not in TEMPLATES:
        remedy = choices(template, list(TEMPLATES))
        raise UsageError(f"no template “{template}”", remedy=remedy)
    chosen = TEMPLATES[template]
    loaded, opened = load_theme(theme, overrides or Overrides(), user_folder)
    digests = [opened.quote, opened.quote_fallback, opened.name, opened.talk]
    drawn = repr((RENDERER, template, loaded.background, sorted(loaded.inks.items())))
    drawn += "".join(font.digest for font in digests)
    flat = loaded.background.flat
    ground = None if flat else loaded.background.image(chosen.width, chosen.height)
    digest = hashlib.sha256(drawn.encode()).hexdigest()
    return Look(chosen, loaded, opened, digest, palette(loaded), ground)


def render(quote: Candidate, talk: Talk, look: Look) -> Card:
    """The card of a quote: its name, the file's bytes and the alt text."""
    words = write(quote, talk)
    return _draw(words, _name(words, talk, look), look)


def draw_into(folder: Path, quote: Candidate, talk: Talk, look: Look) -> Drawn:
    """The card as a file with its alt text beside it; the same card is drawn once."""
    words = write(quote, talk)
    path = folder / _name(words, talk, look)
    alt_path = path.with_suffix(".txt")
    if path.is_file() and alt_path.is_file():
        return Drawn(path, words.alt, True)
    card = _draw(words, path.name, look)
    write_together(folder, {alt_path.name: card.alt.encode() + b"\n", path.name: card.data})
    return Drawn(path, card.alt, False)


def _draw(words: Words, name: str, look: Look) -> Card:
    data = paint(look.template.layout(words, look.fonts), look)
    return Card(name, data, words.alt, look.template.width, look.template.height)


def _name(words: Words, talk: Talk, look: Look) -> str:
    suffix = ".jpg" if look.ground else ".png"
    return file_name(talk.title or talk.id, words.start_ms, repr(words) + look.digest, suffix)
