"""What differs between two states of a sheet, as a reviewer reads it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.library.sheets.sheet import Leaf, Sheet
from bot.model import Quote


@dataclass(frozen=True, slots=True)
class Differs:
    """One detail: its name, how it was (empty where it was not there) and how it is."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Revised:
    """A quote that is new (``before`` is None), or other than it was, and in what."""

    leaf: Leaf
    before: Leaf | None
    differs: tuple[Differs, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a sheet changes: details of the talk, quotes, and quotes that it has no more."""

    details: tuple[Differs, ...]
    revised: tuple[Revised, ...]
    gone: tuple[Leaf, ...]

    def __bool__(self) -> bool:
        return bool(self.details or self.revised or self.gone)


def difference(before: Sheet | None, after: Sheet) -> Difference:
    """What the later state of a sheet changes; all is new where there was none."""
    known = {leaf.quote.id: leaf for leaf in before.leaves} if before else {}
    names = {leaf.quote.id for leaf in after.leaves}
    revised = (_revised(leaf, known.get(leaf.quote.id)) for leaf in after.leaves)
    return Difference(
        tuple(_details(before, after)) if before else (),
        tuple(one for one in revised if one.before is None or one.differs),
        tuple(leaf for leaf in known.values() if leaf.quote.id not in names),
    )


def _revised(leaf: Leaf, before: Leaf | None) -> Revised:
    was = _read(before) if before else {}
    now = _read(leaf)
    changed = (name for name in now if was.get(name, "") != now[name])
    differs = tuple(Differs(name, was.get(name, ""), now[name]) for name in changed)
    return Revised(leaf, before, differs)


def _read(leaf: Leaf) -> dict[str, str]:
    """What people read of a quote: field → text."""
    quote = leaf.quote
    return {
        "status": quote.status,
        "words": leaf.typed,
        "said": quote.said,
        "tags": " ".join(f"#{tag}" for tag in quote.tags),
        "note": quote.note,
        "speaker": quote.speaker or "",
        "known": _known(quote),
        "flags": ", ".join(quote.flags),
        "transcript": leaf.version[:12],
        "posts": ", ".join(f"{one.network} {one.state}" for one in leaf.posts),
    }


def _known(quote: Quote) -> str:
    return quote.attribution.how if quote.attribution else ""


def _details(before: Sheet, after: Sheet) -> Iterator[Differs]:
    was, now = _told(before), _told(after)
    for name in dict.fromkeys((*was, *now)):
        if was.get(name, "") != now.get(name, ""):
            yield Differs(name, was.get(name, ""), now.get(name, ""))


def _told(sheet: Sheet) -> dict[str, str]:
    talk = sheet.talk
    details = {
        "title": talk.title,
        "speakers": ", ".join(talk.speakers),
        "event": talk.event,
        "url": talk.url,
        "date": talk.date,
        "permission": talk.permission,
        "embargo_until": talk.embargo_until,
        "glossary": ", ".join(f"{old} → {new}" for old, new in talk.glossary.items()),
    }
    for one in sheet.speakers:
        handles = (f"{network} {name}" for network, name in one.person.handles.items())
        details[one.person.name] = ", ".join([one.person.role or "", *handles]).strip(", ")
    return {name: text or "" for name, text in details.items()}
