"""The words of a post: a wording filled, tagged, linked and made to fit. Pure.

What does not fit is shortened in the frame alone, in this order, until it fits: tags from the
last on; the event, then the talk, shortened at a word, then gone; the time; the link; what else
the wording says. When even “quote” – speaker is too long, the quote stands on the card alone and
the words are the frame, shortened in the same order. The quote is whole or not there at all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.post import Facet, Limits, LinkMode, Words
from bot.publishing.counting import counted, fits, links_seen
from bot.publishing.tags import hashtags
from bot.publishing.wording import BARE, Rendered, Wording, check_wording, read_wording, render

__all__ = ["Source", "Style", "alt_text", "check_wording", "compose", "without_link"]

# https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
_ISOLATE, _END = "\u2068", "\u2069"
_SHORTENED = ("event", "talk")
_FEWEST = 2  # words of a name that is cut
_LONGEST, _MOST_TAGS = 400, 30  # letters of a name, and tags: more than any post has room for
_FAR = 20  # times what a network takes: such a quote is not counted, which takes long, to be cut


@dataclass(frozen=True, slots=True)
class Source:
    """What a post's words are made of; what is not known is empty.

    ``time`` is a clock, ``url`` leads to where the quote starts, ``handle`` is the speaker's name
    on the network, without ``@``.
    """

    quote: str
    speaker: str = ""
    talk: str = ""
    event: str = ""
    time: str = ""
    url: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How an account words its posts."""

    wording: str
    tags: tuple[str, ...] = ()
    link: LinkMode = "none"


@dataclass(frozen=True, slots=True)
class _Try:
    """One way to word a post."""

    wording: Wording
    values: Mapping[str, str]
    tags: tuple[str, ...] = ()


def compose(source: Source, style: Style, limits: Limits) -> Words:
    """The words of a post for an account; ``ValueError`` for a wording that cannot be filled."""
    wording = read_wording(style.wording)
    values = _values(source, style.link, limits)
    for attempt in _attempts(wording, values, hashtags(style.tags)[:_MOST_TAGS]):
        made = _made(attempt, source, style.link, limits)
        if fits(made.text, limits, made.facets):
            length = counted(made.text, limits, made.facets)
            return replace(made, counted=length, quoted="quote" in _fields(attempt))
    return Words("", quoted=False)


def alt_text(alt: str, most: int) -> str:
    """A card's words for those who cannot see it, cut at a word; never empty."""
    plain = alt.strip() or "Quote card"
    if len(plain) <= most:
        return plain
    cut = plain[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–") + "…"


def without_link(address: str, limits: Limits) -> str:
    """An address as words that no network makes a link of, and none takes money for."""
    plain = re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
    return re.sub(r"\.(?=\w)", "[.]", plain) if limits.counting == "weighted" else plain


def _values(source: Source, link: LinkMode, limits: Limits) -> dict[str, str]:
    url = {"none": "", "link": source.url}.get(link, without_link(source.url, limits))
    frame = {
        "speaker": source.speaker,
        "talk": source.talk,
        "event": source.event,
        "time": source.time,
    }
    plain = {name: " ".join(text[:_LONGEST].split()) for name, text in frame.items()}
    quote = source.quote.strip()
    return {"quote": quote if len(quote) < _FAR * limits.most else "", "url": url, **plain}


def _attempts(wording: Wording, values: Mapping[str, str], tags: tuple[str, ...]) -> Iterator[_Try]:
    """Ways to word a post, each shorter than the one before in what matters least."""
    yield from _shorter(_Try(wording, values, tags))
    if not values["quote"]:
        return
    if any(chunk.field == "quote" for chunk in wording.chunks):
        yield _Try(read_wording(BARE), {key: values[key] for key in ("quote", "speaker")})
    frame = {**values, "quote": ""}
    yield from _shorter(_Try(wording, frame, tags))
    speaker = read_wording("{speaker}")
    yield from (_Try(speaker, {"speaker": name}) for name in _cuts(values["speaker"], 1))


def _shorter(full: _Try) -> Iterator[_Try]:
    for count in range(len(full.tags), -1, -1):
        yield replace(full, tags=full.tags[:count])
    bare = replace(full, tags=())
    for name in _SHORTENED:
        for cut in _cuts(bare.values[name]):
            yield replace(bare, values={**bare.values, name: cut})
        bare = replace(bare, values={**bare.values, name: ""})
        yield bare
    for name in ("time", "url"):
        bare = replace(bare, values={**bare.values, name: ""})
        yield bare


def _cuts(text: str, fewest: int = _FEWEST) -> Iterator[str]:
    """A name shortened by one word after the other, where its script has any."""
    from bot.cards.breaking import pieces

    for _, end in reversed(pieces(text)[fewest - 1 : -1]):
        yield text[:end].rstrip(" ,;:–—-(") + "…"


def _made(attempt: _Try, source: Source, link: LinkMode, limits: Limits) -> Words:
    """The words of one attempt, without their length."""
    filled = render(attempt.wording, attempt.values)
    mention = _mentioned(filled, source.handle)
    if mention:
        named = {**attempt.values, "speaker": mention}
        filled = render(attempt.wording, named)
        attempt = replace(attempt, values=named)
    filled = _isolated(attempt, filled)
    facets = [Facet("mention", *filled.places["speaker"], source.handle)] if mention else []
    text, url = filled.text.strip(), attempt.values.get("url", "")
    by = len(filled.text) - len(filled.text.lstrip())
    facets = [replace(one, start=one.start - by, end=one.end - by) for one in facets]
    place = filled.places.get("url")
    if url and not place:
        text = f"{text}\n{url}" if text else url
        place = (len(text) - len(url), len(text))
    elif place:
        place = (place[0] - by, place[1] - by)
    if url and place and link == "link":
        facets.append(Facet("link", *place, source.url))
    text, tagged = _with_tags(text, attempt.tags)
    return Words(text, _sorted([*facets, *tagged, *_links_found(text, facets, limits)]))


def _fields(attempt: _Try) -> set[str]:
    return {one.field for one in attempt.wording.chunks if attempt.values.get(one.field)}


def _mentioned(filled: Rendered, handle: str) -> str:
    """The speaker as a mention; not where a post would begin with it, which makes it a reply."""
    place = filled.places.get("speaker")
    begins = place is None or not filled.text[: place[0]].strip(" \n.–—-:,“”\"'(")
    return "" if begins or not handle else f"@{handle}"


def _with_tags(text: str, tags: tuple[str, ...]) -> tuple[str, list[Facet]]:
    facets: list[Facet] = []
    for tag in tags:
        text += (" " if facets else "\n") if text else ""
        facets.append(Facet("tag", len(text), len(text) + len(tag) + 1, tag))
        text += f"#{tag}"
    return text, facets


def _links_found(text: str, known: list[Facet], limits: Limits) -> Iterator[Facet]:
    """What the network will make links of although nobody asked: a name with a dot in a quote."""
    for start, end, address in links_seen(text, limits):
        if not any(one.start < end and start < one.end for one in known):
            yield Facet("link", start, end, address)


def _sorted(facets: list[Facet]) -> tuple[Facet, ...]:
    return tuple(sorted(facets, key=lambda one: one.start))


def _isolated(attempt: _Try, filled: Rendered) -> Rendered:
    """The filled wording with each field that runs the other way kept apart from its neighbours."""
    from bot.cards.bidi import has_left, runs_left

    if not has_left(filled.text):
        return filled
    way = runs_left(filled.text)
    other = {
        name: f"{_ISOLATE}{text}{_END}"
        for name, text in attempt.values.items()
        if name in filled.places
        and any(map(str.isalpha, text))
        and name != "url"
        and runs_left(text) != way
    }
    if not other:
        return filled
    again = render(attempt.wording, {**attempt.values, **other})
    inner = {name: (at + 1, end - 1) for name, (at, end) in again.places.items() if name in other}
    return Rendered(again.text, {**again.places, **inner})
