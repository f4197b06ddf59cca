"""X's pages of posts read into ``Seen``, and whether one is ours (pure)."""

import html
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.networks.x_answers import Page, Post
from bot.post import Outgoing, Seen

_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, UTC)  # of X's numbers, whose upper bits are time
_SHORT = re.compile(r"https://t\.co/\w+")
_SCHEME = re.compile(r"^https?://(?:www\.)?")


def made_at(remote_id: str) -> datetime:
    """When a post was made, by X's clock: its number says. https://docs.x.com/fundamentals/x-ids."""
    return _EPOCH + timedelta(milliseconds=int(remote_id) >> 22)


def address(remote_id: str) -> str:
    """Where a post stands, whatever its account is called by then."""
    return f"https://x.com/i/status/{remote_id}"


def seen_on(page: Page) -> Iterator[Seen]:
    """The posts of a page as X gives them: links as they were written, pictures' words."""
    words = page.words
    for post in page.data or []:
        yield Seen(
            remote_id=post.id,
            at=made_at(post.id),
            text=_written(post),
            url=address(post.id),
            alts=tuple(words.get(key, "") for key in post.pictures),
        )


def same_words(post: Outgoing, seen: Seen) -> bool:
    """Whether a post's words stand there; a short link nobody expanded may be any of its links."""
    ours, theirs = _parts(post.words.text), _parts(seen.text)
    if len(theirs) == len(ours) + 1 and _SHORT.fullmatch(theirs[-1]):
        theirs.pop()  # X's own link to the pictures
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(_same(mine, other) for mine, other in pairs)


def same_pictures(post: Outgoing, seen: Seen) -> bool:
    """Whether a post's pictures stand there, told by their words."""
    return [_parts(image.alt) for image in post.images] == [_parts(alt) for alt in seen.alts]


def _written(post: Post) -> str:
    """A post's text with its links as they were written, without the one to its pictures."""
    text = post.text
    for link in post.links:
        short, whole = link.url or "", link.expanded_url or ""
        if not short:
            continue
        if link.media_key or re.search(r"/(?:photo|video)/\d+$", whole):
            text = text.replace(short, "")
        elif whole:
            text = text.replace(short, whole)
    return html.unescape(text).strip()


def _parts(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).split()


def _same(mine: str, other: str) -> bool:
    if _SHORT.fullmatch(other):
        return "." in mine
    return mine == other or _bare(mine) == _bare(other)


def _bare(word: str) -> str:
    return _SCHEME.sub("", word).rstrip("/")
