"""Made talks, and work that goes wrong at some of them."""

import os
import signal
import time
from pathlib import Path
from threading import Event

from bot.harvesting import Errand, Job, Outcome, Told
from bot.model import Details
from bot.pipeline import Cast, Terms
from bot.sources import Reach, Source

NOUNS = ("rope", "ship", "door", "book", "kettle", "lamp", "town", "storm", "river", "garden")
VERBS = ("keeps", "carries", "opens", "builds", "teaches", "mends")


def made_talk(number: int) -> str:
    """A talk of a minute whose words no other has."""
    lines = ["WEBVTT", ""]
    for at in range(8):
        mix = number * 8 + at
        noun, verb = NOUNS[mix % 10], VERBS[mix // 10 % 6]
        said = f"Every {noun} of harbour {mix} {verb} the {NOUNS[mix // 60 % 10]} we trust."
        lines += [f"00:{at * 7:02}.000 --> 00:{at * 7 + 6:02}.000", f"<v Ann Lee>{said}", ""]
    return "\n".join(lines)


def made_talks(folder: Path, count: int) -> list[Path]:
    """Files of so many talks, in an order that is that of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"talk-{number:04}.vtt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(made_talk(number), "utf-8")
    return paths


def errand(place: str, folder: Path) -> Errand:
    """A harvest into a library, all else as usual."""
    return Errand(place, Terms(5), Reach(folder, 64), 2)


def jobs(places: list[str]) -> list[Job]:
    """A job for each place."""
    return [Job(at, Source(place), Details(), Cast()) for at, place in enumerate(places)]


def told(job: Job) -> Outcome:
    """Work that is done at once."""
    return Outcome(job.number, job.source.place, "harvested", Told("", "", 0, ()))


def deadly(job: Job) -> Outcome:
    """Work that kills its worker at a talk called poison, and waits a little at others."""
    if "poison" in job.source.place:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.005)
    return told(job)


def unforeseen(job: Job) -> Outcome:
    """Work that meets an error nobody thought of."""
    if "odd" in job.source.place:
        raise ZeroDivisionError("division by zero")
    return told(job)


HUNG = Event()


def hung(job: Job) -> Outcome:
    """Work that hangs at all but the first, until it is let go."""
    if job.number:
        HUNG.wait(60)
    return told(job)


def slow(job: Job) -> Outcome:
    """Work that takes longer for the first of every four."""
    time.sleep(0.05 if job.number % 4 == 0 else 0.001)
    return told(job)
