"""What stands in the way of a copy is told of the place that is to blame, and left as it is."""

import pytest
from sqlalchemy import insert, make_url, text

from bot.errors import LibraryError
from bot.store import open_store
from bot.store.across import copy_to, leave_to
from bot.store.publishing import accounts
from tests.cutter import COMMIT, cutter
from tests.store.old_libraries import NOW, OLDER, files_of, fill, of_revision
from tests.store.test_across import ACCOUNT, copied


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_older_library_in_the_way_is_not_upgraded_before_it_is_refused(tmp_path, dry_run):
    first, older = str(tmp_path / "first.db"), tmp_path / "older" / "library.db"
    older.parent.mkdir()
    with open_store(first) as store:
        fill(store)
    of_revision(older, OLDER[0])
    before = older.read_bytes()
    with pytest.raises(LibraryError, match="holds a library already"):
        copied(first, older, dry_run=dry_run)
    assert (older.read_bytes(), files_of(older)) == (before, ["library.db"])


@pytest.mark.parametrize("nowhere", ["sqlite://", "sqlite:///:memory:"])
def test_a_copy_that_nobody_could_open_is_not_made(tmp_path, nowhere):
    with open_store(str(tmp_path / "first.db")) as store:
        fill(store)
        with pytest.raises(LibraryError, match="is gone when the copy is made; name a file"):
            copy_to(store, nowhere)


@pytest.mark.parametrize("value", ["'nonsense'", "cast(x'eda0bd' as text)"])
def test_a_row_that_cannot_be_read_is_told_of_where_it_is(database, tmp_path, value):
    first = tmp_path / "first.db"
    with open_store(first) as store:
        fill(store)
        with store.write() as connection:
            connection.execute(text(f"UPDATE quotes SET created_at = {value}"))
    with pytest.raises(LibraryError, match=rf"^{first}: is damaged.*restore a backup"):
        copied(first, database)


def test_what_no_row_is_to_blame_for_is_told_of_the_place(database, tmp_path):
    first = str(tmp_path / "first.db")
    with open_store(first) as store:
        fill(store)
    with open_store(database) as store, store.write() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION ended() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER ended BEFORE INSERT ON quotes FOR EACH ROW EXECUTE FUNCTION ended()"
            )
        )
    with pytest.raises(LibraryError, match=r"^postgresql://.*: cannot grow, the disk is full"):
        copied(first, database)


def test_who_cannot_leave_is_told_that_the_copy_stands(tmp_path):
    first = tmp_path / "first.db"
    with open_store(first) as store:
        fill(store)
        with store.write() as connection:
            connection.execute(insert(accounts).values(**ACCOUNT, paused=""))
            never = "BEFORE UPDATE ON accounts BEGIN SELECT RAISE(ABORT, 'never'); END"
            connection.execute(text(f"CREATE TRIGGER never {never}"))
        told = rf"^{first}: was copied to c.db, but its accounts go on here: it refused .*never"
        with pytest.raises(LibraryError, match=told):
            leave_to(store, "c.db", NOW)


def test_who_leaves_while_the_answer_is_lost_has_left(server, database):
    with open_store(database) as store, store.write() as connection:
        connection.execute(insert(accounts).values(**ACCOUNT, paused=""))
    with (
        cutter(server.address.port) as door,
        open_store(str(make_url(database).set(port=door.port))) as store,
    ):
        with store.read():
            pass
        door.cut(COMMIT, heard=True)
        assert leave_to(store, "c.db", NOW) == ("main",)
        assert door.cuts == 1
