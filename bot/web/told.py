"""What is told of a post: its words in pieces, its state, what came of it. Pure."""

from collections.abc import Iterator
from datetime import tzinfo
from itertools import pairwise

from bot.post import Posted, State, Words
from bot.publishing.reasons import local

STATES: dict[State, str] = {
    "planned": "Planned",
    "sending": "Being sent",
    "sent": "Posted",
    "failed": "Failed",
    "unconfirmed": "Unconfirmed",
    "skipped": "Left out",
    "cancelled": "Cancelled",
    "deleted": "Taken down there",
}


def pieces(words: Words) -> Iterator[tuple[str, str]]:
    """A post's words in pieces, each with its kind: link, tag, mention, or none."""
    marks = {0: "", len(words.text): ""}
    for one in sorted(words.facets, key=lambda one: one.start):
        marks[one.start] = one.kind
        marks.setdefault(one.end, "")
    for start, end in pairwise(sorted(marks)):
        yield words.text[start:end], marks[start]


def steps(post: Posted, zone: tzinfo) -> list[tuple[str, str]]:
    """What happened to a post so far, each step with its time in a zone (or none)."""
    found = [("Planned", post.planned_at)] if post.planned_at else []
    if post.first_at:
        often = "" if post.tries < 2 else f", {post.tries} times so far"
        found.append((f"Given to the network{often}", post.first_at))
    told = [(words, local(at.astimezone(zone))) for words, at in found]
    if post.state != "planned" or post.reason:
        ended = local(post.at.astimezone(zone)) if post.at else ""
        word = STATES[post.state] if post.state != "planned" else "Waits"
        told.append((": ".join(filter(None, (word, post.reason))), ended))
    return told
