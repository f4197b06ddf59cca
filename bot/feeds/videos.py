"""Fetches the subtitles of a video page through yt-dlp (the extra ``youtube``)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import InputError, NetworkError
from bot.model import Details

BY_HAND = (
    "download the captions by hand (on YouTube: … more, Show transcript; or the site's "
    "CC download), save them as a file, and run `pullquote harvest FILE --url {url}`"
)
# Word times first among what is recognised; what people made is plain in WebVTT.
_MADE = ("vtt", "srt", "ttml", "srv3", "json3")
_RECOGNISED = ("json3", "srv3", "vtt", "srt", "ttml")
_MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Captions:
    """The subtitles of a video: their bytes, a name that says which they are, the page's details.

    ``recognised``: a machine wrote them.
    """

    raw: bytes
    source: str
    details: Details
    recognised: bool


def captions(url: str, timeout_s: float, pause_s: float) -> Captions:
    """The subtitles of a video's page, made by people before recognised ones.

    Raises ``InputError`` without yt-dlp or subtitles, ``NetworkError`` when the site refuses.
    """
    try:
        from yt_dlp import YoutubeDL
        from yt_dlp.utils import YoutubeDLError
    except ImportError as error:
        remedy = "pip install 'pullquote[youtube]', or " + BY_HAND.format(url=url)
        raise InputError("needs yt-dlp to be read", place=url, remedy=remedy) from error
    settings: dict[str, Any] = {
        "logger": _Silence(),
        "noprogress": True,
        "noplaylist": True,
        "skip_download": True,
        "cachedir": False,
        "socket_timeout": timeout_s,
        "sleep_interval_requests": pause_s,
        "ignore_no_formats_error": True,
    }
    try:
        with YoutubeDL(settings) as site:
            page = site.extract_info(url, download=False) or {}
            track = _best(page, url)
            with site.urlopen(track.address) as answer:
                raw = answer.read(_MOST_BYTES + 1)
    except YoutubeDLError as error:
        _close(error)
        reason = f"the site refused: {_plain(str(error))}"
        raise NetworkError(reason, place=url, remedy=BY_HAND.format(url=url)) from error
    if len(raw) > _MOST_BYTES:
        raise InputError("has subtitles of over 64 MB", place=url, remedy=BY_HAND.format(url=url))
    return Captions(raw, f"{url} ({track.name})", _details(page, url, track), track.recognised)


@dataclass(frozen=True, slots=True)
class _Track:
    address: str
    language: str
    recognised: bool

    @property
    def name(self) -> str:
        kind = "recognised" if self.recognised else "subtitles"
        return f"{kind}, {self.language}"


def _best(page: Mapping[str, Any], url: str) -> _Track:
    """The track in the language that is spoken, by people if there is one."""
    if page.get("_type") in ("playlist", "multi_video"):
        raise InputError("is a list of videos", place=url, remedy="give the videos one by one")
    tracks = list(_tracks(page))
    if not tracks:
        raise InputError("has no subtitles", place=url, remedy=BY_HAND.format(url=url))
    return tracks[0]


def _tracks(page: Mapping[str, Any]) -> Iterator[_Track]:
    spoken = str(page.get("language") or "en")[:2]
    for key, endings in (("subtitles", _MADE), ("automatic_captions", _RECOGNISED)):
        recognised = key == "automatic_captions"
        found = {name: one for name, one in (page.get(key) or {}).items() if name != "live_chat"}
        # A site offers machine translations too: of recognised ones only the spoken language.
        names = [name for name in found if name.startswith(spoken)]
        names.sort(key=lambda name: (not name.endswith("-orig"), len(name), name))
        for language in names or ([] if recognised else sorted(found)):
            by_ending = {str(one.get("ext")): one.get("url") for one in found[language]}
            for ending in endings:
                if address := by_ending.get(ending):
                    yield _Track(str(address), language, recognised)


def _details(page: Mapping[str, Any], url: str, track: _Track) -> Details:
    day = str(page.get("upload_date") or "")
    date = f"{day[:4]}-{day[4:6]}-{day[6:8]}" if len(day) == 8 and day.isdigit() else None
    where = str(page.get("webpage_url") or url)
    made_by = page.get("channel") or page.get("uploader")
    language = track.language.removesuffix("-orig")
    title = str(page["title"]) if page.get("title") else None
    return Details(title, (), str(made_by) if made_by else None, where, date, language)


def _close(error: BaseException | None) -> None:
    """Let go of the answer that yt-dlp keeps open in the causes of its errors."""
    while error:
        if hasattr(error, "response"):
            error.response.close()
        error = getattr(error, "cause", None) or (getattr(error, "exc_info", None) or (0, None))[1]


def _plain(message: str) -> str:
    """The site's reason without yt-dlp's colours, label and advice for its own users."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", message).removeprefix("ERROR: ")
    plain = re.split(r"; please report|\. ?Use --|\. ?See  ?https", plain)[0]
    return plain.strip().rstrip(".;")[:200]


class _Silence:
    """Takes what yt-dlp would print: our own line says what matters."""

    def debug(self, message: str) -> None:
        """Progress."""

    def info(self, message: str) -> None:
        """Progress."""

    def warning(self, message: str) -> None:
        """A remark."""

    def error(self, message: str) -> None:
        """It is raised as well."""
