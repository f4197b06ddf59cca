"""A new database, an upgraded one, a newer one and another program's."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, insert, inspect, select

from bot.errors import LibraryError
from bot.store import engine, open_store, revisions
from bot.store.schema import HEAD, metadata, talks, transcripts
from bot.store.watching import is_ours

ADDS_A_COLUMN = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9998", "HEAD"


def upgrade():
    with op.batch_alter_table("talks", recreate="always") as talks:
        talks.add_column(sa.Column("colour", sa.Text()))
"""

OURS = {"include_name": is_ours}


def made(way):
    connection = create_engine("sqlite://").connect()
    if way == "created":
        revisions.create(connection)
    else:
        revisions.upgrade(connection, revisions.MIGRATIONS)
    return connection


@pytest.mark.parametrize("way", ["created", "upgraded"])
def test_both_ways_give_the_schema(way):
    with made(way) as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=OURS), metadata) == []


def test_the_schema_has_nothing_that_the_migrations_leave_out():
    with made("upgraded") as connection:
        reflected = MetaData()
        reflected.reflect(connection, only=lambda name, _: is_ours(name, "table", None))
    with made("created") as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=OURS), reflected) == []


def constraints(connection):
    there = inspect(connection)
    return {
        table: (
            there.get_check_constraints(table),
            there.get_pk_constraint(table),
            there.get_unique_constraints(table),
            sorted(key["name"] for key in there.get_foreign_keys(table)),
            sorted(index["name"] for index in there.get_indexes(table)),
        )
        for table in there.get_table_names()
    }


def test_both_ways_name_the_same_constraints():
    with made("created") as created, made("upgraded") as upgraded:
        assert constraints(created) == constraints(upgraded)


def test_the_stamp_is_the_newest_revision():
    config = Config()
    config.set_main_option("script_location", str(revisions.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_new_library_does_without_alembic(tmp_path):
    program = (
        "import sys; from bot.store import open_store\n"
        f"with open_store({str(tmp_path / 'library.db')!r}) as store:\n"
        "    with store.write(): pass\n"
        "    with store.read(): pass\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONPATH": ":".join(sys.path)}
        ).returncode
        == 0
    )


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "library.db"
    with open_store(path) as store, store.write():
        pass
    return path


def stamp(path, revision):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])


def add_a_talk(path):
    """A talk with a transcript that refers to it: what a careless copy of a table would lose."""
    now, body = datetime(2024, 5, 1, tzinfo=UTC), b"00:00:01 | So."
    talk = {"id": "maps", "title": "Maps", "speakers": [], "duration_ms": 0, "created_at": now}
    version = {"talk": "maps", "source": "a.txt", "format": "page-text", "source_hash": "00"}
    version |= {"raw": body, "cues": body, "fingerprint": b"", "cues_present": 1, "notes": []}
    with open_store(path) as store, store.write() as connection:
        connection.execute(insert(talks).values(talk))
        connection.execute(insert(transcripts).values(**version, read_at=now))


def test_an_older_library_is_upgraded_when_it_is_opened(library, tmp_path, monkeypatch):
    folder = tmp_path / "100% migrations"
    shutil.copytree(revisions.MIGRATIONS, folder)
    (folder / "versions" / "9998_colour.py").write_text(ADDS_A_COLUMN.replace("HEAD", HEAD))
    add_a_talk(library)
    monkeypatch.setattr(revisions, "MIGRATIONS", folder)
    monkeypatch.setattr(engine, "HEAD", "9998")
    with open_store(library) as store, store.read() as connection:
        assert revisions.found(connection, store.place) == "9998"
        assert "colour" in {column["name"] for column in inspect(connection).get_columns("talks")}
        assert connection.scalar(select(talks.c.id).join(transcripts)) == "maps"


def refuses(path, way, reason):
    before = path.read_bytes()
    with (
        open_store(path) as store,
        pytest.raises(LibraryError, match=f"^{path}: .*{reason}"),
        getattr(store, way)(),
    ):
        pass
    return path.read_bytes() == before


@pytest.mark.parametrize("way", ["read", "write"])
def test_a_newer_library_is_refused(library, way):
    stamp(library, "9999")
    assert refuses(library, way, "newer.*pip install -U")


@pytest.mark.parametrize("way", ["read", "write"])
def test_another_programs_database_is_refused(tmp_path, way):
    path = tmp_path / "history.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE visits (url)")
    assert refuses(path, way, "another program")
