"""Quote cards: a quote and its source in, pictures and their alt text out.

look = load_look("square", "midnight")     slow: opens fonts, builds the ground
cards = render(quote, talk, look)          a few milliseconds; one image, or up to four
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.cards.alt import Extras, Words, write
from bot.cards.base import Layout, Look, Order, Overrides
from bot.cards.cache import Cache
from bot.cards.carousel import talk_pages
from bot.cards.files import Drawn, file_name, is_whole, make_writable, write_together
from bot.cards.looks import TEMPLATES, load, load_look, template_names
from bot.cards.paint import paint
from bot.cards.pictures import Picture, open_picture, shows_box
from bot.cards.themes import names as theme_names
from bot.model import Candidate, Card, Talk

__all__ = [
    "TEMPLATES",
    "Cache",
    "Drawn",
    "Extras",
    "Look",
    "Order",
    "Overrides",
    "Picture",
    "draw_into",
    "draw_talk_into",
    "load",
    "load_look",
    "make_writable",
    "open_picture",
    "render",
    "render_talk",
    "shows_box",
    "template_names",
    "theme_names",
]


def render(
    quote: Candidate, talk: Talk, look: Look, extras: Extras | None = None, *, areas: bool = False
) -> list[Card]:
    """The card of a quote: per image its name, the file's bytes and the alt text.

    ``areas`` draws where the boxes of the template lie.
    """
    words = write(quote, talk, extras)
    layouts = look.template.pages(words, look.fonts)
    return _cards(layouts, [words] * len(layouts), talk, look, areas=areas)


def render_talk(
    quotes: Sequence[Candidate], talk: Talk, look: Look, extras: Sequence[Extras]
) -> list[Card]:
    """A cover and a card of each quote, to be swiped through."""
    words = [write(one, talk, more) for one, more in zip(quotes, extras, strict=True)]
    layouts = talk_pages(talk.title, words, look.fonts)
    count = len(quotes)
    title = replace(words[0], alt=f"Cover: {talk.title}, {count} quotes", start_ms=None)
    return _cards(layouts, [title, *words], talk, look)


def draw_into(
    folder: Path,
    quote: Candidate,
    talk: Talk,
    look: Look,
    extras: Extras | None = None,
    *,
    areas: bool = False,
    cache: Cache | None = None,
) -> list[Drawn]:
    """The card as files with their alt texts beside them; the same card is drawn once.

    One that the cache has is copied from there, another is kept in it.
    """
    words = write(quote, talk, extras)
    stem = file_name(*_name(words, talk, look, areas=areas))
    if there := _there(folder, stem):
        return there
    cached = _there(cache.folder, stem) if cache else []
    if cache and cached:
        cache.touched([path for one in cached for path in (one.path, one.path.with_suffix(".txt"))])
        with suppress(OSError):
            return _written(
                folder, {one.path.name: (one.path.read_bytes(), one.alt) for one in cached}
            )
    drawn = {
        card.name: (card.data, card.alt) for card in render(quote, talk, look, extras, areas=areas)
    }
    if cache:
        cache.keep(_files(drawn))
    return _written(folder, drawn)


def draw_talk_into(
    folder: Path, quotes: Sequence[Candidate], talk: Talk, look: Look, extras: Sequence[Extras]
) -> list[Drawn]:
    """A talk's cover and quotes as files, written together or not at all."""
    cards = render_talk(quotes, talk, look, extras)
    return _written(folder, {card.name: (card.data, card.alt) for card in cards})


def _cards(
    layouts: Sequence[Layout],
    words: Sequence[Words],
    talk: Talk,
    look: Look,
    *,
    areas: bool = False,
) -> list[Card]:
    cards = []
    for at, (layout, said) in enumerate(zip(layouts, words, strict=True), 1):
        of = f"{at}of{len(layouts)}" if len(layouts) > 1 else ""
        alt = (
            said.alt.replace("Quote card:", f"Quote card {at} of {len(layouts)}:")
            if of
            else said.alt
        )
        lossy = _lossy(said, look)
        data = paint(layout, look, alt, lossy=lossy, max_bytes=look.order.max_bytes, areas=areas)
        suffix = ".jpg" if data[:2] == b"\xff\xd8" else ".png"
        stem = file_name(*_name(said, talk, look, areas=areas), of)
        cards.append(Card(stem + suffix, data, alt, look.template.width, look.template.height))
    return cards


def _lossy(words: Words, look: Look) -> bool:
    """Whether the card holds a picture or a gradient, for which JPEG is made."""
    return look.ground is not None or words.photo is not None


def _name(words: Words, talk: Talk, look: Look, *, areas: bool) -> tuple[str, int | None, str]:
    """The talk's title, the time, and everything that is drawn as text."""
    faces = (look.fonts.quote, look.fonts.name, look.fonts.talk)
    texts = (words.quote, words.name, words.title + words.event + words.role)
    machine = [face.digests(text, words.language) for face, text in zip(faces, texts, strict=True)]
    drawn = repr((words, machine, look.order.max_bytes, areas)) + look.digest
    return talk.title or talk.id, words.start_ms, drawn


def _there(folder: Path, stem: str) -> list[Drawn]:
    """The files of a card that was drawn before; none if any is missing, or was cut short."""
    with suppress(OSError, ValueError):
        return _found(folder, stem)
    return []


def _found(folder: Path, stem: str) -> list[Drawn]:
    single = [path for suffix in (".png", ".jpg") if (path := folder / (stem + suffix)).is_file()]
    several = sorted(path for path in folder.glob(f"{stem}-?of?.*") if path.suffix != ".txt")
    paths = single or several
    if not paths or (several and len(several) != int(several[0].stem[-1])):
        return []
    if not all(is_whole(path) for path in paths):
        return []
    alts = [path.with_suffix(".txt").read_text("utf-8").rstrip("\n") for path in paths]
    return [Drawn(path, alt, True) for path, alt in zip(paths, alts, strict=True)]


def _files(cards: Mapping[str, tuple[bytes, str]]) -> dict[str, bytes]:
    """The cards' files and their alt texts by name, a card after its alt text."""
    files: dict[str, bytes] = {}
    for name, (data, alt) in cards.items():
        files[str(Path(name).with_suffix(".txt"))] = alt.encode() + b"\n"
        files[name] = data
    return files


def _written(folder: Path, cards: Mapping[str, tuple[bytes, str]]) -> list[Drawn]:
    write_together(folder, _files(cards))
    return [Drawn(folder / name, alt, False) for name, (_, alt) in cards.items()]
