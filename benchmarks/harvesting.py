"""The first half of the bot as benchmarks run it: a talk met for the first time, in memory."""

from datetime import UTC, datetime
from pathlib import Path

from bot import cleanup, lexicon, wording
from bot.library import Library
from bot.model import Details
from bot.pipeline import Cast, Harvest, Reading, Terms, harvest, read_talk
from bot.settings import Config
from bot.store import open_store


def read(transcript: Path, speaker: str) -> Reading:
    """A talk met for the first time: what is remembered of its texts is forgotten."""
    for module in (cleanup, lexicon, wording):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()
    return read_talk(transcript, Cast((speaker,) if speaker else ()), Config().harvest.max_mb)


def harvested(transcript: Path, speaker: str, keep: int | None = None) -> Harvest:
    """From a file to quotes kept in a library in memory."""
    reading, terms = read(transcript, speaker), Terms(keep or Config().harvest.keep)
    with open_store("sqlite://") as store:
        details = Details(speakers=(speaker,))
        return harvest(reading, details, Library(store), terms, datetime.now(UTC))
