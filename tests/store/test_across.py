"""A library goes from place to place without loss, all of it or nothing."""

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import insert, make_url, select, text, update

from bot.errors import LibraryError, Passing
from bot.library import Library
from bot.library.sheets import export_sheets
from bot.store import open_store
from bot.store.across import copy_to, leave_to
from bot.store.publishing import accounts, spending, timeline
from bot.store.schema import HEAD, quotes, talks
from tests.cutter import COMMIT, cutter
from tests.libraries import everything
from tests.store.old_libraries import NOW, OLDER, TALK, files_of, fill, of_revision, rows

ODD = "a\tb\u2028c\U0001f5fc e\u0301 \ufeff\ufffe \u0627\u0644 \\u0000 '\"%s"
ACCOUNT = {"network": "x", "id": "7", "label": "main", "handle": "ada"}


def fill_oddly(store):
    """Every kind of value, at its odd ends."""
    fill(store)
    moment = NOW.replace(microsecond=1)
    with store.write() as connection:
        odd = {"id": "odd", "title": ODD, "glossary": {"z": "\ud83d", "a": "\x00", "ä": ODD}}
        connection.execute(insert(talks).values({**TALK, **odd, "speakers": [ODD, ""]}))
        connection.execute(update(quotes).values(score=0.1 + 0.2, confidence=1e-300, note=ODD))
        connection.execute(insert(accounts).values(**ACCOUNT, paused="", limits={"n": [1.5, None]}))
        seen = {"network": "x", "account": "7", "remote_id": "1", "at": moment, "words": ODD}
        connection.execute(insert(timeline).values(seen))
        cost = {"network": "x", "account": "7", "at": moment, "what": "post", "dollars": 0.015}
        connection.execute(insert(spending).values(cost))
    return everything(store)


def exported(place):
    """The sheets of all talks and the transcripts beside them, byte for byte."""
    with open_store(place) as store, TemporaryDirectory() as name:
        folder = Path(name)
        list(export_sheets(Library(store), (), folder, {}))
        return {one.name: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture(params=["file", "server"])
def made(request, tmp_path):
    """Makes places of this kind where no library is yet."""
    numbers = iter(range(9))
    if request.param == "file":
        yield lambda: str(tmp_path / "made" / f"{next(numbers)}.db")
        return
    server, kept = request.getfixturevalue("server"), []

    def new():
        kept.append(server.create())
        return str(kept[-1])

    yield new
    for one in kept:
        server.drop(one)


def copied(source, target, **options):
    with open_store(source, create=False) as store:
        return copy_to(store, target, **options)


def test_a_library_is_equal_row_by_row_wherever_it_went_and_back(made, tmp_path):
    """All four directions: file to file or server, server to server, and either back to a file."""
    first = str(tmp_path / "first.db")
    with open_store(first) as store:
        before = fill_oddly(store)
    sheets, whole = exported(first), Path(first).read_bytes()
    places = [first, made(), made(), str(tmp_path / "last.db")]
    for source, target in pairwise(places):
        steps = {}
        done = copied(source, target, progress=steps.__setitem__)
        twice = 2 * sum(one.rows for one in done.tables)
        assert (max(steps), set(steps.values())) == (twice, {twice})
        assert {one.table: one.rows for one in done.tables}["quotes"] == len(before["quotes"])
        with open_store(target) as store:
            assert everything(store) == before
    assert exported(places[-1]) == sheets and len(sheets) == 3
    assert Path(first).read_bytes() == whole
    with open_store(places[1]) as store:
        assert not Library(store).verify()
        Library(store).decide([before["quotes"][1].id], "reject", "me", NOW)  # its number is free


def test_the_copy_publishes_nothing_before_its_timelines_are_matched(made, tmp_path):
    first, target = str(tmp_path / "first.db"), made()
    with open_store(first) as store:
        fill(store)
        with store.write() as connection:
            connection.execute(insert(accounts).values(**ACCOUNT, reconciled_at=NOW, newest="12"))
            rest = {**ACCOUNT, "id": "8", "label": "other", "paused": "signed out"}
            connection.execute(insert(accounts).values(**rest, reconciled_at=NOW))
    assert copied(first, target).waiting == ("main", "other")
    with open_store(target) as store, store.read() as connection:
        assert connection.scalars(select(accounts.c.reconciled_at)).all() == [None, None]
    with open_store(first) as store:
        assert leave_to(store, target, NOW) == ("main",)
        kept = {row.label: row for row in everything(store)["accounts"]}
    assert kept["main"].paused == f"this library was moved to {target}, which publishes now"
    assert (kept["main"].reconciled_at, kept["other"].paused) == (NOW, "signed out")


def test_only_an_empty_place_is_filled(made, tmp_path):
    first, target = str(tmp_path / "first.db"), made()
    with open_store(first) as store:
        before = fill(store)
    with open_store(target) as store, store.write():
        pass  # the tables, and no row
    copied(first, target)
    for place in (target, first):
        with pytest.raises(LibraryError, match=f"{place}: holds a library already; name a file"):
            copied(first, place)
    with open_store(target) as store:
        assert everything(store) == before


def test_a_dry_copy_does_all_of_it_and_keeps_nothing(made, tmp_path):
    first, target = str(tmp_path / "first.db"), made()
    with open_store(first) as store:
        fill(store)
    before, there = Path(first).read_bytes(), files_of(tmp_path / "x")
    assert sum(one.rows for one in copied(first, target, dry_run=True).tables) > 10
    assert (Path(first).read_bytes(), files_of(tmp_path / "x")) == (before, there)
    with open_store(target) as store:
        assert not any(everything(store).values())


def test_an_older_library_is_brought_up_to_date_as_when_it_is_opened(tmp_path):
    first = tmp_path / "first.db"
    of_revision(first, OLDER[0])
    before = first.read_bytes()
    with open_store(first, dry_run=True) as store:
        copy_to(store, tmp_path / "copy.db")
    assert first.read_bytes() == before
    copied(first, tmp_path / "second.db")
    assert rows(tmp_path / "second.db") == rows(tmp_path / "copy.db") == rows(first)
    assert (tmp_path / f"first.db.before-{HEAD}").exists()


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"note": "a\x00b"}, "note has a NUL character, which PostgreSQL cannot hold"),
        ({"start_ms": 2**40}, "cannot hold a number that large"),
        ({"role": "so " * 10}, "value too long"),
    ],
)
def test_a_row_that_a_server_cannot_hold_is_named_and_nothing_is_copied(
    database, tmp_path, values, named
):
    first = str(tmp_path / "first.db")
    with open_store(first) as store:
        wrong = fill(store)["quotes"][7].id
        with store.write() as connection:
            connection.execute(update(quotes).where(quotes.c.id == wrong).values(values))
    with pytest.raises(LibraryError, match=rf"^quotes {wrong}: .*{named}.*nothing was copied$"):
        copied(first, database)
    with open_store(database) as store:
        assert not any(everything(store).values())


def test_what_reads_back_otherwise_is_told_with_its_table_and_nothing_is_copied(database, tmp_path):
    first = str(tmp_path / "first.db")
    with open_store(first) as store:
        fill(store)
    with open_store(database) as store, store.write() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION louder() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN NEW.title = upper(NEW.title); RETURN NEW; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER louder BEFORE INSERT ON talks "
                "FOR EACH ROW EXECUTE FUNCTION louder()"
            )
        )
    with pytest.raises(LibraryError, match="reads back otherwise than it was written: talks; noth"):
        copied(first, database)
    with open_store(database) as store:
        assert not any(everything(store).values())


@pytest.mark.parametrize("at", [b"INSERT INTO quotes", b"SELECT count(*)", COMMIT])
def test_a_connection_lost_in_mid_copy_leaves_the_server_empty(server, database, tmp_path, at):
    first = str(tmp_path / "first.db")
    with open_store(first) as store:
        fill(store)
    before = Path(first).read_bytes()
    with cutter(server.address.port) as door:
        door.cut(at)
        with pytest.raises(Passing, match="connection to its server broke"):
            copied(first, str(make_url(database).set(port=door.port)))
        assert door.cuts == 1
    assert Path(first).read_bytes() == before
    copied(first, database)  # there was nothing


def test_writers_go_on_while_a_file_is_copied_and_the_copy_is_of_one_moment(database, tmp_path):
    first = str(tmp_path / "first.db")
    with open_store(first) as store:
        before = fill(store)

    def write_meanwhile(done, total):
        if done == total:
            with open_store(f"sqlite:///{first}?timeout=0.1") as other, other.write() as connection:
                connection.execute(update(talks).values(title="changed"))

    copied(first, database, progress=write_meanwhile)
    with open_store(database) as store:
        assert everything(store) == before
    assert rows(first)["talks"][0].title == "changed"


def test_a_damaged_source_is_told(tmp_path):
    first = tmp_path / "first.db"
    with open_store(first) as store:
        fill(store)
    whole = first.read_bytes()
    first.write_bytes(whole[:8192] + b"\x07" * 4096 + whole[12288:])
    with pytest.raises(LibraryError, match="is damaged"):
        copied(first, tmp_path / "copy.db")
    assert files_of(first) == ["first.db"]
