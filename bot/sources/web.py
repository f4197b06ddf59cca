"""Talks by their web address: a transcript, a video's page with subtitles, a page of links."""

import re
import time
from fnmatch import fnmatchcase
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from bot.errors import UsageError
from bot.feeds.fetch import Limits, checked, fetch
from bot.sources.base import TRANSCRIPTS, Reach, Text


def read(url: str, reach: Reach) -> Text:
    """Read a talk by its address: a file with a transcript's ending, else a video's page.

    Raises ``NetworkError``, ``InputError``.
    """
    if re.split("[?#]", url)[0].rpartition(".")[2].lower() in TRANSCRIPTS:
        return transcript(url, reach)
    from bot.feeds.videos import captions

    checked(url, reach.limits)
    found = captions(url, reach.limits.timeout_s, reach.pause_s)
    recognised = "nobody made subtitles, so these are recognised: hear before you share"
    notes = (f"{url}: {recognised}",) if found.recognised else ()
    return Text(found.raw, found.source, found.details, notes)


def transcript(url: str, reach: Reach) -> Text:
    """Fetch the transcript at an address; ``NetworkError``."""
    return Text(fetch(url, reach.limits).raw or b"", url)


def pause(reach: Reach) -> None:
    """Wait between two downloads, as a polite guest does."""
    time.sleep(reach.pause_s)


def links(pattern: str, limits: Limits) -> list[str]:
    """The addresses a page of links leads to that a pattern in its last part means, sorted."""
    folder, _, wanted = pattern.rpartition("/")
    if "*" in folder or "?" in wanted:
        remedy = "write https://host/folder/*.vtt, or name the files"
        raise UsageError(f"{pattern} is no pattern of one page", remedy=remedy)
    page = fetch(f"{folder}/", limits)
    found = _Links()
    found.feed((page.raw or b"").decode("utf-8", "replace"))
    whole = {urldefrag(urljoin(page.url, one)).url for one in found.links}
    base = page.url.rpartition("/")[0] + "/"
    return sorted(one for one in whole if fnmatchcase(one, base + wanted))


class _Links(HTMLParser):
    """Where a page leads."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note each link."""
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]
