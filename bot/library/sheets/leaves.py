"""One quote as keys of a sheet, and back: what people decide first, the machine's below. Pure."""

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any, cast, get_args

from bot.errors import InputError
from bot.library.changed import misfit
from bot.library.changes import as_tag
from bot.library.sheets.keys import Keys, finite
from bot.library.sheets.sheet import Event, Leaf
from bot.library.sheets.times import span_text
from bot.library.sheets.writing import Block, Inline, Tree
from bot.model import Attribution, Edit, EditKind, How, Post, Quote, Reason, Role, Status
from bot.post import State

_NAME = re.compile(r"[a-z][a-z0-9]{5,7}")
_HASH_SHOWN = 12  # characters of a transcript's hash that a quote repeats
_WIDTH = 88  # columns that reasons take
_STATUSES = get_args(Status)


def leaf_tree(leaf: Leaf) -> dict[str, Tree]:
    """The keys of a quote in their order; of what is empty only tags and note are there to fill."""
    quote = leaf.quote
    tree: dict[str, Tree] = {
        "id": quote.id,
        "status": quote.status,
        "shown": leaf.typed,
        "tags": Inline(list(quote.tags)),
        "note": quote.note,
        "speaker": quote.speaker,
        "known": quote.attribution.how if quote.attribution else None,
        "at": span_text(quote.start_ms, quote.end_ms),
        "said": quote.said,
        "edits": [Inline(_edit_tree(one)) for one in quote.edits],
        "flags": Inline(list(quote.flags)) if quote.flags else None,
        "machine": _machine_tree(leaf),
        "history": [_event_tree(one) for one in leaf.events],
        "posts": [_post_tree(one) for one in leaf.posts],
    }
    return {name: value for name, value in tree.items() if value not in (None, [])}


def leaf_of(keys: Keys, talk: str) -> Leaf:
    """The quote of some keys; SheetError names the line that is wrong."""
    name = keys.needed("id").lower()
    if not _NAME.fullmatch(name):
        reason, remedy = f"is no id of a quote: '{name[:40]}'", "`pullquote library list` has them"
        raise keys.refused("id", reason, remedy)
    machine, said, edits = keys.inner("machine"), keys.needed("said"), tuple(_edits_of(keys))
    span = keys.span("at")
    quote = Quote(
        id=name,
        talk=talk,
        transcript=0,
        said=said,
        shown=_edited(keys, said, edits),
        edits=edits,
        start_ms=span[0],
        end_ms=span[1],
        score=machine.number("score"),
        reasons=tuple(_reasons_of(machine)),
        approximate=machine.yes("approximate"),
        speaker=keys.text("speaker"),
        role=cast(Role | None, machine.one_of("role", get_args(Role))),
        attribution=_attribution_of(keys, machine),
        flags=keys.texts("flags"),
        language=machine.text("language"),
        status=cast(Status, keys.one_of("status", _STATUSES) or "candidate"),
        tags=_tags_of(keys),
        note=keys.text("note") or "",
    )
    leaf = Leaf(
        quote,
        keys.needed("shown"),
        machine.needed("transcript"),
        machine.needed_moment("found"),
        tuple(_events_of(keys)),
        tuple(_posts_of(keys, name)),
        keys.line("id"),
    )
    machine.done()
    keys.done()
    return leaf


def _attribution_of(keys: Keys, machine: Keys) -> Attribution | None:
    """How a speaker is known, and (``sure``) how surely; surely, where that is not told."""
    how = keys.one_of("known", get_args(How))
    sure = machine.number("sure") if machine.text("sure") else 1.0
    return Attribution(cast(How, how), sure) if how else None


def _tags_of(keys: Keys) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(map(as_tag, keys.texts("tags"))))
    except InputError as error:
        raise keys.refused("tags", f"has a wrong one: {error.reason}", error.remedy) from error


def _edit_tree(edit: Edit) -> Tree:
    return {"kind": edit.kind, "at": edit.at, "old": edit.old, "new": edit.new}


def _edits_of(keys: Keys) -> Iterator[Edit]:
    for one in keys.each("edits"):
        kind = cast(EditKind, one.one_of("kind", get_args(EditKind)) or "")
        yield Edit(kind, one.whole("at"), one.text("old") or "", one.text("new") or "")
        one.done()


def _edited(keys: Keys, said: str, edits: tuple[Edit, ...]) -> str:
    """What the edits make of the words; whether they are lawful is asked when they are taken."""
    text = said
    for edit in edits:
        stop = edit.at + len(edit.old)
        if text[edit.at : stop] != edit.old:
            remedy = "take `said` and `edits` as they were exported, and change `shown`"
            raise keys.refused("edits", f"do not fit the words: no {edit.old!r} there", remedy)
        text = text[: edit.at] + edit.new + text[stop:]
    return text


def _machine_tree(leaf: Leaf) -> dict[str, Tree]:
    quote, known = leaf.quote, leaf.quote.attribution
    tree: dict[str, Tree] = {
        "transcript": leaf.version[:_HASH_SHOWN],
        "approximate": True if quote.approximate else None,
        "role": quote.role,
        "sure": float(known.confidence) if known and known.confidence != 1 else None,
        "language": quote.language,
        "found": leaf.found_at.isoformat(),
        "score": float(quote.score),
        "reasons": _reasons_text(quote.reasons) if quote.reasons else None,
    }
    return {name: value for name, value in tree.items() if value is not None}


def _reasons_text(reasons: Sequence[Reason]) -> Block:
    """What each feature added, as many on a line as fit."""
    said = ", ".join(f"{one.feature} {float(one.contribution)!r}" for one in reasons)
    return Block(tuple(wrap(said, _WIDTH, break_long_words=False, break_on_hyphens=False)))


def _reasons_of(keys: Keys) -> Iterator[Reason]:
    for part in " ".join((keys.text("reasons") or "").split()).split(", "):
        feature, _, points = part.rpartition(" ")
        if not part:
            continue
        try:
            yield Reason(feature, finite(points))
        except ValueError as error:
            raise keys.refused("reasons", f"has one that is none: '{part[:40]}'") from error


def _event_tree(event: Event) -> Tree:
    tree: dict[str, Tree] = {
        "at": event.at.isoformat(),
        "who": event.who,
        "action": event.action,
        "before": event.before,
        "after": event.after,
        "was": Inline(dict(event.was)) if event.was else None,
        "became": Inline(dict(event.became)) if event.became else None,
        "undone": event.undone_at.isoformat() if event.undone_at else None,
        "undone_by": event.undone_by,
    }
    return {name: value for name, value in tree.items() if value is not None}


def _events_of(keys: Keys) -> Iterator[Event]:
    for one in keys.each("history"):
        before, after = (one.one_of(name, _STATUSES) for name in ("before", "after"))
        if before is None or after is None:
            raise one.refused("before" if before is None else "after", "is missing")
        event = Event(
            one.needed_moment("at"),
            one.needed("who"),
            one.needed("action"),
            cast(Status, before),
            cast(Status, after),
            _values(one, "was"),
            _values(one, "became"),
            one.moment("undone"),
            one.text("undone_by"),
        )
        if len(event.action) > 16:
            raise one.refused("action", f"is no action: '{event.action[:40]}'")
        one.done()
        yield event


def _values(keys: Keys, name: str) -> dict[str, Any]:
    """What a change changed, each value of the type its column has."""
    values = keys.free(name)
    if (column := misfit(values, str)) is not None:
        remedy = "take the history as it was exported"
        raise keys.refused(name, f"has what '{column[:40]}' of a quote cannot be", remedy)
    return values


def _post_tree(post: Post) -> Tree:
    tree: dict[str, Tree] = {
        "network": post.network,
        "account": post.account,
        "occasion": post.occasion,
        "state": post.state,
        "remote_id": post.remote_id,
        "url": post.url,
        "at": post.at.isoformat() if post.at else None,
    }
    return {name: value for name, value in tree.items() if value is not None}


def _posts_of(keys: Keys, quote: str) -> Iterator[Post]:
    for one in keys.each("posts"):
        state = one.one_of("state", get_args(State))
        yield Post(
            one.needed("network"),
            one.needed("account"),
            quote,
            one.whole("occasion"),
            state or one.needed("state"),
            one.text("remote_id"),
            one.text("url"),
            one.moment("at"),
        )
        one.done()
