"""An old library is kept beside and upgraded when it is opened."""

import sqlite3
from contextlib import closing

import pytest

from bot.errors import LibraryError
from bot.library import Library
from bot.store import open_store
from bot.store.connecting import engine_for, url_of
from bot.store.keys import likely
from bot.store.schema import HEAD
from tests.store.old_libraries import OLDER, files_of, of_revision, upgraded


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_library_is_kept_beside_and_upgraded(tmp_path, revision):
    path = tmp_path / "library.db"
    of_revision(path, revision)
    path.with_name(f"library.db.before-{HEAD}").write_text("of before")
    assert upgraded(path) == ["kx3m9"]
    assert upgraded(path) == ["kx3m9"]
    kept = path.with_name(f"library.db.before-{HEAD}-2")
    assert files_of(path) == ["library.db", f"library.db.before-{HEAD}", kept.name]
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(revision,)]
        assert connection.execute("SELECT quote FROM decisions").fetchall() == [("kx3m9",)]


@pytest.mark.parametrize("revision", OLDER)
def test_a_dry_run_upgrades_in_memory(tmp_path, revision):
    path = tmp_path / "library.db"
    of_revision(path, revision)
    before = path.read_bytes()
    assert upgraded(path, dry_run=True) == ["kx3m9"]
    assert (path.read_bytes(), files_of(path)) == (before, ["library.db"])


@pytest.mark.parametrize("revision", OLDER)
def test_an_older_library_on_a_server_is_upgraded_when_a_person_asks(database, revision):
    of_revision(database, revision)
    with pytest.raises(LibraryError, match="save it with pg_dump, then `pullquote library upgr"):
        upgraded(database)
    with open_store(database, dry_run=True, upgrade=True) as store, store.read():
        pass
    with pytest.raises(LibraryError, match=f"revision {revision} of {HEAD}"):
        upgraded(database)
    assert upgraded(database, upgrade=True) == ["kx3m9"]


@pytest.mark.parametrize("revision", OLDER)
def test_a_talk_is_found_by_its_title_after_an_upgrade(tmp_path, revision):
    of_revision(tmp_path / "library.db", revision)
    with open_store(tmp_path / "library.db") as store, store.read() as connection:
        assert likely(connection, b"", "MAPS!") == {"maps"}
        assert likely(connection, b"", "Charts") == set()


@pytest.mark.parametrize("revision", [one for one in OLDER if "0004" <= one < "0007"])
def test_where_quotes_were_posted_is_found_after_an_upgrade(tmp_path, backend, request, revision):
    is_file = backend == "sqlite"
    place = str(tmp_path / "library.db") if is_file else request.getfixturevalue("database")
    of_revision(place, revision)
    engine = engine_for(url_of(place))
    with engine.begin() as connection:
        receipt = "('x', '7', 'kx3m9', 1, 'sent')"
        columns = "(network, account, quote, occasion, state)"
        connection.exec_driver_sql(f"INSERT INTO posts {columns} VALUES {receipt}")
    engine.dispose()
    with open_store(place, upgrade=True) as store:
        library = Library(store)
        assert (library.search("posted:x").total, library.search("-posted:any").total) == (1, 0)
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE posts SET state = 'deleted'")
        assert library.search("posted:any").total == 0
