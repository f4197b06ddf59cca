"""``library search`` as a person calls it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def harvested(run: Run, sample: Path, project: Path) -> None:
    assert run("harvest", sample, "--speaker", "Marit Oyelaran").code == 0


def test_quotes_are_found_with_what_was_looked_for(run: Run, harvested: None) -> None:
    found = run("library", "search", "LIBRARY town", "--json").array
    assert found
    for quote in found:
        marked = {quote["shown"][first:stop].casefold() for first, stop in quote["marked"]}
        assert marked == {"library", "town"}


def test_several_arguments_are_one_query(run: Run, harvested: None) -> None:
    one = run("library", "search", "library score:>40", "--json").array
    assert run("library", "search", "library", "score:>40", "--json").array == one


def test_the_table_says_how_many_there_are(run: Run, harvested: None) -> None:
    count = len(run("library", "list", "--json").array)
    ran = run("library", "search", "status:candidate", "-n", "2")
    assert (ran.code, f"2 of {count}; -n shows more" in ran.err) == (0, True)
    assert "no quote is like that" in run("library", "search", "zebra").err


def test_what_nobody_picked_is_found_in_the_transcript(run: Run, harvested: None) -> None:
    line = run("library", "search", "--transcripts", "library", "-n", "1", "--json").array[0]
    assert line["talk"].startswith("keeping-small-libraries")
    assert line["text"][slice(*line["marked"][0])].casefold() == "library"
    told = run("library", "search", "--transcripts", "library", "-n", "1")
    assert line["text"][:40] in told.out
    assert "-n shows more" in told.err
    assert "no talk says that" in run("library", "search", "--transcripts", "zebra").err


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("spekaer:ada", "did you mean 'speaker:'"),
        ('"open', "no partner"),
        ("talk:keeping", "talk:keeping-small"),
    ],
)
def test_what_is_not_understood_is_told(
    run: Run, harvested: None, query: str, message: str
) -> None:
    ran = run("library", "search", query)
    assert (ran.code, message in ran.error) == (3, True)
