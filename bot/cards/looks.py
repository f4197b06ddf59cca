"""Looks: a template in a theme, with a person's own colours, fonts, brand and artwork."""

import hashlib
from dataclasses import replace
from pathlib import Path

from PIL import Image

from bot import assets
from bot.cards import artwork
from bot.cards.base import Look, Order, Overrides, Template
from bot.cards.carousel import CAROUSEL
from bot.cards.contrast import colors_of
from bot.cards.frames import FRAMES, template
from bot.cards.paint import palette
from bot.cards.strict import choices
from bot.cards.themes import Loaded, load_theme
from bot.errors import UsageError

RENDERER = 4  # raise it when the same words and look give other pixels
TEMPLATES: dict[str, Template] = {
    one.name: one for one in (*(template(frame) for frame in FRAMES), CAROUSEL)
}


def load_look(
    template: str,
    theme: str,
    *,
    user_folder: Path | None = None,
    overrides: Overrides | None = None,
    alone: bool = False,
    max_bytes: int = 0,
) -> Look:
    """A template in a theme, ready to draw; slow, as fonts are opened and the ground is made.

    Unknown names are ``UsageError``, wrong files and colours that cannot be read ``ConfigError``.
    """
    order = Order(template, theme, user_folder, overrides or Overrides(), alone, max_bytes)
    return load(order)


def load(order: Order) -> Look:
    """The look of an order."""
    chosen, own = _template(order)
    loaded = load_theme(order.theme, order.overrides, order.user_folder, alone=order.alone)
    if own:
        loaded = replace(loaded, theme=replace(loaded.theme, inks=own.inks(loaded.theme.inks)))
        ground: Image.Image | None = artwork.ground(own, loaded.theme.background)
        own.check(artwork.ground(own, loaded.theme.background), loaded.theme.inks)
    else:
        ground = _ground(loaded, chosen)
    theme, fonts = loaded.theme, loaded.fonts
    return Look(chosen, theme, fonts, _digest(loaded, chosen, own), order, palette(theme), ground)


def template_names(user_folder: Path | None) -> list[str]:
    """The templates there are, shipped and a person's own."""
    return [*TEMPLATES, *assets.names("templates", ".yaml", user_folder)]


def _template(order: Order) -> tuple[Template, artwork.Artwork | None]:
    path = artwork.find(order.template, order.user_folder)
    if path:
        own = artwork.load(path)
        return own.template, own
    if order.template not in TEMPLATES:
        there = template_names(order.user_folder)
        raise UsageError(f"no template “{order.template}”", remedy=choices(order.template, there))
    return TEMPLATES[order.template], None


def _ground(loaded: Loaded, chosen: Template) -> Image.Image | None:
    """The image under the words, None where one colour is enough; contrast is checked on it."""
    background = loaded.theme.background
    if background.picture:
        ground = background.image(chosen.width, chosen.height)
        loaded.check(colors_of(ground))
        return ground
    loaded.check(background.samples())
    return None if background.flat else background.image(chosen.width, chosen.height)


def _digest(loaded: Loaded, chosen: Template, own: artwork.Artwork | None) -> str:
    theme, fonts = loaded.theme, loaded.fonts
    faces = [font.digest for face in (fonts.quote, fonts.name, fonts.talk) for font in face.fonts]
    mine = (own.digest, own.boxes, own.scrim) if own else ()
    colors = theme.background, sorted(theme.inks.items())
    set_as = fonts.leading, fonts.marks, fonts.quote.serif, fonts.quote.alone
    drawn = repr((RENDERER, chosen.name, colors, set_as, mine))
    return hashlib.sha256((drawn + "".join(faces)).encode()).hexdigest()
