"""Reads podcast feeds: which episodes there are, and where their transcripts lie.

RSS 2.0 and Atom, with ``transcript`` elements of any namespace (several were in use before
https://podcastindex.org/namespace/1.0 became the one). Broken feeds are read where a listener's
player would read them: prefixes that nobody declared, bare ampersands, names of HTML for letters.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bot.errors import InputError
from bot.model import Details
from bot.transcripts.xml_reading import attribute, local

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

# What a type promises, most first: who speaks, times of words, times at all. Types lie, so that
# the next is tried when one cannot be read.
_PROMISES = ("json", "vtt", "srt", "subrip", "html", "plain")
_MOST_ITEMS = 20_000
_XML_NAMES = {"amp;", "lt;", "gt;", "quot;", "apos;"}


@dataclass(frozen=True, slots=True)
class Link:
    """One transcript of an episode, as the feed says; the type may not be true."""

    url: str
    type: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """One item of a feed: its own id, what is known of it, its transcripts, the best first.

    ``guest`` is the one person that the feed calls a guest, where it does.
    """

    id: str
    details: Details
    links: tuple[Link, ...] = ()
    guest: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A podcast feed: its title and its episodes, in the order of the file."""

    title: str
    episodes: tuple[Episode, ...]


def read_feed(raw: bytes, url: str) -> Feed:
    """The episodes of a feed; ``InputError`` when it is none."""
    root = _root(raw, url)
    channel = next((one for one in root.iter() if local(one).lower() == "channel"), root)
    items = [one for one in root.iter() if local(one).lower() in ("item", "entry")][:_MOST_ITEMS]
    if local(root).lower() not in ("rss", "feed", "rdf", "channel"):
        remedy = "give the address of the RSS feed, as podcast directories list it"
        raise InputError("is XML, but no podcast feed", place=url, remedy=remedy)
    title = _text(channel, "title") or url
    language = _text(channel, "language")
    links = Counter(filter(None, (_link(item, url) for item in items)))
    found = [_episode(item, url, title, language, links) for item in items]
    return Feed(title, tuple({one.id: one for one in reversed(found)}.values())[::-1])


def _episode(
    item: "Element", base: str, event: str, language: str | None, links: Counter[str]
) -> Episode:
    """One item; a link that several items share is the show's, not the episode's."""
    link, title = _link(item, base), _text(item, "title")
    media = _enclosure(item, base)
    date = _date(_text(item, "pubDate", "published", "updated", "date"))
    own = link if link and links[link] == 1 else None
    transcripts = sorted(_transcripts(item, base), key=lambda one: _worth(one, language))
    spoken = transcripts[0].language if transcripts else None
    name = _text(item, "guid", "id") or media or own or f"{title} {date}"
    details = Details(title, (), event, own, date, spoken or language, media)
    return Episode(name, details, tuple(transcripts), _guest(item))


def _transcripts(item: "Element", base: str) -> Iterator[Link]:
    seen = set()
    for one in item.iter():
        url = attribute(one, "url") or attribute(one, "href")
        if local(one).lower() != "transcript" or not url:
            continue
        where = _joined(base, url.strip())
        if re.match(r"https?://", where) and where not in seen:
            seen.add(where)
            kind = (attribute(one, "type") or "").lower()
            yield Link(where, kind, attribute(one, "language") or None)


def _worth(one: Link, language: str | None) -> tuple[bool, int]:
    """In the show's language first, then by what the type promises."""
    foreign = bool(one.language and language and one.language[:2] != language[:2])
    told = f"{one.type} {one.url.rpartition('.')[2].lower()}"
    return foreign, next((at for at, name in enumerate(_PROMISES) if name in told), 9)


def _guest(item: "Element") -> str | None:
    """The one guest; of several, nobody is the main speaker."""
    people = [one for one in item if local(one).lower() == "person"]
    guests = {
        " ".join((one.text or "").split())
        for one in people
        if (attribute(one, "role") or "").lower() == "guest"
    } - {""}
    return guests.pop() if len(guests) == 1 else None


def _link(item: "Element", base: str) -> str | None:
    """The address of an item's own page: RSS has it as text, Atom as an attribute."""
    for one in item:
        if local(one).lower() != "link" or (attribute(one, "rel") or "alternate") != "alternate":
            continue
        where = _joined(base, (one.text or "").strip() or attribute(one, "href") or "")
        if re.match(r"https?://[^/\s]+", where) and where != base:
            return where
    return None


def _joined(base: str, address: str) -> str:
    """An address as it is from the feed's; empty for what is none, as ``http://[``."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _enclosure(item: "Element", base: str) -> str | None:
    for one in item:
        url = attribute(one, "url") or attribute(one, "href")
        if url and (local(one).lower() == "enclosure" or attribute(one, "rel") == "enclosure"):
            return _joined(base, url) or None
    return None


def _text(item: "Element", *names: str) -> str | None:
    """The words of the first child of one of these names, without a feed's markup."""
    wanted = [name.lower() for name in names]
    children: Iterable[Element] = (one for one in item if local(one).lower() in wanted)
    for one in sorted(children, key=lambda one: wanted.index(local(one).lower())):
        words = " ".join(unescape(re.sub(r"<[^>]*>", " ", one.text or "")).split())
        if words:
            return words
    return None


def _date(text: str | None) -> str | None:
    """The day of a date as RSS (RFC 2822) or Atom (RFC 3339) write it; None for anything else."""
    if not text:
        return None
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        return None


def _root(raw: bytes, url: str) -> "Element":
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    remedy = "give the address of the RSS feed, as podcast directories list it"
    for attempt in (lambda: raw.lstrip(), lambda: _mended(raw)):
        try:
            root: Element = fromstring(attempt())
        except ParseError as error:
            reason = f"is no podcast feed: {error.msg}"
            failed = InputError(reason, place=f"{url} line {error.position[0]}", remedy=remedy)
        except (DefusedXmlException, ValueError, LookupError) as error:
            reason = "is XML that declares entities or an encoding it should not"
            raise InputError(reason, place=url, remedy="tell the feed's publisher") from error
        else:
            return root
    raise failed


def _mended(raw: bytes) -> str:
    """A feed's text with its prefixes declared and its stray ampersands told."""
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w-]+)", raw)
    try:
        text = raw.decode(declared[1].decode() if declared else "utf-8", errors="replace")
    except LookupError:
        text = raw.decode("utf-8", errors="replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    text = re.sub(r"&(\w+;)", _letter, text)
    text = re.sub(r"&(?!#?\w+;)", "&amp;", text)
    prefixes = set(re.findall(r"<([A-Za-z][\w.-]{0,40}):", text)) - {"xml", "xmlns"}
    prefixes |= set(re.findall(r"\s([A-Za-z][\w.-]{0,40}):[\w.-]+\s*=", text)) - {"xml", "xmlns"}
    missing = [name for name in sorted(prefixes) if f"xmlns:{name}" not in text][:100]
    names = "".join(f' xmlns:{name}="urn:{name}"' for name in missing)
    return re.sub(r"<(rss|feed|rdf:RDF|channel)\b", rf"<\g<1>{names}", text, count=1)


def _letter(name: re.Match[str]) -> str:
    """A letter that HTML has a name for and XML has none."""
    return name[0] if name[1] in _XML_NAMES else html5.get(name[1], f"&amp;{name[1]}")
