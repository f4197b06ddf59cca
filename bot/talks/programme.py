"""Conference programmes as their tools export them, as rows of a table of talks. Pure.

pretalx: ``schedule.json`` (the format of frab and pentabarf, https://c3voc.de/wiki/schedule) and
the organiser's session export. Sessionize: the "all data" view of its API
(https://sessionize.com/playbook/api), and CSV with a line for each speaker of a session.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.talks.cells import Row, column

_BY_SPEAKER = ("speaker", "role", "photo", "x", "bluesky", "mastodon")
_LINKS = {"twitter": "x", "x": "x", "bluesky": "bluesky", "mastodon": "mastodon"}
_NONE = "-"  # nothing for this speaker, something for the next


def rows_of(document: Any) -> Iterator[Row] | None:
    """The rows of a parsed JSON document; None when it is no programme we know."""
    if isinstance(document, list):
        named = [one for one in document if isinstance(one, dict)]
        columns = {column(str(key)) for one in named for key in one}
        return _flat(named) if named and columns & {"title", "file"} else None
    schedule, sessions = _inner(document, "schedule"), _inner(document, "sessions")
    if isinstance(_inner(_inner(schedule, "conference"), "days"), list):
        return _frab(schedule["conference"])
    if isinstance(sessions, list) and isinstance(_inner(document, "speakers"), list):
        return _sessionize(sessions, document["speakers"])
    return None


def joined(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of one session that follow each other, one for each speaker, as one row."""
    open_row: Row | None = None
    for row in rows:
        if open_row and _same_session(open_row, row):
            cells = dict(open_row.cells)
            spoken = _with_name(row.cells)
            for name in _BY_SPEAKER:
                if name in cells or name in spoken:
                    both = (cells.get(name, _NONE), spoken.get(name, _NONE))
                    cells[name] = "; ".join(both)
            open_row = Row(open_row.where, cells)
            continue
        if open_row:
            yield open_row
        open_row = Row(row.where, _with_name(row.cells))
    if open_row:
        yield open_row


def _same_session(one: Row, other: Row) -> bool:
    """Whether two rows are one session; a row that names its own file is a talk of its own."""
    keys = ("code", "title")
    names = all(one.cells.get(key) == other.cells.get(key) for key in keys)
    return names and "code" in one.cells and "file" not in other.cells


def _with_name(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells with the speaker's name in one, as exports of people have it in two."""
    name = " ".join(filter(None, (cells.get("first name"), cells.get("last name"))))
    return {**cells, "speaker": name} if name else dict(cells)


def _inner(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _text(value: Any) -> str:
    """A value as words: texts by language (English, else the first), lists joined."""
    if isinstance(value, dict):
        return _text(value.get("en") or value.get("name") or next(iter(value.values()), ""))
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _row(where: str, cells: Mapping[str, str]) -> Row:
    return Row(where, {name: cell for name, cell in cells.items() if cell})


def _flat(sessions: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    for number, session in enumerate(sessions, 1):
        cells: dict[str, str] = {}
        for key, value in session.items():
            cells.setdefault(column(str(key)), _text(value))
        yield _row(f"session {number}", cells)


def _frab(conference: Any) -> Iterator[Row]:
    event = _text(conference.get("title"))
    days = [one for one in conference["days"] if isinstance(one, dict)]
    rooms = [_inner(day, "rooms") for day in days]
    sessions = [
        session
        for by_room in rooms
        if isinstance(by_room, dict)
        for room in by_room.values()
        if isinstance(room, list)
        for session in room
        if isinstance(session, dict)
    ]
    for number, session in enumerate(sessions, 1):
        found = session.get("persons")
        people = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        names = [_text(one.get("public_name") or one.get("name")) for one in people]
        photos = [_text(one.get("avatar_url") or one.get("avatar")) or _NONE for one in people]
        cells = {
            "code": _text(session.get("code") or session.get("id")),
            "title": _text(session.get("title")),
            "event": event,
            "date": _text(session.get("date")),
            "url": _text(session.get("url")),
            "language": _text(session.get("language")),
            "permission": "refused" if session.get("do_not_record") is True else "",
            "speaker": "; ".join(names),
            "photo": "; ".join(photos),
        }
        yield _row(f"session {number}", cells)


def _sessionize(sessions: list[Any], speakers: list[Any]) -> Iterator[Row]:
    known = {_text(one.get("id")): one for one in speakers if isinstance(one, dict)}
    for number, session in enumerate(sessions, 1):
        if not isinstance(session, dict) or session.get("isServiceSession") is True:
            continue
        found = session.get("speakers")
        ids = map(_text, found if isinstance(found, list) else ())
        people = [_person(known[one]) for one in ids if one in known]
        by_speaker = {
            name: "; ".join(one.get(name) or _NONE for one in people) for name in _BY_SPEAKER
        }
        cells = {
            "code": _text(session.get("id")),
            "title": _text(session.get("title")),
            "date": _text(session.get("startsAt")),
            "url": _text(session.get("recordingUrl") or session.get("liveUrl")),
            "state": _text(session.get("status")),
        }
        yield _row(f"session {number}", cells | (by_speaker if people else {}))


def _person(speaker: Mapping[str, Any]) -> dict[str, str]:
    names = _text([speaker.get("firstName"), speaker.get("lastName")]).replace("; ", " ")
    found = {
        "speaker": _text(speaker.get("fullName")) or names,
        "role": _text(speaker.get("tagLine")),
        "photo": _text(speaker.get("profilePicture")),
    }
    links = speaker.get("links")
    for link in links if isinstance(links, list) else ():
        network = _LINKS.get(_text(_inner(link, "linkType")).casefold())
        if network:
            found.setdefault(network, _text(_inner(link, "url")))
    return {name: text.replace(";", ",") for name, text in found.items()}
