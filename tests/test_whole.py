"""Files are written whole or not at all, and what killed runs left is cleared."""

import os
import time

import pytest

from bot import whole
from bot.whole import LEFT_S, part_of, sweep, write_whole


def test_all_files_are_written_or_none(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b" / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_whole({tmp_path / "b": b"new"})
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        write_whole({tmp_path / "a": b"new", tmp_path / "a" / "c": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    write_whole({tmp_path / "a": b"new", tmp_path / "d" / "c": b"new"})
    assert [(tmp_path / name).read_bytes() for name in ("a", "d/c")] == [b"new"] * 2
    assert {one.name for one in tmp_path.rglob("*") if one.is_file()} == {"a", "c"}


@pytest.mark.parametrize(
    ("name", "age_s", "stays"),
    [
        (".card.png.{0}.part", LEFT_S + 10, False),
        (".copy.db.{0}.part-journal", LEFT_S + 10, False),
        (".card.png.{0}.part", LEFT_S - 60, True),
        (".mine.part", LEFT_S + 10, True),
        ("card.png.{0}.part", LEFT_S + 10, True),
    ],
)
def test_what_a_killed_run_left_is_cleared_after_an_hour_and_nothing_else(
    tmp_path, name, age_s, stays
):
    path = tmp_path / name.format("0f" * 16)
    path.touch()
    os.utime(path, (time.time() - age_s,) * 2)
    write_whole({tmp_path / "card.png": b"whole"})
    assert path.exists() == stays


def test_a_part_is_what_is_cleared(tmp_path):
    part = part_of(tmp_path / "a card.png")
    part.touch()
    sweep(tmp_path, lambda: time.time() + LEFT_S + 1)
    assert not part.exists() and tmp_path in whole._swept
