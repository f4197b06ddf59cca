"""What is fetched: podcast feeds, pages and subtitles of videos, any answer to a download."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import Any
from unittest.mock import patch

from benchmarks.doors.answering import Answering, answering
from benchmarks.fuzz_door import Door, Sample
from bot.errors import NetworkError
from bot.feeds import read_feed
from bot.feeds.fetch import Limits, fetch
from bot.feeds.videos import captions

_ADDRESS = "https://feeds.example.org/show.xml"
_RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel><title>Rope &amp; Knot</title><language>en</language><link>https://example.org/</link>
<item><title>On maps</title><guid>a-1</guid><pubDate>Tue, 24 Nov 2026 09:00:00 +0100</pubDate>
<link>https://example.org/1</link><enclosure url="/1.mp3" type="audio/mpeg" length="1"/>
<podcast:transcript url="https://example.org/1.vtt" type="text/vtt" language="en"/>
<podcast:transcript url="1.json" type="application/json"/>
<podcast:person role="guest">Ada Quill</podcast:person></item>
<item><title>On ropes &uuml;ber</title><pubDate>2026-11-25</pubDate><link>https://example.org/2</link></item>
</channel></rss>
"""
_ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>Rope &amp; Knot</title>
<entry><id>urn:1</id><title type="html">On &lt;b&gt;maps&lt;/b&gt;</title>
<updated>2026-11-24T09:00:00Z</updated><link rel="alternate" href="https://example.org/1"/>
<link rel="enclosure" href="https://example.org/1.mp3"/>
<transcript href="1.srt" type="text/srt"/></entry>
</feed>
"""
_TRACKS = [
    {"ext": "vtt", "url": "https://example.org/en.vtt"},
    {"ext": "json3", "url": "https://e.org/3"},
]
_PAGE = {
    "title": "On maps", "channel": "Rope & Knot", "upload_date": "20261124", "language": "en",
    "webpage_url": "https://example.org/v", "subtitles": {"en": _TRACKS,
                                                          "live_chat": [{"ext": "json"}]},
    "automatic_captions": {"en-orig": _TRACKS, "de": _TRACKS},
}  # fmt: skip
_ANSWER = (
    b'HTTP/1.1 200 OK\r\nContent-Type: text/vtt\r\nETag: "a"\r\n\r\n'
    b"WEBVTT\n\n00:00.000 --> 00:02.000\nHi."
)
_MOVED = b"HTTP/1.1 302 Found\r\nLocation: /talk.vtt\r\n\r\n"


def _feeds() -> Sequence[Sample]:
    kinds = ("bytes", "text", "xml")
    return [Sample("rss.xml", _RSS.encode(), kinds), Sample("atom.xml", _ATOM.encode(), kinds)]


def _feed(_: str, raw: bytes) -> str:
    found = read_feed(raw, _ADDRESS)
    for one in found.episodes:
        if not one.id or any(not link.url.startswith("http") for link in one.links):
            raise AssertionError(f"an episode that leads nowhere: {one!r}"[:200])
    return "feed"


def _pages() -> Sequence[Sample]:
    return [Sample("page.json", json.dumps(_PAGE).encode(), ("bytes", "text", "json"))]


def _video(_: str, raw: bytes) -> str:
    """What yt-dlp makes of a page, as JSON: it gives any that it likes."""
    try:
        page = json.loads(raw)
    except (ValueError, RecursionError):
        page = None
    with patch("yt_dlp.YoutubeDL", lambda settings: _Site(page)):
        found = captions("https://example.org/v", 5, 0)
    if not all(isinstance(one, str | None) for one in (found.details.title, found.details.date)):
        raise AssertionError("details that are no text")
    return "recognised" if found.recognised else "made"


class _Site:
    """yt-dlp, as far as it is asked: a page, and what lies at its addresses."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def __enter__(self) -> "_Site":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def extract_info(self, _: str, **__: object) -> Any:
        return self._page

    @contextmanager
    def urlopen(self, _: str) -> Iterator[BytesIO]:
        yield BytesIO(b"WEBVTT")


def _answers() -> Sequence[Sample]:
    kinds = ("bytes", "answer")
    return [Sample("transcript", _ANSWER, kinds), Sample("moved", _MOVED, kinds)]


@cache
def _server() -> Answering:
    return answering()


def _download(_: str, raw: bytes) -> str:
    """Fetch it from a server on loopback, which answers every later question as it should."""
    server = _server()
    server.say({"": _ANSWER}, first=raw)
    limits = Limits(timeout_s=2, max_bytes=2_000_000, private=True)
    found = fetch(f"{server.url}/feed", limits)
    if found.raw is not None and len(found.raw) > limits.max_bytes:
        raise NetworkError("larger than it may be")
    return "unchanged" if found.raw is None else "bytes"


FEEDS = Door("feeds", _feeds, _feed, share=8)
VIDEOS = Door("videos", _pages, _video, share=6)
DOWNLOADS = Door("downloads", _answers, _download, share=6)
