"""Cards for the page, drawn when somebody looks: one at a time, kept in the project's cache."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import BoundedSemaphore
from weakref import finalize

from fastapi import HTTPException, Request

from bot import outfit
from bot.cards import Cache, Drawn, Look, template_names, theme_names
from bot.cards.alt import write
from bot.config import Project
from bot.drawing import Dress, Job, draw
from bot.errors import CardError, InputError
from bot.library import Library
from bot.model import Person, Quote, Talk
from bot.web.kept import kept
from bot.web.visit import site_of

USUAL = "usual"  # in place of a name: the template or theme of the settings
_AT_ONCE = 1  # of two cores: the other answers
_PATIENCE_S = 60
_LOOKS = 12  # kept open; a ground takes megabytes
_KNOWN = 500  # cards of which is remembered where they are
_MOST_KEPT = 50_000_000  # bytes, where the project keeps no cards


@dataclass(frozen=True, slots=True)
class Style:
    """A template and a theme by their names."""

    template: str
    theme: str


class Studio:
    """Where the cards of a site are drawn; threads may share it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._turn, self._shrinking = BoundedSemaphore(_AT_ONCE), BoundedSemaphore(_AT_ONCE)
        self._known = dict[str, list[Drawn]]()
        self._look = lru_cache(maxsize=_LOOKS)(self._opened)

    @cached_property
    def templates(self) -> Sequence[str]:
        """The names of all templates, the usual one first."""
        return _first(template_names(self._project.assets), self._project.config.card.template)

    @cached_property
    def themes(self) -> Sequence[str]:
        """The names of all themes, the usual one first."""
        names = theme_names(self._project.assets, outfit.overrides(self._project))
        return _first(names, self._project.config.card.theme)

    def style(self, template: str, theme: str) -> Style:
        """A style that there is; 404 for another: a name becomes no path."""
        card = self._project.config.card
        chosen = Style(
            card.template if template == USUAL else template,
            card.theme if theme == USUAL else theme,
        )
        if chosen.template not in self.templates or chosen.theme not in self.themes:
            raise HTTPException(404, "there is no such template or theme")
        return chosen

    @property
    def usual(self) -> Style:
        """The template and theme of the settings."""
        return self.style(USUAL, USUAL)

    @property
    def size(self) -> tuple[int, int]:
        """How wide and high the usual cards are, in pixels."""
        template = self._look(self.usual).template
        return template.width, template.height

    def alt(self, library: Library, quote: Quote, talk: Talk) -> str:
        """The words of a quote's card for those who cannot see it."""
        extras = self._dress.of(quote, _speaker_of(quote, library))
        return write(quote, talk, extras).alt

    def drawn(self, library: Library, quote: Quote, talk: Talk, style: Style) -> list[Drawn]:
        """The images of a quote's card; ``CardError`` says why there is none."""
        if quote.status == "retracted":
            raise CardError("was taken down for good", place=f"quote {quote.id}")
        person = _speaker_of(quote, library)
        wanted = repr((quote, talk, person, style))
        found = self._known.get(wanted)
        if found is None or not all(image.path.is_file() for image in found):
            found = self._drawn(Job(quote, talk, self._dress.of(quote, person)), style)
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[wanted] = found
        return found

    def thumbnail(self, image: Drawn, width: int) -> Path:
        """An image in a width of so many pixels."""
        with self._shrinking:
            return self._cache.thumbnail(image.path, width)

    def _drawn(self, job: Job[Quote], style: Style) -> list[Drawn]:
        if not self._turn.acquire(timeout=_PATIENCE_S):
            raise HTTPException(503, "cards are being drawn for others; try again in a moment")
        try:
            _, found = next(draw([job], self._look(style), self._cache.folder))
            self._cache.keep({})
        finally:
            self._turn.release()
        if isinstance(found, CardError):
            raise found
        return found

    @cached_property
    def _dress(self) -> Dress:
        return outfit.dress(self._project)

    @cached_property
    def _cache(self) -> Cache:
        if shared := outfit.cache(self._project):
            return shared
        folder = mkdtemp(prefix="pullquote-cards-")
        finalize(self, rmtree, folder, ignore_errors=True)
        return Cache(Path(folder), _MOST_KEPT)

    def _opened(self, style: Style) -> Look:
        try:
            return outfit.look(self._project, style.template, style.theme)
        except InputError as error:
            raise CardError(str(error)) from error


def studio_of(request: Request) -> Studio:
    """The studio of the site, made when the first card is asked for."""
    return kept(request, "studio", lambda: Studio(site_of(request).project))


def _speaker_of(quote: Quote, library: Library) -> Person | None:
    return library.person(quote.speaker) if quote.speaker else None


def _first(names: Sequence[str], usual: str) -> list[str]:
    return sorted(names, key=lambda name: name != usual)
