"""A sheet as a tree of keys, and back; both ways name the same keys. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast, get_args

from bot.errors import SheetError
from bot.library.details import OF_PERSON, OF_TALK, Change
from bot.library.names import is_talk_id
from bot.library.sheets.keys import Keys
from bot.library.sheets.leaves import leaf_of, leaf_tree
from bot.library.sheets.nodes import Group
from bot.library.sheets.sheet import Barred, Leaf, Sheet, Speaker, Version
from bot.library.sheets.times import span_text
from bot.library.sheets.writing import Inline, Tree
from bot.model import Permission, Person, Talk, Timeline

HEADER = (
    "# The quotes of one talk, to read and to decide: change status (candidate, approved,",
    "# rejected), shown, tags or note, then `pullquote library import` this file.",
    "# What stands below `machine` and `history` is kept by the program.",
)
_KIND = "1"  # of these sheets; another one is of another version of the program
SHA256 = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"https?://[^/\s]+\S*")


def tree_of(sheet: Sheet) -> dict[str, Tree]:
    """The keys of a sheet in their order; what is not known is left out."""
    talk = sheet.talk
    return {
        "sheet": 1,
        "talk": talk.id,
        **_known({name: _told(getattr(talk, name)) for name in OF_TALK}),
        "length": span_text(0, talk.duration_ms),
        "added": sheet.added_at.isoformat(),
        **_known({"history": [_change_tree(one) for one in sheet.history]}),
        **_known({"people": [_speaker_tree(one) for one in sheet.speakers]}),
        "transcripts": [_version_tree(one) for one in sheet.versions],
        "quotes": [leaf_tree(one) for one in sheet.leaves],
    }


def sheet_of(root: Group, path: Path) -> Sheet:
    """The sheet of a file's keys; SheetError names the line that is wrong."""
    keys = Keys(root, path)
    if keys.text("sheet") != _KIND:
        remedy = "`pullquote library export` makes sheets; a newer one needs a newer pullquote"
        raise SheetError(path, "is no sheet of this version", line=1, remedy=remedy)
    talk = _talk_of(keys)
    sheet = Sheet(
        talk,
        keys.needed_moment("added"),
        tuple(_changes_of(keys, set(OF_TALK))),
        tuple(map(_speaker_of, keys.each("people"))),
        tuple(map(_version_of, keys.each("transcripts"))),
        tuple(leaf_of(one, talk.id) for one in keys.each("quotes")),
        path,
        keys.given,
    )
    keys.done()
    _refuse_twice(path, "quote", [(one.quote.id, one.line) for one in sheet.leaves])
    _refuse_twice(path, "person", [(one.person.name, one.line) for one in sheet.speakers])
    _refuse_twice(path, "transcript", [(one.sha256, one.line) for one in sheet.versions])
    return _whole_hashes(sheet)


def barred_tree(barred: Sequence[Barred]) -> dict[str, Tree]:
    """The keys of the sheet of speakers taken down for good."""
    rows = [{"name": one.name, "at": one.at.isoformat(), "who": one.who} for one in barred]
    return {"sheet": 1, "taken-down": rows}


def barred_of(root: Group, path: Path) -> tuple[Barred, ...]:
    """The speakers of such a sheet."""
    keys = Keys(root, path)
    keys.one_of("sheet", (_KIND,))
    found = []
    for one in keys.each("taken-down"):
        found.append(Barred(one.needed("name"), one.needed_moment("at"), one.needed("who")))
        one.done()
    keys.done()
    return tuple(found)


def _known(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    return {name: value for name, value in tree.items() if value not in (None, "", [], {})}


def _told(value: Any) -> Tree:
    """A detail as a tree: lists and groups on their line, empty ones as nothing."""
    if isinstance(value, str | None):
        return cast(Tree, value)
    return Inline(list(value) if isinstance(value, tuple) else dict(value)) if value else None


def _change_tree(change: Change) -> Tree:
    tree: dict[str, Tree] = {"at": change.at.isoformat(), "who": change.who}
    return tree | {"was": Inline(dict(change.was)), "became": Inline(dict(change.became))}


def _speaker_tree(one: Speaker) -> Tree:
    details = {name: _told(getattr(one.person, name)) for name in OF_PERSON}
    history: list[Tree] = [_change_tree(change) for change in one.history]
    return {"name": one.person.name, **_known({**details, "history": history})}


def _version_tree(version: Version) -> Tree:
    tree: dict[str, Tree] = {"sha256": version.sha256, "source": version.source}
    tree |= {"read": version.read_at.isoformat()}
    return tree | _known({"recipe": version.recipe})


def _talk_of(keys: Keys) -> Talk:
    name = keys.needed("talk")
    if not is_talk_id(name):
        raise keys.refused("talk", f"is no id of a talk: '{name[:40]}'", "take it from an export")
    url = keys.text("url")
    if url and not _ADDRESS.fullmatch(url):
        raise keys.refused("url", f"is no address like https://…: '{url[:60]}'")
    permission = keys.one_of("permission", get_args(Permission))
    timeline = keys.one_of("timeline", get_args(Timeline))
    return Talk(
        name,
        keys.needed("title"),
        keys.texts("speakers"),
        keys.text("event"),
        url,
        keys.text("date"),
        keys.text("language"),
        keys.span("length")[1] if keys.text("length") else 0,
        keys.text("media"),
        _embargo(keys),
        cast(Permission | None, permission),
        cast(Timeline | None, timeline),
        keys.pairs("glossary"),
    )


def _embargo(keys: Keys) -> str | None:
    """A day, or a day and time; kept as it is written."""
    found = keys.text("embargo_until")
    if found and not re.fullmatch(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?", found):
        raise keys.refused("embargo_until", "is no day", "write it as 2026-11-24")
    return found


def _changes_of(keys: Keys, known: set[str]) -> Iterator[Change]:
    for one in keys.each("history"):
        change = Change(
            one.needed_moment("at"), one.needed("who"), one.free("was"), one.free("became")
        )
        if unknown := sorted((set(change.was) | set(change.became)) - known):
            raise one.refused("became", f"changes '{unknown[0]}', which is no detail")
        one.done()
        yield change


def _speaker_of(keys: Keys) -> Speaker:
    person = Person(
        keys.needed("name"), keys.text("role"), keys.text("photo"), keys.pairs("handles")
    )
    known = {one.name for one in fields(Person)}
    speaker = Speaker(person, tuple(_changes_of(keys, known)), keys.given, keys.group.line)
    keys.done()
    return speaker


def _version_of(keys: Keys) -> Version:
    name = keys.needed("sha256")
    if not SHA256.fullmatch(name):
        raise keys.refused("sha256", "is no SHA-256", "take it from the sheet as it was exported")
    version = Version(
        name,
        keys.needed("source"),
        keys.needed_moment("read"),
        keys.text("recipe"),
        keys.group.line,
    )
    keys.done()
    return version


def _whole_hashes(sheet: Sheet) -> Sheet:
    """Each quote with the whole hash of its transcript, of which its lines have the beginning."""
    leaves: list[Leaf] = []
    for leaf in sheet.leaves:
        found = [one.sha256 for one in sheet.versions if one.sha256.startswith(leaf.version)]
        if len(found) != 1:
            reason = f"quote {leaf.quote.id} is of no transcript that the sheet names"
            remedy = "take the quote as it was exported"
            raise SheetError(sheet.path, reason, line=leaf.line, remedy=remedy)
        leaves.append(replace(leaf, version=found[0]))
    return replace(sheet, leaves=tuple(leaves))


def _refuse_twice(path: Path, kind: str, named: Sequence[tuple[str, int]]) -> None:
    first: dict[str, int] = {}
    for name, line in named:
        if name in first:
            reason = f"{kind} {name} was given on line {first[name]} already"
            raise SheetError(path, reason, line=line, remedy="remove one of them")
        first[name] = line
