"""The proof that nothing is lost by kill -9, in short; and that it would tell."""

import json

import pytest

from benchmarks import kills, kills_looking
from benchmarks.kills_deeds import DEEDS


def test_nothing_is_lost_whatever_is_killed(capsys):
    deeds = [name for name in DEEDS if name not in ("processes", "card")]  # what takes longest
    code = kills.main(["--rounds", "1", "--kills", "1", "--deeds", ",".join(deeds), "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert code == 0, rows
    assert [row["deed"] for row in rows] == deeds
    assert sum(row["at_work"] for row in rows) >= 2


@pytest.mark.parametrize(
    "name", ["cards/a.png", "sheets/a.yaml", "sheets/transcripts/a.gz", "safe.db"]
)
def test_half_a_file_under_a_final_name_is_told(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half of it")
    (path.parent / f".{path.name}.{'0' * 32}.part").write_bytes(b"half")
    (told,) = kills_looking.half_files(tmp_path)
    assert told.startswith(f"{name}: ")


def test_a_library_that_does_not_open_is_told(tmp_path):
    assert not kills_looking.wrong_with(tmp_path)
    (tmp_path / "quotes").mkdir()
    (tmp_path / kills_looking.LIBRARY).write_bytes(b"SQLite format 3\x00 and no more")
    assert kills_looking.wrong_with(tmp_path)
