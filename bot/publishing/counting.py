"""How long words are to a network, and where it would see links in them. Pure.

X: https://docs.x.com/fundamentals/counting-characters (by its own parser's port). Bluesky counts
graphemes and bytes, https://docs.bsky.app/docs/advanced-guides/posts. Mastodon counts graphemes,
a link as its instance says, and of a mention what stands before the server,
https://docs.joinmastodon.org/user/posting/.
"""

import re
from collections.abc import Sequence

import regex

from bot.post import Facet, Limits
from bot.publishing.parser import twitter_text

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def counted(text: str, limits: Limits, facets: Sequence[Facet] = ()) -> int:
    """The length of a text as its network counts; ``facets`` are its links and mentions."""
    if limits.counting == "weighted":
        return _weighted(text)
    if limits.counting == "graphemes":
        return graphemes(text)
    if limits.counting == "reserved":
        return _reserved(text, limits.url, facets)
    return len(text)


def fits(text: str, limits: Limits, facets: Sequence[Facet] = ()) -> bool:
    """Whether a network takes a text of this length."""
    most = limits.most_bytes
    if most is not None and len(text.encode()) > most:
        return False
    return counted(text, limits, facets) <= limits.most


def graphemes(text: str) -> int:
    """What people take for characters: UAX 29, https://www.unicode.org/reports/tr29/."""
    return len(text) if text.isascii() and "\r" not in text else len(regex.findall(r"\X", text))


def links_seen(text: str, limits: Limits) -> list[tuple[int, int, str]]:
    """Where a network makes links by itself: from, to, address. X does, of bare names too."""
    if limits.counting != "weighted" or "." not in text:
        return []
    found = twitter_text().extract_urls_with_indices(text)
    return [(*one["indices"], _whole(one["url"])) for one in found]


def _whole(address: str) -> str:
    return address if "://" in address else f"https://{address}"


def _weighted(text: str) -> int:
    return int(twitter_text().parse_tweet(text).weightedLength)


def _reserved(text: str, url: int | None, facets: Sequence[Facet]) -> int:
    """Mastodon's count; an address nobody marked counts no less than it is long."""
    total, at = 0, 0
    for one in sorted(facets, key=lambda facet: facet.start):
        shown = text[one.start : one.end]
        if one.kind == "mention":
            shown = "@" + one.target.split("@")[0]
        length = url if one.kind == "link" and url is not None else graphemes(shown)
        total += _bare(text[at : one.start], url) + length
        at = one.end
    return total + _bare(text[at:], url)


def _bare(text: str, url: int | None) -> int:
    longer = (max(0, (url or 0) - graphemes(found[0])) for found in _ADDRESS.finditer(text))
    return graphemes(text) + sum(longer)
