"""From quotes to cards: what each carries, drawn one by one or on all cores, kept in a cache."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Generic, TypeVar

from bot import cards
from bot.cards import Cache, Drawn, Extras, Look, Order, Picture
from bot.errors import CardError
from bot.model import Candidate, Card, Person, Talk

_BATCH = 24  # cards from which other processes are worth their start
_CHUNK = 8

OneQuote = TypeVar("OneQuote", bound=Candidate)


@dataclass(frozen=True, slots=True)
class Dress:
    """What cards carry by the settings: logo and handle, photos, a code to the recording.

    ``folder`` is what the paths of photos start from.
    """

    logo: Picture | None = None
    handle: str = ""
    photos: bool = True
    code: bool = False
    folder: Path = Path()

    def of(self, quote: Candidate, person: Person | None, emphasis: tuple[str, ...] = ()) -> Extras:
        """What the card of a quote carries; a photo that is an address is not fetched."""
        photo = person.photo if person and self.photos else None
        if photo and "://" in photo:
            photo = None
        return Extras(
            role=(person.role or "") if person else "",
            photo=cards.open_picture(self.folder / photo, "photo") if photo else None,
            logo=self.logo,
            handle=self.handle,
            link=(getattr(quote, "url", None) or "") if self.code else "",
            emphasis=emphasis,
        )


@dataclass(frozen=True, slots=True)
class Job(Generic[OneQuote]):
    """A quote to draw, the talk it is of and what its card carries."""

    quote: OneQuote
    talk: Talk
    extras: Extras = field(default_factory=Extras)


Result = list[Drawn] | CardError


def draw(
    jobs: Sequence[Job[OneQuote]],
    look: Look,
    folder: Path | None,
    *,
    areas: bool = False,
    cache: Cache | None = None,
) -> Iterator[tuple[OneQuote, Result]]:
    """Draw quotes into a folder, in order, reusing what is there.

    A quote that no card can show comes with the reason. Without a folder the cards are drawn all
    the same and thrown away: the dry run. Many are drawn by several processes.
    """
    bench = _Bench(look, folder, areas, cache)
    if len(jobs) < _BATCH or (os.cpu_count() or 1) < 2:
        for job in jobs:
            yield job.quote, bench.drawn(job)
    else:
        settings = (look.order, folder, areas, cache)
        with ProcessPoolExecutor(
            mp_context=get_context("spawn"), initializer=_load, initargs=settings
        ) as pool:
            for job, result in zip(jobs, pool.map(_draw_one, jobs, chunksize=_CHUNK), strict=True):
                yield job.quote, result
    if cache:
        cache.trim()


def together(
    jobs: Sequence[Job[Candidate]], look: Look, folder: Path | None, cache: Cache | None = None
) -> list[Drawn]:
    """Draw quotes of one talk, in the order they are said, on a carousel behind a cover.

    Without a folder nothing is kept. ``CardError`` says why it cannot be drawn.
    """
    jobs = sorted(jobs, key=lambda job: job.quote.start_ms)
    of = [job.quote for job in jobs], jobs[0].talk, look, [job.extras for job in jobs]
    if folder is None:
        return _thrown_away(cards.render_talk(*of))
    drawn = cards.draw_talk_into(folder, *of, cache=cache)
    if cache:
        cache.trim()
    return drawn


def _thrown_away(found: list[Card]) -> list[Drawn]:
    return [Drawn(Path(card.name), card.alt, reused=False) for card in found]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What cards are drawn with, and where they go."""

    look: Look
    folder: Path | None
    areas: bool
    cache: Cache | None

    def drawn(self, job: Job[OneQuote]) -> Result:
        """The card of a job, or why there is none."""
        of = job.quote, job.talk, self.look, job.extras
        try:
            if self.folder:
                return cards.draw_into(self.folder, *of, areas=self.areas, cache=self.cache)
            return _thrown_away(cards.render(*of, areas=self.areas))
        except CardError as error:
            return error


_here: list[_Bench] = []  # what a process of the pool draws with


def _load(order: Order, folder: Path | None, areas: bool, cache: Cache | None) -> None:
    _here.append(_Bench(cards.load(order), folder, areas, cache))


def _draw_one(job: Job[OneQuote]) -> Result:
    return _here[-1].drawn(job)
