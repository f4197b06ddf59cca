"""Any sheet there may be, for tests of properties: odd words wherever a text may stand."""

from datetime import UTC, datetime
from typing import get_args

from hypothesis import strategies as some

from bot.library.details import Change
from bot.library.sheets.sheet import Event, Leaf, Sheet, Speaker, Version
from bot.model import Attribution, Edit, Person, Post, Quote, Reason, Talk
from bot.post import State

ODD = (
    *("no", "~", "12:34", "1e3", "0x1F", "- a", "a: b", "#x", " lead", "trail ", "", "'", '"'),
    *("\\", "{a}", "[b", "%", "@", "`", "!!str x", "&a", "*a", "|", ">", "\t", "a\r\nb", "\x85"),
    *("\u2028", "\ufeff", "null", "2026-11-27", "true", "=1", "?", "e\u0301", "🗣️", "\x07", "a\nb"),
)
HASH = "0123456789abcdef" * 4
words = some.sampled_from(ODD) | some.text(some.characters(exclude_categories=["Cs"]), max_size=9)
filled = words.filter(bool)
nothing = some.none() | filled
moments = some.integers(0, 2**48).map(lambda number: datetime.fromtimestamp(number / 1e6, UTC))
times = some.integers(0, 10**8)
numbers = some.floats(-1e6, 1e6)
tags = some.lists(some.sampled_from(["sea", "no", "12", "é-b"]), unique=True, max_size=2)
values = some.fixed_dictionaries(
    {}, optional={"note": words, "tags": tags, "speaker": some.none() | words}
)
statuses = some.sampled_from(["candidate", "approved", "rejected", "retracted"])


@some.composite
def events(draw):
    undone = draw(some.none() | moments)
    return Event(
        *(draw(moments), draw(filled), "note", draw(statuses), draw(statuses)),
        *(draw(values), draw(values), undone, draw(filled) if undone else None),
    )


@some.composite
def quotes(draw, name):
    said, new = draw(filled), draw(words)
    edits = (Edit("punctuation", 0, "", new),) if draw(some.booleans()) else ()
    reasons = enumerate(draw(some.lists(numbers, max_size=9)))
    how = some.builds(Attribution, some.just("inferred"), some.floats(0, 1))
    return Quote(
        id=name,
        talk="talk",
        transcript=0,
        said=said,
        shown=(new if edits else "") + said,
        edits=edits,
        start_ms=draw(times),
        end_ms=draw(times),
        score=draw(numbers),
        reasons=tuple(Reason(f"feature_{at}", value) for at, value in reasons),
        approximate=draw(some.booleans()),
        speaker=draw(some.none() | words),
        attribution=draw(some.none() | how),
        flags=tuple(draw(some.lists(words, max_size=2))),
        language=draw(some.none() | words),
        status=draw(statuses),
        tags=tuple(draw(tags)),
        note=draw(words),
    )


@some.composite
def leaves(draw, name):
    texts = some.none() | words
    posts = some.builds(
        *(Post, filled, filled, some.just(name), some.integers(1, 9)),
        some.sampled_from(get_args(State)),
        *(texts, texts, some.none() | moments),
    )
    return Leaf(
        *(draw(quotes(name)), draw(filled), HASH, draw(moments)),
        tuple(draw(some.lists(events(), max_size=1))),
        tuple(draw(some.lists(posts, max_size=1))),
    )


@some.composite
def sheets(draw):
    pairs = some.dictionaries(words, filled, max_size=2)
    names = some.lists(words, max_size=2).map(tuple)
    talk = Talk(
        *("talk", draw(filled), draw(names), draw(nothing), None, draw(nothing), draw(nothing)),
        *(draw(times), draw(nothing), None, None, "shifted", draw(pairs)),
    )
    person = Person(draw(filled), draw(nothing), draw(nothing), draw(pairs))
    change = Change(draw(moments), draw(filled), {"event": draw(words)}, {"event": None})
    return Sheet(
        *(talk, draw(moments), (change,), (Speaker(person),)),
        (Version(HASH, draw(filled), draw(moments)),),
        (draw(leaves("aaaaaa")), draw(leaves("bbbbbb"))),
    )
