"""How far a project's settings let reading go, on this machine and on the web."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Project
    from bot.feeds.fetch import Limits
    from bot.pipeline import Cast, Reading
    from bot.sources import Reach


def reach_of(project: "Project") -> "Reach":
    """How far reading goes, from the folder one is in."""
    from bot.sources import Reach

    max_mb, pause_s = project.config.harvest.max_mb, project.config.follow.pause_s
    return Reach(Path.cwd(), max_mb, limits_of(project), pause_s)


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


def pause(project: "Project") -> None:
    """Wait between two downloads, as a polite guest does."""
    time.sleep(project.config.follow.pause_s)
