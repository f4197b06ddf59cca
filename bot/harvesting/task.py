"""One talk harvested where its bytes are: in this process, a worker's, or another machine's.

The library is all that workers share: each talk is a transaction made by whoever read it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from bot import __version__, learned, pipeline
from bot.errors import BotError, UsageError
from bot.harvesting.told import Outcome, Told, failed, failure_of, told
from bot.library import Library
from bot.model import Details, Status
from bot.pipeline import Cast, Terms
from bot.sources import Reach, Source, Text, archives, read
from bot.sources.base import is_web
from bot.sources.web import pause
from bot.store import Store, open_store
from bot.store.again import again
from bot.transcripts import read_bytes

if TYPE_CHECKING:
    from bot.model import Talk

MEMORY = "sqlite://"  # outside a project: a library for one talk, gone afterwards
_opened: dict[tuple[str, bool], Store] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """One talk to be harvested: which of all, where it is, what is said of it, who speaks."""

    number: int
    source: Source
    details: Details
    cast: Cast


@dataclass(frozen=True, slots=True)
class Errand:
    """What all talks of a run have in common.

    ``library`` is a place that every worker can open; ``count`` the quotes told of each talk,
    with ``listed`` also of those that did not change, which are skipped unless it is ``again``.
    ``version`` is that of the program which asks.
    """

    library: str
    terms: Terms
    reach: Reach
    count: int
    again: bool = False
    listed: bool = True
    dry_run: bool = False
    version: str = __version__


def ready() -> None:
    """Load what was learned, once a process; ``BotError`` when the program is not whole."""
    learned.scorer_weights()
    learned.voice_weights()
    learned.words()
    learned.fingerprint()


def harvest_one(errand: Errand, job: Job) -> Outcome:
    """Harvest a talk and say what became of it; an error of its own is an outcome too."""
    try:
        _refuse_another(errand.version)
        return _harvested(errand, job)
    except BotError as error:
        return failed(job.number, failure_of(error), job.source.name)


def _refuse_another(version: str) -> None:
    """On another machine the program may be of another version: its quotes would be others."""
    if version != __version__:
        reason = f"a worker has pullquote {__version__}, and here it is {version}"
        raise BotError(reason, remedy="install the same version on each machine")


def let_go() -> None:
    """Close the libraries and archives this process has open."""
    archives.let_go()
    while _opened:
        _opened.popitem()[1].close()


def _harvested(errand: Errand, job: Job) -> Outcome:
    if is_web(job.source.place) and job.number:
        pause(errand.reach)
    text = read(job.source, errand.reach)
    digest = sha256(text.raw).hexdigest()
    recipe = pipeline.recipe(job.details, job.cast, errand.terms)
    with _library(errand) as library:
        known = None if errand.again else again(partial(library.harvested, digest, recipe))
        before, as_before = (None, None) if known else _named_before(library, digest, job, errand)
        if not errand.again and (known := known or as_before):
            standing = _standing(known, library, errand)
            return Outcome(job.number, job.source.name, "unchanged", standing)
        reading = _read(text, job.cast, before)
        now = datetime.now(UTC)
        one = again(
            partial(pipeline.harvest, reading, job.details, library, errand.terms, now, recipe)
        )
    new = told(one, one.best(errand.count), errand.count)
    new = replace(new, notes=(*text.notes, *new.notes))
    return Outcome(job.number, job.source.name, "harvested", new)


def _named_before(
    library: Library, digest: str, job: Job, errand: Errand
) -> "tuple[Cast | None, Talk | None]":
    """The cast with who was named when these bytes were harvested before, if nobody is named now.

    With it the talk, if it was harvested so by the same settings and version. Where the settings
    name a usual speaker that must be: only what was surely said of this talk goes before it.
    """
    if job.cast.named or not (names := again(partial(library.speakers_of, digest))):
        return None, None
    before = replace(job.cast, named=names)
    recipe = pipeline.recipe(job.details, before, errand.terms)
    known = again(partial(library.harvested, digest, recipe))
    return (before, known) if known or job.cast.usual is None else (None, None)


def _read(text: Text, cast: Cast, before: Cast | None) -> pipeline.Reading:
    """A transcript understood, by who was named before if its labels still allow it."""
    try:
        return understood(text, before or cast)
    except UsageError:
        if before is None:
            raise
        return understood(text, cast)


def understood(text: Text, cast: Cast) -> pipeline.Reading:
    """A transcript read, with who says what, and what its page says of it."""
    transcript = read_bytes(text.raw, text.name)
    if text.details != Details():
        transcript = replace(transcript, details=text.details)
    return pipeline.understood(transcript, cast)


def _standing(known: "Talk", library: Library, errand: Errand) -> Told:
    """What the library has of a talk that did not change."""
    statuses: tuple[Status, ...] = ("candidate", "approved")
    quotes = (
        library.quotes(talk=known.id, statuses=statuses, limit=errand.count)
        if errand.listed
        else ()
    )
    return Told(known.id, known.title, known.duration_ms, quotes)


@contextmanager
def _library(errand: Errand) -> Iterator[Library]:
    """The library of a run, open as long as this process harvests."""
    if errand.library == MEMORY:
        with open_store(MEMORY, dry_run=errand.dry_run) as store:
            yield Library(store)
        return
    key = (errand.library, errand.dry_run)
    if key not in _opened:
        _opened[key] = open_store(errand.library, dry_run=errand.dry_run)
    yield Library(_opened[key])
