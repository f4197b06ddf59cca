"""Quote cards: a quote and its source in, pictures and their alt text out.

look = load_look("square", "midnight")     slow: opens fonts, builds the ground
cards = render(quote, talk, look)          a few milliseconds; one image, or up to four
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.cards.alt import Extras, Words, write
from bot.cards.base import Layout, Look, Order, Overrides
from bot.cards.cache import Cache
from bot.cards.carousel import talk_pages
from bot.cards.files import Drawn, file_name, is_whole, make_writable, write_together
from bot.cards.looks import TEMPLATES, load, load_look, template_names
from bot.cards.paint import paint
from bot.cards.pictures import Picture, open_picture, shows_box
from bot.cards.source import readable
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


_JPEG = b"\xff\xd8"


def render(
    quote: Candidate, talk: Talk, look: Look, extras: Extras | None = None, *, areas: bool = False
) -> list[Card]:
    """The card of a quote: per image its name, the file's bytes and the alt text.

    ``areas`` draws where the boxes of the template lie.
    """
    return _render(_one(quote, talk, look, extras, areas=areas), look, areas=areas)


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
    return _draw_into(
        folder, _one(quote, talk, look, extras, areas=areas), look, cache, areas=areas
    )


def render_talk(
    quotes: Sequence[Candidate], talk: Talk, look: Look, extras: Sequence[Extras]
) -> list[Card]:
    """A cover and a card of each quote, to be swiped through."""
    return _render(_several(quotes, talk, look, extras), look)


def draw_talk_into(
    folder: Path,
    quotes: Sequence[Candidate],
    talk: Talk,
    look: Look,
    extras: Sequence[Extras],
    cache: Cache | None = None,
) -> list[Drawn]:
    """A talk's cover and quotes as files, written together or not at all."""
    return _draw_into(folder, _several(quotes, talk, look, extras), look, cache)


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be drawn: the beginning of the files' names, how, and the words for each image.

    ``lossy`` says that it holds a picture or a gradient, for which JPEG is made.
    """

    stem: str
    layouts: Callable[[], list[Layout]]
    alts: tuple[str, ...]
    lossy: bool


def _one(quote: Candidate, talk: Talk, look: Look, extras: Extras | None, *, areas: bool) -> _Job:
    words = write(quote, talk, extras)
    stem = file_name(talk.title or talk.id, words.start_ms, _drawn(words, look) + areas * "boxes")
    layouts = partial(look.template.pages, words, look.fonts)
    return _Job(stem, layouts, (words.alt,), _lossy(words, look))


def _several(quotes: Sequence[Candidate], talk: Talk, look: Look, extras: Sequence[Extras]) -> _Job:
    words = [write(one, talk, more) for one, more in zip(quotes, extras, strict=True)]
    stem = file_name(talk.title or talk.id, None, "".join(_drawn(one, look) for one in words))
    title = readable(talk.title)
    alts = (f"Cover: {title}, {len(words)} quotes", *(one.alt for one in words))
    layouts = partial(talk_pages, title, words, look.fonts)
    return _Job(stem, layouts, alts, any(_lossy(one, look) for one in words))


def _render(job: _Job, look: Look, *, areas: bool = False) -> list[Card]:
    layouts = job.layouts()
    count = len(layouts)
    alts = job.alts if len(job.alts) == count else job.alts * count
    cards = []
    for at, (layout, said) in enumerate(zip(layouts, alts, strict=True), 1):
        alt = said.replace("Quote card:", f"Quote card {at} of {count}:") if count > 1 else said
        most = look.order.max_bytes
        data = paint(layout, look, alt, lossy=job.lossy, max_bytes=most, areas=areas)
        page = f"-{at}of{count}" if count > 1 else ""
        name = job.stem + page + (".jpg" if data.startswith(_JPEG) else ".png")
        cards.append(Card(name, data, alt, look.template.width, look.template.height))
    return cards


def _draw_into(
    folder: Path, job: _Job, look: Look, cache: Cache | None, *, areas: bool = False
) -> list[Drawn]:
    if there := _there(folder, job.stem):
        return there
    cached = _there(cache.folder, job.stem) if cache else []
    if cache and cached:
        cache.touched([path for one in cached for path in (one.path, one.path.with_suffix(".txt"))])
        with suppress(OSError):
            files = {one.path.name: (one.path.read_bytes(), one.alt) for one in cached}
            return _written(folder, files)
    drawn = {card.name: (card.data, card.alt) for card in _render(job, look, areas=areas)}
    if cache:
        cache.keep(_files(drawn))
    return _written(folder, drawn)


def _lossy(words: Words, look: Look) -> bool:
    return look.ground is not None or words.photo is not None


def _drawn(words: Words, look: Look) -> str:
    """Everything that is drawn, as text: what it changes with is in the files' names."""
    faces = (look.fonts.quote, look.fonts.name, look.fonts.talk)
    texts = (words.quote, words.name, words.title + words.event + words.role + words.handle)
    machine = [face.digests(text, words.language) for face, text in zip(faces, texts, strict=True)]
    return repr((words, machine, look.order.max_bytes)) + look.digest


def _there(folder: Path, stem: str) -> list[Drawn]:
    """The files of a card that was drawn before; none if any is missing, or was cut short."""
    with suppress(OSError, ValueError):
        return _found(folder, stem)
    return []


def _found(folder: Path, stem: str) -> list[Drawn]:
    paths = [path for suffix in (".png", ".jpg") if (path := folder / (stem + suffix)).is_file()]
    if not paths:
        paths = sorted(p for p in folder.glob(f"{stem}-*of*.*g") if p.suffix in (".png", ".jpg"))
        paths.sort(key=lambda path: len(path.name))  # 10of12 after 9of12
        if not paths or len(paths) != int(paths[0].stem.rpartition("of")[2]):
            return []
    if not all(map(is_whole, paths)):
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
