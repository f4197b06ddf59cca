"""``library review``: a change to the sheets, drawn and proved for those who approve it."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TALK = "keeping-small-libraries-open-with-marit"


def git(*arguments: str) -> None:
    named = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *named, *arguments], check=True, capture_output=True)


@pytest.fixture
def sheet(run: Run, sample: Path, project: Path) -> Path:
    """The sheet of the sample talk, under version control, without a library."""
    assert run("harvest", sample, "--speaker", "Marit Oyelaran").code == 0
    assert run("library", "export").code == 0
    Path("quotes/library.db").unlink(missing_ok=True)
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "sheets")
    return Path("quotes") / f"{TALK}.yaml"


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_an_approval_is_drawn_with_words_and_proof(run: Run, sheet: Path) -> None:
    change(sheet, "status: candidate", "status: approved")
    change(sheet, 'note: ""', 'note: "<script>alert(1)</script>"')
    assert run("library", "review", "--base", "HEAD", "--out", "out").code == 0
    page = Path("out/review.md").read_text("utf-8")
    assert "candidate → approved" in page
    assert "✅" in page
    assert "Alt text: Quote card" in page
    assert "is this Marit Oyelaran?" in page
    assert "<script>" not in page
    (card,) = Path("out/cards").glob("*.png")
    assert f'src="cards/{card.name}"' in page


def test_words_the_transcript_does_not_say_end_in_3(run: Run, sheet: Path) -> None:
    change(sheet, 'shown: "', 'shown: "Never ')
    ran = run("library", "review", "--base", "HEAD", "--json")
    assert (ran.code, "1 quotes are not what their transcripts say" in ran.error) == (3, True)
    assert ran.array[0]["wrong"] == "the talk does not say this here"
    assert ran.array[0]["cards"] == []
    assert "❌" in Path("review/review.md").read_text("utf-8")


def test_nothing_changed(run: Run, sheet: Path) -> None:
    assert run("library", "review", "--base", "HEAD", "--dry-run", "--json").array == []
    assert not Path("review").exists()


@pytest.mark.parametrize("base", ["nosuch", "--output=x", "HEAD:quotes"])
def test_a_base_that_is_no_revision(run: Run, sheet: Path, base: str) -> None:
    ran = run("library", "review", f"--base={base}")
    assert (ran.code, "there is no such revision" in ran.error) == (2, True)


def test_a_link_out_of_the_folder_is_not_followed(run: Run, sheet: Path) -> None:
    (sheet.parent / "other.yaml").symlink_to("/etc/passwd")
    ran = run("library", "review", "--base", "HEAD")
    assert (ran.code, "is a link" in ran.error) == (3, True)
