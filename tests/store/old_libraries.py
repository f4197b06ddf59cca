"""Libraries that older programs made, and whole ones: what backups and upgrades are tried on."""

import zlib
from datetime import UTC, datetime

from sqlalchemy import MetaData, insert, select

from bot.library import Library
from bot.model import Details
from bot.store import open_store, revisions
from bot.store.connecting import WRITING, engine_for, url_of
from bot.store.schema import HEAD, decisions
from tests.libraries import everything
from tests.library.spoken import candidates, transcript

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
OLDER = [f"{number:04}" for number in range(1, int(HEAD))]
LATER = {"glossary": {}, "note": "", "revision": 0, "became": {}}  # columns since 0004
TALK = {"id": "maps", "title": "Maps", "speakers": [], "duration_ms": 0, "created_at": NOW}


def fill(store):
    text = transcript()
    kept = Library(store).keep(Details(title="Lights \U0001f5fc"), text, candidates(text), NOW)
    Library(store).decide([kept.quotes[0].id], "reject", "me", NOW)
    return everything(store)


def rows(path):
    with open_store(path, create=False) as store:
        return everything(store)


def files_of(path):
    return sorted(file.name for file in path.parent.iterdir())


def of_revision(address, revision):
    """A library as the program of that time made it, with a talk and a decided quote."""
    engine = engine_for(url_of(address))
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        revisions.upgrade(connection, revisions.MIGRATIONS, revision)
        then = MetaData()
        then.reflect(connection)
        version = {"id": 1, "talk": "maps", "source": "a.txt", "format": "page-text"}
        packed = zlib.compress(b"[]")
        version |= {"source_hash": "00", "raw": packed, "cues": packed, "fingerprint": b""}
        version |= {"cues_present": 1, "notes": [], "read_at": NOW}
        quote = {"id": "kx3m9", "talk": "maps", "transcript": 1, "said": "So.", "shown": "So."}
        quote |= {"edits": [], "reasons": [], "flags": [], "tags": []}
        quote |= {"start_ms": 0, "end_ms": 1, "approximate": False, "score": 0.5}
        quote |= {"status": "rejected", "created_at": NOW}
        decided = {"id": 1, "quote": "kx3m9", "at": NOW, "who": "me", "action": "reject"}
        decided |= {"before": "candidate", "after": "rejected", "was": {}}
        for name, values in (
            ("talks", TALK),
            ("transcripts", version),
            ("quotes", quote),
            ("decisions", decided),
        ):
            table = then.tables[name]
            later = {key: value for key, value in LATER.items() if key in table.c}
            connection.execute(insert(table).values(values | later))
    engine.dispose()


def upgraded(address, **options):
    with open_store(address, **options) as store, store.read() as connection:
        assert revisions.found(connection, store.place) == HEAD
        return connection.scalars(select(decisions.c.quote)).all()
