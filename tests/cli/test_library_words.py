"""``library add``, ``reword``, ``mend``, ``verify --move`` as a person calls them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, make_vtt

CUES = (
    "<v Ann Lee>And so I think boy bells never lie.",
    "<v Bo Park>A boy is louder than any bell we know.",
    "<v Cy Hall>If it rains, the rope gets heavy.",
    "<v Ann Lee>Nobody thanks the harbour master for it.",
    "<v Ann Lee>Nobody thanks the harbour master for it.",
)


@pytest.fixture
def talk(run: Run, project: Path) -> str:
    ran = run("harvest", make_vtt(project, *CUES), "--title", "Bells", "--json")
    assert ran.code == 0
    return "bells"


def quotes(run: Run) -> dict[str, dict]:
    return {one["shown"]: one for one in run("library", "list", "--json").array}


def test_a_line_is_added_and_approved(run: Run, talk: str) -> None:
    words = "If it rains the rope gets heavy."
    tried = run("library", "add", talk, words, "--dry-run")
    assert (tried.code, "added (dry run)" in tried.err, words in quotes(run)) == (0, True, False)
    ran = run("library", "add", talk, words, "--approve")
    assert ran.code == 0
    assert "“If it rains the rope gets heavy.” – Cy Hall, 0:03" in ran.err
    assert quotes(run)[words]["status"] == "approved"
    again = run("library", "add", talk, words)
    assert "was there already, approved" in again.err
    assert run("library", "verify").code == 0
    assert run("library", "undo").code == run("library", "undo").code == 0
    assert quotes(run)[words]["status"] == "rejected"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("If it rains, the rope gets light.",), 3, "nearest, at 0:03: “If it rains"),
        (("The rope gets heavy.",), 3, "loses the condition 'if'"),
        (("Nobody thanks the harbour master for it.",), 3, "say which with --at 0:04"),
        (("If it rains, the rope gets heavy.", "--at", "noon"), 2, "is no time"),
        (("If it rains, the rope gets heavy.", "--speaker", "Ann Lee"), 3, "Cy Hall says this"),
        (("Heavy.",), 3, "3 words at least"),
        (("heavy " * 10_000,), 3, "words at most"),
    ],
)
def test_what_cannot_be_added(run: Run, talk: str, arguments, code, told) -> None:
    ran = run("library", "add", talk, *arguments)
    assert (ran.code, told in ran.error) == (code, True), ran.error


def test_a_talk_that_is_not_there(run: Run, talk: str) -> None:
    assert "there is no talk" in run("library", "add", "nosuch", "Some words of it.").error


def test_a_quote_is_reworded_and_its_approval_void(run: Run, talk: str) -> None:
    name = quotes(run)["A boy is louder than any bell we know."]["id"]
    run("library", "approve", name)
    ran = run("library", "reword", name, "a boy is louder than any bell we know")
    assert (ran.code, "; approve it again" in ran.err) == (0, True)
    assert "already" in run("library", "reword", name, "a boy is louder than any bell we know").err
    refused = run("library", "reword", name, "A boy is louder than any bell we own.")
    assert (refused.code, "the talk says “know” here" in refused.error) == (3, True)


def test_a_misheard_word_is_mended_for_good(run: Run, talk: str, project: Path) -> None:
    run("library", "approve", quotes(run)["A boy is louder than any bell we know."]["id"])
    ran = run("library", "mend", talk, "boy", "buoy")
    assert ran.code == 0
    assert "“A buoy is louder than any bell we know.” – Bo Park, 0:02; approve it again" in ran.err
    assert run("library", "verify").code == 0
    again = run("harvest", make_vtt(project, *CUES), "--title", "Bells", "--json")
    assert not [one for one in again.array if "boy" in one["shown"].split()]
    assert run("library", "verify").code == 0
    assert "loses the negation" in run("library", "mend", talk, "never", "ever").error


def test_a_newer_transcript_is_followed(run: Run, talk: str, project: Path) -> None:
    words = "If it rains, the rope gets heavy."
    run("library", "add", talk, words, "--approve")
    shifted = ("<v Ann Lee>We tuned the bells before we began.", *CUES[:4])
    run("harvest", make_vtt(project, *shifted), "--title", "Bells")
    told = run("library", "verify")
    assert (told.code, "says it at 0:04, no more at 0:03" in told.out) == (0, True)
    assert "verify --move" in told.err
    tried = run("library", "verify", "--move", "--dry-run")
    assert (tried.code, "moved to 0:04 (dry run)" in tried.err) == (0, True)
    assert quotes(run)[words]["start_ms"] == 3000
    found = run("library", "verify", "--json").array
    assert [one["kind"] for one in found if one["offer"]] == ["newer"] * len(found)
    assert run("library", "verify", "--move").code == 0
    assert quotes(run)[words]["start_ms"] == 4000
    assert quotes(run)[words]["status"] == "approved"
    assert "nothing to move" in run("library", "verify", "--move").err
