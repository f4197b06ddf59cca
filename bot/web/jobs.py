"""The transcripts being read: one after another, each with how far it is, kept while we serve."""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock
from typing import Literal

from fastapi import Request

from bot import pipeline
from bot.errors import BotError
from bot.library.overview import versions
from bot.library.talks import talk_of_bytes
from bot.model import Details
from bot.outfit import terms_of
from bot.pipeline import Cast
from bot.transcripts import read_bytes
from bot.web.kept import kept
from bot.web.site import Site
from bot.web.visit import site_of

Stage = Literal["waiting", "reading", "sentences", "ranking", "saved", "known", "refused"]
ENDED: tuple[Stage, ...] = ("saved", "known", "refused")
_KEPT = 500  # jobs remembered
_log = logging.getLogger("pullquote.web")


@dataclass(frozen=True, slots=True)
class Job:
    """One file on its way into the library.

    ``asks`` when nobody says who speaks; ``newer`` when the talk had another version of its text.
    ``error`` is the one line of what is wrong.
    """

    id: str
    batch: str
    name: str
    stage: Stage = "waiting"
    talk: str = ""
    title: str = ""
    added: int = 0
    quotes: int = 0
    notices: tuple[str, ...] = ()
    error: str = ""
    asks: bool = False
    newer: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.stage in ENDED

    @property
    def plain(self) -> bool:
        """Whether it ended without anything that a person should look at."""
        return self.stage == "saved" and not (self.asks or self.newer or self.notices)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a job's transcript comes from, and who speaks in it.

    ``again``: the bytes are known, and are harvested once more, after this was done: it is called
    when the transcript agrees with the cast.
    """

    read: Callable[[], tuple[bytes, str]]
    cast: Cast
    again: Callable[[], object] | None = None


class Jobs:
    """The jobs of one page: made by requests, worked on by one thread."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = Lock()
        self._jobs: dict[str, Job] = {}
        self._worker = ThreadPoolExecutor(1, "harvest")

    def add(self, batch: str, name: str, source: Source) -> Job:
        """Let a transcript be read when its turn comes."""
        job = self._keep(Job(secrets.token_hex(6), batch, name))
        self._worker.submit(self._work, job, source)
        return job

    def refuse(self, batch: str, name: str, error: BotError) -> Job:
        """Remember a file that is not read at all, and why."""
        return self._keep(Job(secrets.token_hex(6), batch, name, "refused", error=str(error)))

    def of(self, batch: str) -> tuple[Job, ...]:
        """The jobs that came together, in their order."""
        with self._lock:
            return tuple(job for job in self._jobs.values() if job.batch == batch)

    def running(self) -> tuple[Job, ...]:
        """The jobs that have not ended."""
        with self._lock:
            return tuple(job for job in self._jobs.values() if not job.ended)

    def _keep(self, job: Job) -> Job:
        with self._lock:
            self._jobs[job.id] = job
            ended = [one.id for one in self._jobs.values() if one.ended]
            for old in ended[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old]
        return job

    def _work(self, job: Job, source: Source) -> None:
        try:
            self._harvest(job, source)
        except BotError as error:
            self._keep(replace(job, stage="refused", error=str(error)))
        except Exception:  # noqa: BLE001 - the next file must not wait for ever for this one
            number = secrets.token_hex(4)
            _log.exception("reference %s: reading %s", number, job.name)
            why = f"{job.name}: could not be read; if it happens again, report it as {number}"
            self._keep(replace(job, stage="refused", error=why))

    def _harvest(self, job: Job, source: Source) -> None:
        """The harvest of one file; each step is told before it begins."""
        self._keep(replace(job, stage="reading"))
        raw, name = source.read()
        if not source.again and (known := self._known(raw)):
            talk = self._site.library.talk(known)
            self._keep(replace(job, stage="known", talk=talk.id, title=talk.title))
            return
        transcript = read_bytes(raw, name)
        self._keep(replace(job, stage="sentences"))
        reading = pipeline.understood(transcript, source.cast)
        if source.again:
            source.again()
        self._keep(replace(job, stage="ranking"))
        terms = terms_of(self._site.project.config)
        done = pipeline.harvest(reading, Details(), self._site.library, terms, self._site.now())
        saved = _saved(job, done)
        self._keep(replace(saved, newer=not source.again and self._is_newer(saved)))

    def _known(self, raw: bytes) -> str | None:
        with self._site.store.read() as connection:
            return talk_of_bytes(connection, sha256(raw).hexdigest())

    def _is_newer(self, job: Job) -> bool:
        with self._site.store.read() as connection:
            return len(versions(connection, job.talk)) > 1


def _saved(job: Job, done: pipeline.Harvest) -> Job:
    kept = done.kept
    return replace(
        job,
        stage="saved",
        talk=kept.talk.id,
        title=kept.talk.title,
        added=kept.added,
        quotes=len(kept.quotes),
        notices=kept.notices,
        asks=not any(one.speaker for one in done.reading.sentences),
    )


def jobs_of(request: Request) -> Jobs:
    """The jobs of the page that is asked; made when first wanted."""
    return kept(request, "jobs", lambda: Jobs(site_of(request)))
