"""Fetches the subtitles of a video page through yt-dlp (the extra ``youtube``)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Struct, field

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
            page = _read(site.extract_info(url, download=False), url)
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


class _Form(Struct):
    """One form of a track: its ending and where it lies."""

    ext: str | None = None
    url: str | None = None


_Tracks = dict[str, list[_Form] | None]


class _Page(Struct):
    """What yt-dlp tells of a video, as far as it is read; a site may leave out any of it."""

    kind: str | None = field(name="_type", default=None)
    subtitles: _Tracks | None = None
    automatic_captions: _Tracks | None = None
    language: str | None = None
    upload_date: str | None = None
    webpage_url: str | None = None
    channel: str | None = None
    uploader: str | None = None
    title: str | None = None


def _read(page: Any, url: str) -> _Page:
    try:
        return msgspec.convert(page or {}, _Page)
    except (msgspec.ValidationError, UnicodeEncodeError, RecursionError) as error:
        reason = "has a page that makes no sense"
        raise InputError(reason, place=url, remedy=BY_HAND.format(url=url)) from error


@dataclass(frozen=True, slots=True)
class _Track:
    address: str
    language: str
    recognised: bool

    @property
    def name(self) -> str:
        kind = "recognised" if self.recognised else "subtitles"
        return f"{kind}, {self.language}"


def _best(page: _Page, url: str) -> _Track:
    """The track in the language that is spoken, by people if there is one."""
    if page.kind in ("playlist", "multi_video"):
        raise InputError("is a list of videos", place=url, remedy="give the videos one by one")
    tracks = list(_tracks(page))
    if not tracks:
        raise InputError("has no subtitles", place=url, remedy=BY_HAND.format(url=url))
    return tracks[0]


def _tracks(page: _Page) -> Iterator[_Track]:
    spoken = (page.language or "en")[:2]
    made, recognised = page.subtitles or {}, page.automatic_captions or {}
    names = [name for name in made if name != "live_chat"]
    for language in _spoken(names, spoken) or sorted(names):
        yield from _forms(made[language], language, _MADE, recognised=False)
    # A site offers machine translations too: of recognised ones only the spoken language.
    for language in _spoken(recognised, spoken):
        yield from _forms(recognised[language], language, _RECOGNISED, recognised=True)


def _spoken(names: Iterable[str], spoken: str) -> list[str]:
    """The tracks in a language, the original before what was made of it."""
    found = [name for name in names if name.startswith(spoken)]
    return sorted(found, key=lambda name: (not name.endswith("-orig"), len(name), name))


def _forms(
    found: list[_Form] | None, language: str, endings: Sequence[str], *, recognised: bool
) -> Iterator[_Track]:
    by_ending = {one.ext: one.url for one in found or ()}
    for ending in endings:
        if address := by_ending.get(ending):
            yield _Track(address, language, recognised)


def _details(page: _Page, url: str, track: _Track) -> Details:
    day = page.upload_date or ""
    date = f"{day[:4]}-{day[4:6]}-{day[6:8]}" if re.fullmatch("[0-9]{8}", day) else None
    made_by, where = page.channel or page.uploader, page.webpage_url or url
    language = track.language.removesuffix("-orig")
    return Details(page.title or None, (), made_by or None, where, date, language)


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
