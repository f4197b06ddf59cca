"""Workers on one PostgreSQL, in short: each talk and post once, whatever connections are ended."""

import json
from dataclasses import replace

import pytest

from benchmarks import together

SHORT = ["--workers", "3", "--talks", "3", "--minutes", "3", "--posts", "9", "--tags", "3"]


def test_workers_on_one_database_do_everything_once(capsys):
    code = together.main([*SHORT, "--cuts", "5", "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert code == 0, row
    assert (row["talks"], row["posts"], row["tags"]) == (3, 9, 9)
    assert row["cuts"] >= 1
    assert {one["work"] for one in row["lock"]} == {"harvest", "tag", "publish"}


@pytest.mark.parametrize("wrong", ["talks_twice", "posts_twice", "tags_lost", "deadlocks"])
def test_it_would_tell(wrong):
    sound = together.Verdict(*[0] * 14)
    assert sound.is_sound and not replace(sound, **{wrong: 1}).is_sound
