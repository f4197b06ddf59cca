"""The speed benchmark runs and says what it promises; how fast anything is, no test asks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def test_one_round_on_the_sample_gives_every_ratio() -> None:
    pytest.importorskip("sumy", reason="sumy is of the dependency group benchmark")
    command = [sys.executable, "-m", "benchmarks.speed", "--no-venv", "--rounds", "1", "--json"]
    document = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    assert set(document) == {"machine", "transcript", "rounds", "start", "cpu_ms", "ratios"}
    assert set(document["ratios"]) == {
        "LexRank / pullquote",
        "LexRank, stop words / pullquote",
        "tutorial / square/midnight",
        "tutorial / square/dusk",
        "--help / bare python",
        "harvest / bare python",
    }
    assert all(ratio["median"] > 0 for ratio in document["ratios"].values())
