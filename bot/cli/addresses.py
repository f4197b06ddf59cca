"""Talks by their address: a transcript on the web, or a video's page with subtitles."""

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.cli.show import say

if TYPE_CHECKING:
    from bot.config import Project
    from bot.feeds.fetch import Limits
    from bot.pipeline import Cast, Reading

_TRANSCRIPTS = (
    *("vtt", "srt", "json", "json3", "srv1", "srv3", "txt", "xml", "ttml", "dfxp", "sbv", "lrc"),
    *("ass", "ssa", "smi", "sami", "scc", "stl", "sub", "docx", "tsv", "csv", "md"),
)


def is_address(talk: str) -> bool:
    """Whether a talk is named by its address instead of its file."""
    return talk.lower().startswith(("http://", "https://"))


def limits_of(project: "Project") -> "Limits":
    """What a download may take, as the settings say."""
    from bot.feeds.fetch import Limits

    follow, max_mb = project.config.follow, project.config.harvest.max_mb
    return Limits(follow.timeout_s, max_mb * 1_000_000, follow.private_addresses)


def read_transcript(url: str, project: "Project", cast: "Cast") -> "Reading":
    """Fetch and read the transcript at an address.

    Raises ``NetworkError``, ``TranscriptError`` or ``UsageError``.
    """
    from bot.feeds.fetch import fetch
    from bot.pipeline import understood
    from bot.transcripts import read_bytes

    raw = fetch(url, limits_of(project)).raw or b""
    return understood(read_bytes(raw, url), cast)


def read_address(url: str, project: "Project", cast: "Cast") -> "Reading":
    """Read a talk by its address: a file with a transcript's ending, else a video's page."""
    from bot.feeds.fetch import checked
    from bot.feeds.videos import captions
    from bot.pipeline import understood
    from bot.transcripts import read_bytes

    if re.split("[?#]", url)[0].rpartition(".")[2].lower() in _TRANSCRIPTS:
        return read_transcript(url, project, cast)
    follow = project.config.follow
    checked(url, limits_of(project))
    found = captions(url, follow.timeout_s, follow.pause_s)
    if found.recognised:
        say(f"note: {url}: nobody made subtitles, so these are recognised: hear before you share")
    transcript = replace(read_bytes(found.raw, found.source), details=found.details)
    return understood(transcript, cast)


def pause(project: "Project") -> None:
    """Wait between two downloads, as a polite guest does."""
    time.sleep(project.config.follow.pause_s)
