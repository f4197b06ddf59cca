"""Lines looked up among those that readers graded."""

import re

import pytest

pytest.importorskip("sumy", reason="the benchmark packages are not installed")

from benchmarks import graded


def test_the_grades_are_of_lines_and_hold_no_words():
    grades = graded.load()
    assert len(grades) > 20_000
    assert all(re.fullmatch(r"[0-9a-f]{12}", key) for key in grades)
    assert {*grades.values()} == {"0", "0.5", "1", "1.5", "2", "2.5", "3", "L"}


def test_a_line_is_known_by_its_words_alone():
    assert graded.key("Rope holds, for ever.") == graded.key("rope HOLDS for ever")
    assert graded.key("Rope holds.") != graded.key("Rope held.")


def test_a_table_tells_shares_of_the_graded_and_counts_copies_once():
    lists = [["Rope holds.", "Tar stinks."], ["Rope holds.", "Nobody graded this."]]
    grades = {graded.key("Rope holds."): "2.5", graded.key("Tar stinks."): "L"}
    row = graded.told("talks", lists, grades).split()
    assert row == ["talks", "3", "2", "0%", "50%", "0%", "50%", "0%"]


def test_talks_of_a_folder_are_ranked(tmp_path):
    words = "Every harbour is a promise number {0} that somebody keeps."
    lines = (f"00:{at // 6:02}:{at % 6}0 | {words.format(at)}" for at in range(70))
    (tmp_path / "talk.txt").write_text("\n".join(lines))
    (tmp_path / "none.txt").write_text("")
    found = list(graded.of_talks(tmp_path))
    assert len(found) == 1
    assert 0 < len(found[0]) <= 10
