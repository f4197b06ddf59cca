"""A Bluesky post as a record: its key, its bytes, what a record says. Pure."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.networks.base import Prepared
from bot.networks.bluesky_shapes import Record
from bot.post import Facet, Image, Key, Outgoing, Seen

POSTS = "app.bsky.feed.post"
_IMAGES = "app.bsky.embed.images"
_WITH_MEDIA = "app.bsky.embed.recordWithMedia"
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"  # https://atproto.com/specs/tid
_AGES_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def rkey(key: Key) -> str:
    """The record key of a post, the same whoever asks and whenever: it can be there once.

    Clients make record keys of the time (https://atproto.com/specs/record-key). This one is 60
    bits of a hash behind a leading zero, which are times before 2007, so it meets none of theirs.
    """
    named = "\n".join((key.network, key.account, key.quote, str(key.occasion)))
    bits = int.from_bytes(hashlib.sha256(named.encode()).digest()[:8]) >> 4
    return _LETTERS[0] + "".join(_LETTERS[bits >> shift & 31] for shift in range(55, -1, -5))


def record(post: Outgoing, prepared: Prepared) -> dict[str, Any]:
    """The record of a post, from nothing but its arguments: a repeat is the same to the byte.

    https://docs.bsky.app/docs/advanced-guides/posts
    """
    made: dict[str, Any] = {
        "$type": POSTS,
        "text": post.words.text,
        "createdAt": post.at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
    }
    if post.language:
        made["langs"] = [post.language]
    facets = [_facet(one, post.words.text, prepared["dids"]) for one in post.words.facets]
    if known := [facet for facet in facets if facet]:
        made["facets"] = known
    if post.images:
        images = zip(post.images, prepared["blobs"], strict=True)
        made["embed"] = {"$type": _IMAGES, "images": [_image(*pair) for pair in images]}
    return made


def _image(image: Image, blob: Mapping[str, Any]) -> dict[str, Any]:
    ratio = {"width": image.width, "height": image.height}
    return {"alt": image.alt, "image": blob, "aspectRatio": ratio}


def _facet(facet: Facet, text: str, dids: Mapping[str, str | None]) -> dict[str, Any] | None:
    """A facet, counted in bytes of UTF-8; None for a mention of somebody unknown here.

    https://docs.bsky.app/docs/advanced-guides/post-richtext
    """
    named = {"link": "uri", "tag": "tag", "mention": "did"}[facet.kind]
    target = dids.get(facet.target) if facet.kind == "mention" else facet.target
    if target is None:
        return None
    start, end = (len(text[:at].encode()) for at in (facet.start, facet.end))
    return {
        "index": {"byteStart": start, "byteEnd": end},
        "features": [{"$type": f"app.bsky.richtext.facet#{facet.kind}", named: target}],
    }


def mentioned(post: Outgoing) -> list[str]:
    """The handles a post mentions, each once."""
    marks = post.words.facets
    return list(dict.fromkeys(mark.target for mark in marks if mark.kind == "mention"))


def address(handle: str, uri: str) -> str:
    """Where people see a post; ``uri`` is ``at://did/collection/rkey``."""
    return f"https://bsky.app/profile/{handle}/post/{uri.rpartition('/')[2]}"


def made_at(value: Mapping[str, Any]) -> datetime:
    """When a record says it was made; some clients write what is no time, long ago then."""
    try:
        at = datetime.fromisoformat(str(value.get("createdAt")))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return _AGES_AGO


def seen(found: Record, handle: str) -> Seen:
    """A listed record as a post on the timeline; what no client may write in it is not there."""
    value = found.value
    embed = _group(value.get("embed"))
    pictured = _group(embed.get("media")) if embed.get("$type") == _WITH_MEDIA else embed
    images = pictured.get("images")
    alts = tuple(
        str(_group(image).get("alt", "")) for image in (images if isinstance(images, list) else ())
    )
    where = address(handle, found.uri)
    return Seen(found.uri, made_at(value), str(value.get("text", "")), where, alts)


def _group(value: Any) -> Mapping[str, Any]:
    """A group of a record; an empty one for what is none."""
    return value if isinstance(value, dict) else {}
