"""What a sheet changes of one quote of the library, decided from their histories alone. Pure.

A sheet carries the history it was exported with. What its own lines say beyond that history, a
person wrote there: a wish. The library may have gone on since: what both changed, differently, is a
conflict; what only the library changed stands, so an old sheet takes nothing back. Changes that
only the sheet's history has were made in another copy of the library: where this one has made none
since, they are taken over as they were made; else they are wishes like the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.editing import NotSaid, edits_to
from bot.library.sheets.sheet import Event, Leaf
from bot.model import Attribution, Edit, Quote, Status
from bot.wording import replay


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wrote in a sheet; None, or nothing, where they left it.

    ``confirmed``: they wrote that it is known who speaks; ``speaker``: that it is this one.
    """

    status: Status | None = None
    shown: str | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    note: str | None = None
    confirmed: bool = False
    speaker: str | None = None

    def __bool__(self) -> bool:
        return self != Wish()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a quote is brought together.

    ``quote`` is how it stands once ``events`` are its history; then ``wish`` is to be done. Where
    there is a ``conflict`` nothing is done, and it says why.
    """

    quote: Quote
    events: tuple[Event, ...] = ()
    wish: Wish = Wish()
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """A change, or its taking back, at a moment."""

    at: datetime
    event: Event
    back: bool = False

    @property
    def mark(self) -> tuple[Any, ...]:
        """What makes it the same step in two histories."""
        one = self.event
        return self.at, self.back, one.at, one.who, one.action, repr(sorted(one.became.items()))


def merged(mine: Leaf, theirs: Leaf | None) -> Verdict:
    """Bring a sheet's quote (``mine``) to that of the library (``theirs``), None if it has none."""
    if theirs is None:
        quote = _as_told(mine)
        return Verdict(quote, mine.events, _wish(mine, quote, quote, ()))
    ours, known = _steps(mine.events), _steps(theirs.events)
    new, since = _beyond(ours, known), _beyond(known, ours)
    now = theirs.quote
    if not since:
        for step in new:
            now = _stepped(now, step, back=step.back)
        now = replace(now, revision=now.revision + len(new))
        return Verdict(now, mine.events if new else theirs.events, _wish(mine, now, now, ()))
    base = now
    for step in reversed(since):
        base = _stepped(base, step, back=not step.back)
    if "retracted" in (mine.quote.status, now.status):
        wish = Wish(status="retracted") if now.status != "retracted" else Wish()
        return Verdict(now, theirs.events, wish)
    if reason := _conflict(mine, now, base, new):
        by = f"{reason}, changed there by {since[-1].event.who} since"
        return Verdict(now, theirs.events, conflict=by)
    return Verdict(now, theirs.events, _wish(mine, now, base, new))


def unheeded(mine: Leaf, theirs: Leaf) -> Iterator[str]:
    """The keys that are the program's and that a sheet has otherwise than its history explains."""
    ours, known = _steps(mine.events), _steps(theirs.events)
    told = theirs.quote
    for step in reversed(_beyond(known, ours)):
        told = _stepped(told, step, back=not step.back)
    for step in _beyond(ours, known):
        told = _stepped(told, step, back=step.back)
    if _how(mine.quote) == "given" and _how(told) != "labelled" and mine.quote.speaker:
        # which a person may write, and who it is
        told = replace(told, attribution=mine.quote.attribution, speaker=mine.quote.speaker)
    places = {theirs.version, *_versions(mine.events), *_versions(theirs.events)}
    place = mine.version if mine.version in places else theirs.version
    here = _of_the_program(mine.quote, mine.found_at, mine.version)
    there = _of_the_program(told, theirs.found_at, place)
    yield from (name for name in here if here[name] != there[name])


def as_shown(leaf: Leaf, said: str, glossary: Mapping[str, str]) -> Leaf:
    """The quote with its typed words as their lawful edits show them, where there are such.

    Marks that only another keyboard makes stay as they were said, so they are no other words.
    """
    if leaf.typed == leaf.quote.shown:
        return leaf
    try:
        edits = edits_to(said, leaf.typed, glossary)
    except NotSaid:
        return leaf
    return replace(leaf, typed=replay(said, edits, glossary))


def _steps(events: Sequence[Event]) -> list[_Step]:
    """Each change and each taking back, in the order of their times."""
    return sorted(_each_step(events), key=lambda step: step.at)


def _each_step(events: Sequence[Event]) -> Iterator[_Step]:
    for event in events:
        yield _Step(event.at, event)
    for event in reversed(events):
        if event.undone_at:
            yield _Step(event.undone_at, event, back=True)


def _beyond(steps: Sequence[_Step], others: Sequence[_Step]) -> list[_Step]:
    """The steps that the others have not."""
    known = {step.mark for step in others}
    return [step for step in steps if step.mark not in known]


def _stepped(quote: Quote, step: _Step, *, back: bool) -> Quote:
    """A quote after a step, or (``back``) as it was before the change."""
    event = step.event
    status, values = (event.before, event.was) if back else (event.after, event.became)
    return with_values(replace(quote, status=status), values)


def _as_told(leaf: Leaf) -> Quote:
    """A new quote as its history leaves it; what a person wrote over that is not in it."""
    first: Status = leaf.events[0].before if leaf.events else "candidate"
    quote = replace(leaf.quote, status=first, tags=(), note="")
    for event in leaf.events:
        if event.undone_at is None:
            told = {name: event.became[name] for name in event.became if name in ("tags", "note")}
            quote = with_values(replace(quote, status=event.after), told)
    return replace(quote, revision=len(_steps(leaf.events)))


def _conflict(mine: Leaf, now: Quote, base: Quote, new: Sequence[_Step]) -> str | None:
    """What a person and the library changed differently, as words; None if nothing."""
    wanted = (mine.quote.status, _shown(mine, base, new))
    was, is_now = (base.status, base.shown), (now.status, now.shown)
    if is_now != was and wanted not in (was, is_now):
        if wanted[0] != is_now[0]:
            return f"it is {wanted[0]} in the sheet and {is_now[0]} in the library"
        return "its words are others in the library"
    if now.note != base.note and mine.quote.note not in (base.note, now.note):
        return "its note is another one in the library"
    if now.speaker != base.speaker and mine.quote.speaker not in (base.speaker, now.speaker):
        return f"it is said by {now.speaker or 'nobody that is known'} in the library"
    return None


def _shown(mine: Leaf, base: Quote, new: Sequence[_Step]) -> str:
    """The words a sheet wants: typed there, or changed in its own history; else as they were."""
    changed = any("shown" in step.event.became for step in new)
    return mine.typed if changed or mine.typed != mine.quote.shown else base.shown


def _wish(mine: Leaf, now: Quote, base: Quote, new: Sequence[_Step]) -> Wish:
    """What the sheet wants that was not so (``base``) and is not so (``now``)."""
    shown, said = _shown(mine, base, new), mine.quote
    given = _how(said) == "given"
    renamed = given and said.speaker not in (base.speaker, now.speaker)
    sure = given and said.speaker == now.speaker and _how(base) == _how(now) == "inferred"
    return Wish(
        said.status if said.status not in (base.status, now.status) else None,
        shown if shown not in (base.shown, now.shown) else None,
        tuple(one for one in said.tags if one not in (*base.tags, *now.tags)),
        tuple(one for one in base.tags if one not in said.tags and one in now.tags),
        said.note if said.note not in (base.note, now.note) else None,
        sure,
        said.speaker if renamed else None,
    )


def _of_the_program(quote: Quote, found_at: datetime, version: str) -> dict[str, Any]:
    """What people do not write of a quote, by the keys it stands under."""
    return {
        "speaker": quote.speaker,
        "known": quote.attribution,
        "at": (quote.start_ms, quote.end_ms),
        "said": quote.said,
        "edits": quote.edits,
        "flags": quote.flags,
        "machine": (
            *(version, quote.approximate, quote.role, quote.language, found_at),
            *(quote.score, quote.reasons),
        ),
    }


def _versions(events: Sequence[Event]) -> Iterator[str]:
    """The transcripts a quote was of, by their hash."""
    for values in (values for one in events for values in (one.was, one.became)):
        if "transcript" in values:
            yield values["transcript"]


def _how(quote: Quote) -> str | None:
    return quote.attribution.how if quote.attribution else None


def with_values(quote: Quote, values: Mapping[str, Any]) -> Quote:
    """A quote with columns changed, as JSON has them; its transcript is not among them."""
    changes: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if name not in ("how", "confidence", "edits", "transcript")
    }
    if "edits" in values:
        changes["edits"] = tuple(Edit(**one) for one in values["edits"])
    if "how" in values or "confidence" in values:
        old = quote.attribution or Attribution("inferred", 1.0)
        how, sure = values.get("how", old.how), values.get("confidence", old.confidence)
        changes["attribution"] = Attribution(how, sure) if how else None
    return replace(quote, **changes)
