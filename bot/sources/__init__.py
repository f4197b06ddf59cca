"""Transcripts wherever they are: files, folders, patterns, archives, buckets, the web.

``find`` tells them one by one, in an order that is the same each time; ``read`` is for whoever
harvests one, here or on another machine.
"""

from bot.errors import TranscriptError
from bot.sources import archives, remote, web
from bot.sources.base import Passed, Reach, Source, Text, is_remote, is_web
from bot.sources.finding import find
from bot.transcripts import bytes_of

__all__ = ["Passed", "Reach", "Source", "Text", "find", "read"]


def read(source: Source, reach: Reach) -> Text:
    """The bytes of a transcript; ``TranscriptError``, ``NetworkError``, ``InputError``."""
    place = source.place
    if source.member:
        return Text(archives.read(source, reach), source.name)
    if is_web(place):
        return web.read(place, reach)
    if is_remote(place):
        raw = remote.read(place, reach.most)
        if len(raw) > reach.most:
            reason = f"is over the limit of {reach.max_mb} MB"
            remedy = "a ten-hour transcript has about 1 MB; is this the right file?"
            raise TranscriptError(place, reason, remedy=remedy)
        return Text(raw, place)
    return Text(bytes_of(reach.folder / place, reach.max_mb, source.name), source.name)
