"""Tables: of quotes, as ``library import`` has them, of talks, as ``harvest --talks`` does."""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.doors import prepared
from benchmarks.fuzz_door import Door, Sample
from bot.errors import InputError
from bot.library import listing
from bot.library.sheets import Answers
from bot.library.tables import Asked, apply_rows, table_rows
from bot.talks import read_table
from bot.talks.matching import matched
from bot.transcripts import bytes_of

_KINDS = ("bytes", "text", "table")
_TALKS = (
    "file,title,event,date,url,media,language,embargo_until,permission,timeline,speaker,role,photo,"
    "x,bluesky,mastodon,voices\n"
    "a.vtt,Small libraries,Tarn Quay,2026-11-24,https://example.org/v,a.mp4,en,2026-12-01T09:00+01:00,"
    "granted,,Ada Quill; Bo Marsh,Librarian; -,ada.png; -,@ada; -,@ada.bsky.social,"
    "@ada@example.org,"
    "SPEAKER_00=Ada Quill; SPEAKER_01=Bo Marsh\n"
    "b.srt,Ropes and knots,,24 Nov 2026,,,de,,yes,,Bo Marsh,,,,,,\n"
)
_PRETALX = {
    "schedule": {"conference": {"title": "Tarn Quay", "days": [{"date": "2026-11-24", "rooms": {
        "Hall": [{"guid": "a-1", "title": "Small libraries", "date": "2026-11-24T10:00:00+01:00",
                  "start": "10:00", "duration": "00:30", "language": "en",
                  "url": "https://example.org/1",
                  "persons": [{"public_name": "Ada Quill", "biography": "x"}]}]}}]}}
}  # fmt: skip
_SESSIONIZE = {
    "sessions": [{"id": "1", "title": "Small libraries", "startsAt": "2026-11-24T10:00:00",
                  "speakers": ["a"], "recordingUrl": "https://example.org/v",
                  "status": "Accepted"}],
    "speakers": [{"id": "a", "fullName": "Ada Quill", "tagLine": "Librarian", "links": [
        {"title": "Twitter", "url": "https://x.com/ada", "linkType": "Twitter"}]}],
}  # fmt: skip


def _quotes() -> Sequence[Sample]:
    """A table as it is exported, and one that a person wrote."""
    with prepared.library() as library:
        found = library.quotes(limit=6)
        exported = listing.as_csv(found, {one.id: one for one in library.talks()}).encode()
    rows = [f"{one.id},{one.shown!r},approve,ropes;knots,so it is," for one in found[:3]]
    typed = "id,quote,status,tags,note,speaker\n" + "\n".join(rows)
    typed += f',"{found[4].shown}",no,-,-,Marit Oyelaran\n'
    return [Sample("exported.csv", exported, _KINDS), Sample("typed.csv", typed.encode(), _KINDS)]


def _import(name: str, raw: bytes) -> str:
    path = Path(name)
    rows, _ = table_rows(raw, path)
    with prepared.library() as library, library.store.write() as connection:
        asked = Asked(library.talks()[0].id, prepared.ED, Answers(True), {})
        applied = apply_rows(connection, rows, path, asked)
    if any("\n" in str(error) for error in applied.errors):
        raise AssertionError("a row's error has several lines")
    return "with bad rows" if applied.errors else "table"


def _talks() -> Sequence[Sample]:
    """A CSV of ours, a programme of pretalx and one of Sessionize."""
    kinds = ("bytes", "text", "json")
    return [
        Sample("talks.csv", _TALKS.encode(), _KINDS),
        Sample("pretalx.json", json.dumps(_PRETALX).encode(), kinds),
        Sample("sessionize.json", json.dumps(_SESSIONIZE).encode(), kinds),
    ]


def _read(name: str, raw: bytes) -> str:
    place = prepared.folder() / "talks" / name
    found = read_table(raw, place)
    entries, errors = matched(found.entries, [str(place.parent / "Small libraries.vtt")], place)
    for entry in entries[:20]:
        try:
            bytes_of(Path(entry.file or place), 8)
        except InputError as error:
            errors.append(error)
    if any("\n" in str(error) for error in (*found.errors, *errors)):
        raise AssertionError("a row's error has several lines")
    people = [person for entry in found.entries for person in entry.people]
    with prepared.library() as library:
        library.introduce(people, "Ed", prepared.NOW)
    return "with bad rows" if found.errors else "table"


QUOTES = Door("quote-tables", _quotes, _import, share=8, seconds=10)
TALKS = Door("talk-tables", _talks, _read, share=8)
