"""The reference talk, where it is at hand: a public talk with a moderator and an audience."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SPEAKER = "Andrej Karpathy"


@pytest.fixture
def talk(samples: Path) -> Path:
    return samples / "making-ai-accessible.txt"


def test_the_line_to_lead_with_is_among_the_first_three(
    run: Run, talk: Path, project: Path
) -> None:
    quotes = run("make", talk, "--speaker", SPEAKER, "-n", "10", "--json").array
    assert len(quotes) == 10
    lead = next(quote for quote in quotes[:3] if quote["start_ms"] == 1_956_460)
    assert lead["shown"].startswith("Number one,")
    assert [edit["kind"] for edit in lead["edits"]] == ["trim-start", "case"]
    assert run("library", "verify").code == 0


def test_harvesting_again_adds_nothing(run: Run, talk: Path, project: Path) -> None:
    first = run("harvest", talk, "--speaker", SPEAKER, "--json").array
    assert run("harvest", talk, "--speaker", SPEAKER, "--json").array == first


def test_a_corrected_transcript_adds_nothing_twice(run: Run, talk: Path, project: Path) -> None:
    before = run("harvest", talk, "--speaker", SPEAKER, "--json").array
    run("library", "reject", before[0]["id"])
    run("library", "approve", before[1]["id"], "--yes")
    text = talk.read_text("utf-8").replace("Chai-CPT", "ChatGPT").replace("reg,", "RAG,")
    (project / "mended.txt").write_text(text, "utf-8")
    after = run("harvest", "mended.txt", "--speaker", SPEAKER, "-n", "40", "--json").array
    everything = run("library", "list", "-n", "999", "--json").array
    statuses = {quote["id"]: quote["status"] for quote in everything}
    assert len({quote["talk"] for quote in everything}) == 1
    assert statuses[before[0]["id"]] == "rejected"
    assert statuses[before[1]["id"]] == "approved"
    assert before[0]["id"] not in {quote["id"] for quote in after}
    times = sorted((quote["start_ms"], quote["end_ms"]) for quote in everything)
    assert all(end <= start for (_, end), (start, _) in pairwise(times))  # none said twice
    assert 40 <= len(everything) <= 42  # a mended word may bring up another fortieth
    assert run("library", "verify").code == 0
