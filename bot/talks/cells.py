"""The columns of a table, what may stand in them, and the talk that a row of them is. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from bot.model import Details, Permission, Person, Timeline

COLUMNS = (
    *("file", "code", "title", "event", "date", "url", "media", "language", "embargo_until"),
    *("permission", "timeline", "speaker", "role", "photo", "x", "bluesky", "mastodon", "voices"),
)
# What spreadsheets, pretalx (https://docs.pretalx.org/user/exports/) and Sessionize call them; and
# what only says whether a session is a talk at all: state, first name, last name.
_SYNONYMS = {
    "path": "file",
    "transcript": "file",
    "id": "code",
    "session id": "code",
    "name": "title",
    "proposal title": "title",
    "session title": "title",
    "conference": "event",
    "show": "event",
    "start": "date",
    "start date": "date",
    "scheduled at": "date",
    "recording url": "url",
    "recording link": "url",
    "video": "url",
    "audio": "media",
    "lang": "language",
    "embargo": "embargo_until",
    "embargo until": "embargo_until",
    "speakers": "speaker",
    "speaker names": "speaker",
    "speaker name": "speaker",
    "tagline": "role",
    "tag line": "role",
    "picture": "photo",
    "profile picture": "photo",
    "twitter": "x",
    "x twitter": "x",
    "firstname": "first name",
    "lastname": "last name",
    "status": "state",
    "proposal state": "state",
}
_STATES = {"", "accepted", "confirmed", "accept queue", "nominated", "decided"}
_PERMISSIONS: dict[str, Permission] = {
    **dict.fromkeys(("granted", "yes", "true", "1", "ok"), "granted"),
    **dict.fromkeys(("asked", "pending", "?"), "asked"),
    **dict.fromkeys(("refused", "no", "false", "0", "denied"), "refused"),
}
_DATES = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
_MAX_CELL = 20_000
_ADDRESS = re.compile(r"https?://[^/\s]+\S*")
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # of the web, a bucket and the like
_HANDLES = {
    "x": (r"(?:https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/)?@?(\w{1,15})(?:[/?].*)?", "@name"),
    "bluesky": (
        r"(?:https?://bsky\.app/profile/)?@?((?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)/?",
        "@name.bsky.social",
    ),
    "mastodon": (r"(?:https?://([\w.-]+\.\w+)/)?@([\w.-]+)(?:@([\w.-]+\.\w+))?/?", "@name@server"),
}


class NoTalk(Exception):  # noqa: N818 - nothing failed: the row is no talk to be harvested
    """Why a row is passed over without a fault of anybody."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that are not empty, by column, and where it stands."""

    where: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One talk of a table: its transcript if it names one, what is known of it, who speaks.

    ``file`` is a path, an address, or either of an archive with a member's name behind it.
    """

    where: str
    file: str | None
    details: Details
    code: str | None = None
    people: tuple[Person, ...] = ()
    voices: Mapping[str, str] = field(default_factory=dict)


def column(name: str) -> str:
    """Our name for a column, or the table's own in small letters."""
    plain = re.sub(r"[\s_()/-]+", " ", name.strip().casefold()).strip()
    known = plain.replace(" ", "_")
    return known if known in COLUMNS else _SYNONYMS.get(plain, plain)


def entry(row: Row, place: Path) -> Entry:
    """The talk of a row; ``ValueError`` says what is wrong with it, ``NoTalk`` why it is none."""
    cells = row.cells
    if any(len(cell) > _MAX_CELL for cell in cells.values()):
        raise ValueError("has a cell of unreasonable length")
    if (state := cells.get("state", "").casefold()) not in _STATES:
        raise NoTalk(f"their state is {state}")
    if not {"file", "title", "code"} & set(cells):
        raise ValueError("names no file")
    people = _people(cells, place)
    details = Details(
        cells.get("title"),
        tuple(person.name for person in people),
        cells.get("event"),
        address(cells.get("url"), "url"),
        day(cells.get("date")),
        cells.get("language"),
        _where(cells.get("media"), place),
        moment(cells.get("embargo_until")),
        permission(cells.get("permission")),
        timeline(cells.get("timeline")),
    )
    file = cells.get("file")
    if file and not _REMOTE.match(file):
        file = str(place.parent / file)
    return Entry(
        row.where, file, details, cells.get("code"), people, voices_of(cells.get("voices", ""))
    )


def voices_of(text: str) -> dict[str, str]:
    """Names of voices from ``SPEAKER_00=Ada Quill; SPEAKER_01=Bo Marsh``; ``ValueError``."""
    found: dict[str, str] = {}
    for pair in several(text):
        label, equals, name = (part.strip() for part in pair.partition("="))
        if not (label and equals and name):
            raise ValueError(f"“{pair}” is no LABEL=NAME")
        found[label] = name
    return found


def several(cell: str) -> list[str]:
    """The values of a cell, apart by semicolons or lines."""
    return [part.strip() for part in re.split(r"[;\n]", cell) if part.strip()]


def _people(cells: Mapping[str, str], place: Path) -> tuple[Person, ...]:
    """The speakers, the main one first; what else is said of them stands in their order."""
    names = names_in(cells.get("speaker", ""))
    roles, photos = several(cells.get("role", "")), several(cells.get("photo", ""))
    handles = {network: several(cells.get(network, "")) for network in _HANDLES}
    for values, what in ((roles, "role"), (photos, "photo"), *((v, k) for k, v in handles.items())):
        if len(values) > max(1, len(names)):
            raise ValueError(f"has {len(values)} of {what} for {len(names)} speakers")
    return tuple(
        Person(
            name,
            _nth(roles, at),
            _where(_nth(photos, at), place),
            {
                net: handle(net, said)
                for net, all_of in handles.items()
                if (said := _nth(all_of, at))
            },
        )
        for at, name in enumerate(names)
    )


def names_in(cell: str) -> list[str]:
    """The names of a cell; commas too divide them, where that leaves whole names."""
    parts = [part.strip() for part in cell.split(",")]
    whole = len(parts) > 1 and all(len(part.split()) > 1 for part in parts)
    return parts if whole and len(several(cell)) == 1 else several(cell)


def _nth(values: list[str], at: int) -> str | None:
    """The value at a place; ``-`` stands for none."""
    return values[at] if at < len(values) and values[at] != "-" else None


def _where(said: str | None, place: Path) -> str | None:
    """An address as it is, a path from the table's folder."""
    if said is None or _ADDRESS.fullmatch(said):
        return said
    return str((place.parent / said).absolute())


def handle(network: str, said: str) -> str:
    """A name on a network from the forms people write it in, addresses of profiles included.

    ``ValueError`` says what form it should have.
    """
    pattern, form = _HANDLES[network]
    found = re.fullmatch(pattern, said, re.IGNORECASE)
    if network == "mastodon" and found and (server := found[3] or found[1]):
        return f"{found[2]}@{server.lower()}"
    if network == "mastodon" or not found:
        raise ValueError(f"{network} {said} is not like {form}")
    return found[1]


def address(said: str | None, name: str) -> str | None:
    """An address on the web, for what ``name`` says; ``ValueError`` for anything else."""
    if said and not _ADDRESS.fullmatch(said):
        raise ValueError(f"{name} {said} is no address like https://…")
    return said


def day(said: str | None) -> str | None:
    """The day of a date or of a date and time, as ISO has it; or ``ValueError``."""
    if not said:
        return None
    day = re.sub(r"[T ]+\d{1,2}:\d\d.*", "", said).strip()
    for form in ("%Y-%m-%d", *_DATES):
        try:
            return datetime.strptime(day, form).date().isoformat()  # noqa: DTZ007 - a day has none
        except ValueError:
            continue
    raise ValueError(f"date {said} is not like 2026-11-24")


def moment(said: str | None) -> str | None:
    """A day, or a time in a zone or in that of the account that publishes; or ``ValueError``."""
    if not said:
        return None
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(said).isoformat(timespec="minutes")
    except ValueError as error:
        form = "2026-11-24 or 2026-11-24T09:00+01:00"
        raise ValueError(f"embargo_until {said} is not like {form}") from error


def permission(said: str | None) -> Permission | None:
    """Whether the speaker agreed, from the words people have for it; or ``ValueError``."""
    if said and said.casefold() not in _PERMISSIONS:
        raise ValueError(f"permission {said} is none of granted, asked, refused")
    return _PERMISSIONS[said.casefold()] if said else None


def timeline(said: str | None) -> Timeline | None:
    """Whether times are those that people hear; or ``ValueError``."""
    for known in get_args(Timeline):
        if said and said.casefold() == known:
            return known  # type: ignore[no-any-return]
    if said:
        raise ValueError(f"timeline {said} is none of {', '.join(get_args(Timeline))}")
    return None
