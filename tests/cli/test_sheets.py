"""``library export``, ``import``, ``edit``: sheets and tables from the command line."""

import csv
import io
import os
import pty
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TALK = "keeping-small-libraries-open-with-marit"
STATUSES = "status: candidate"


@pytest.fixture
def ids(run: Run, sample: Path, project: Path) -> list[str]:
    """The quotes of the sample talk, in the order they are said."""
    assert run("harvest", sample, "--speaker", "Marit Oyelaran").code == 0
    quotes = run("library", "list", "--json").array
    return [one["id"] for one in sorted(quotes, key=lambda one: (one["start_ms"], one["id"]))]


@pytest.fixture
def sheet(run: Run, ids: list[str]) -> Path:
    assert run("library", "export").code == 0
    return Path("quotes") / f"{TALK}.yaml"


def replaced(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def status(run: Run, name: str) -> str:
    return run("library", "show", name, "--json").array[0]["status"]


@pytest.mark.about_the_file
def test_sheets_lie_beside_the_library_and_change_only_when_it_does(run: Run, sheet: Path) -> None:
    assert sorted(path.name for path in sheet.parent.glob("[!.]*")) == [
        f"{TALK}.yaml", "library.db", "transcripts",
    ]  # fmt: skip
    assert run("library", "export", "keep").out == f"{sheet}  (as it was)\n"
    assert run("library", "export", "--to", "out", "--dry-run").code == 0
    assert not Path("out").exists()


@pytest.mark.about_the_file
def test_a_lost_library_stands_again(run: Run, ids: list[str], sheet: Path) -> None:
    run("library", "approve", ids[0], "--yes")
    run("library", "export")
    before = sheet.read_bytes()
    Path("quotes/library.db").unlink()
    assert run("library", "import", sheet).code == 0
    assert status(run, ids[0]) == "approved"
    assert run("library", "verify").code == 0
    run("library", "export")
    assert sheet.read_bytes() == before


def test_a_decision_in_a_sheet(run: Run, ids: list[str], sheet: Path) -> None:
    replaced(sheet, STATUSES, "status: approved")
    ran = run("library", "import", sheet)
    assert (ran.code, f"quote {ids[0]}: is this Marit" in ran.error) == (6, True)
    assert run("library", "import", sheet, "--yes", "--dry-run").code == 0
    assert status(run, ids[0]) == "candidate"
    ran = run("library", "export")
    assert (ran.code, "is not imported yet" in ran.err) == (6, True)
    assert run("library", "import", sheet, "--yes").code == 0
    assert status(run, ids[0]) == "approved"
    assert run("library", "export").code == 0


def test_a_conflict_is_told_and_ends_in_6(run: Run, ids: list[str], sheet: Path) -> None:
    replaced(sheet, STATUSES, "status: approved")
    replaced(sheet, STATUSES, "status: rejected")
    run("library", "reject", ids[0])
    ran = run("library", "import", sheet, "--yes")
    assert (ran.code, f"quote {ids[0]}: it is approved in the sheet" in ran.err) == (6, True)
    assert [status(run, name) for name in ids[:2]] == ["rejected", "rejected"]


@pytest.mark.parametrize(
    "arguments",
    [("--as", "csv", "--to", "x"), ("--status", "approved"), ("--query", "speaker:marit")],
)
def test_options_that_do_not_go_together(run: Run, sheet: Path, arguments: tuple[str, ...]) -> None:
    assert run("library", "export", *arguments).code == 2


def test_a_table_has_what_a_query_finds(run: Run, ids: list[str]) -> None:
    run("library", "tag", *ids[:3], "--add", "ramp")
    run("library", "reject", ids[0])
    for query, options, wanted in (
        ("tag:ramp", (), ids[:3]),
        ("tag:ramp -status:rejected", (), ids[1:3]),
        ("tag:ramp", ("--status", "rejected"), ids[:1]),
        ("speaker:marit tag:ramp", (TALK[:8],), ids[:3]),
        ("speaker:nobody", (), []),
    ):  # fmt: skip
        ran = run("library", "export", *options, "--as", "json", "--query", query)
        assert {one["id"] for one in ran.array} == set(wanted), (query, options)
    ran = run("library", "export", "--as", "csv", "--query", "spekaer:marit")
    assert (ran.code, "query, character 1" in ran.error) == (3, True)


def editor(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An editor that changes the file it is given as ``script`` (Python, ``text``) says."""
    path = Path("editor.py").absolute()
    lines = ("#!/usr/bin/env python3", "import sys", "from pathlib import Path",
             "place = Path(sys.argv[1])", "text = place.read_text('utf-8')", script,
             "place.write_text(text, 'utf-8')")  # fmt: skip
    path.write_text("\n".join(lines), "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(path))
    monkeypatch.delenv("VISUAL", raising=False)


def test_edit_applies_what_was_written(
    run: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = "text = text.replace('status: candidate', 'status: rejected', 2)"
    editor(monkeypatch, f"{change}.replace('tags: []', 'tags: [ramp]', 1)")
    assert run("library", "edit", TALK, "--dry-run").code == 0
    assert status(run, ids[0]) == "candidate"
    ran = run("library", "edit", TALK)
    assert (ran.code, f"{ids[0]}: rejected #ramp" in ran.err) == (0, True)
    assert [status(run, name) for name in ids[:3]] == ["rejected", "rejected", "candidate"]


def test_edit_without_a_change_does_nothing(
    run: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, "pass")
    assert "nothing was changed" in run("library", "edit", TALK).err


def test_edit_keeps_what_was_written_wrongly(
    run: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, "text = text.replace('shown: \"', 'shown: \"Never ', 1)")
    ran = run("library", "edit", TALK)
    assert (ran.code, "the talk does not say this here" in ran.error) == (3, True)
    kept = Path(ran.err.split("is kept in ")[1].split("\n")[0])
    assert 'shown: "Never ' in kept.read_text("utf-8")
    assert f"{kept} line " in ran.error


WRONG = 'shown: "Zebras '
TWICE = f"text = text.replace({WRONG!r}, 'shown: \"') if {WRONG!r} in text else " + (
    f"text.replace('shown: \"', {WRONG!r}, 1).replace('status: candidate', 'status: rejected', 1)"
)  # wrong at first, right when it is opened again


@pytest.mark.parametrize(
    ("answer", "code", "after"), [("y", 0, "rejected"), ("", 0, "rejected"), ("n", 3, "candidate")]
)
def test_edit_offers_a_person_to_open_it_again(
    run: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch, answer: str, code: int, after: str
) -> None:
    editor(monkeypatch, TWICE)
    keyboard, terminal = pty.openpty()
    os.write(keyboard, f"{answer}\n".encode())
    with os.fdopen(terminal, encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        ran = run("library", "edit", TALK)
    os.close(keyboard)
    assert (ran.code, status(run, ids[0])) == (code, after)
    assert ran.err.count("Open it again? [Y/n]") == 1
    assert "the talk does not say this here" in ran.err
    assert ("is kept in" in ran.err) == (code != 0)


def test_edit_with_an_editor_that_is_not_there(
    run: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    ran = run("library", "edit", TALK)
    assert (ran.code, "set EDITOR" in ran.error) == (2, True)


def table(run: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("library", "export", "--as", "csv").out)))


def saved(rows: list[dict[str, str]], *, delimiter: str = ",") -> Path:
    path = Path("quotes.csv")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_table_goes_out_is_decided_on_and_comes_in(run: Run, ids: list[str]) -> None:
    rows = table(run)
    assert len(rows) == len(ids)
    rows[0] |= {"status": "approve", "tags": "ramp; Big Idea", "note": "=SUM(A1)"}
    ran = run("library", "import", saved(rows, delimiter=";"), "--yes")
    assert (ran.code, "1 rows changed something" in ran.err) == (0, True)
    shown = run("library", "show", rows[0]["id"], "--json").array[0]
    assert (shown["status"], shown["tags"], shown["note"]) == (
        "approved", ["ramp", "big-idea"], "=SUM(A1)",
    )  # fmt: skip
    again = next(row for row in table(run) if row["id"] == rows[0]["id"])
    assert again["note"] == "'=SUM(A1)"
    assert "0 rows changed something" in run("library", "import", saved(table(run))).err


def test_rows_of_one_quote_are_taken_and_counted_one_by_one(run: Run, ids: list[str]) -> None:
    said = ["first", "second", "second"]
    ran = run("library", "import", saved([{"id": ids[0], "note": note} for note in said]))
    assert "2 rows changed something, 1 did not" in ran.err
    assert run("library", "show", ids[0], "--json").array[0]["note"] == "second"


def test_bad_rows_are_told_and_the_rest_goes_on(run: Run, ids: list[str]) -> None:
    rows = [
        {"id": ids[0], "text": "", "status": "reject", "speaker": ""},
        {"id": "zzzzzz", "text": "", "status": "reject", "speaker": ""},
        {"id": ids[1], "text": "", "status": "rejekted", "speaker": ""},
        {"id": ids[2], "text": "", "status": "reject", "speaker": "Somebody Else"},
        {"id": "", "text": "Open the window this week.", "status": "", "speaker": ""},
        {"id": ids[3], "text": "", "status": "reject", "speaker": "marit oyelaran"},
    ]  # fmt: skip
    ran = run("library", "import", saved(rows), "--talk", TALK)
    assert ran.code == 3
    for line, reason in (
        (3, "there is no quote 'zzzzzz'"), (4, "did you mean rejected?"),
        (5, "is said by Marit Oyelaran, not Somebody Else"), (6, "nearest, at 2:2"),
    ):  # fmt: skip
        assert f"quotes.csv line {line}: " in ran.err
        assert reason in ran.err
    assert [status(run, name) for name in ids[:4]] == [
        "rejected", "candidate", "candidate", "rejected",
    ]  # fmt: skip


def test_words_of_a_table_that_no_quote_has_become_one(
    run: Run, ids: list[str], sample: Path
) -> None:
    quotes = {one["said"] for one in run("library", "list", "-n", "500", "--json").array}
    said = run("sentences", sample, "--json").array
    text = next(one["text"] for one in said if one["text"] not in quotes and _whole(one["text"]))
    ran = run("library", "import", saved([{"text": text, "tags": "mine"}]), "--talk", TALK)
    assert (ran.code, "1 rows changed something" in ran.err) == (0, True)
    (added,) = [one for one in run("library", "list", "--json").array if one["tags"] == ["mine"]]
    assert added["said"] == text


def _whole(text: str) -> bool:
    return len(text.split()) > 8 and text.endswith(".") and "-" not in text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"id,status\ncaf\xe9,x\n", "quotes.csv line 2: is not UTF-8"),
        (b"PK\x03\x04", "is a workbook"),
        (b"name,age\na,1\n", "has no column called id or text"),
        (b"", "has no column called id or text"),
    ],
)
def test_files_that_are_no_table(run: Run, ids: list[str], raw: bytes, reason: str) -> None:
    Path("quotes.csv").write_bytes(raw)
    ran = run("library", "import", "quotes.csv")
    assert (ran.code, reason in ran.error) == (3, True)


def test_ten_thousand_rows_one_of_them_bad(run: Run, ids: list[str]) -> None:
    rows = [{"id": ids[at % len(ids)], "status": "reject"} for at in range(10_000)]
    rows[5000]["id"] = "zzzzzz"
    ran = run("library", "import", saved(rows))
    assert (ran.code, "1 of 10000 rows were not taken" in ran.error) == (3, True)
    assert {status(run, name) for name in ids[:5]} == {"rejected"}


def test_markdown_marks_nothing_that_was_not_marked(run: Run, ids: list[str]) -> None:
    run("library", "note", ids[0], "<b>*bold*</b> [x](y)")
    out = run("library", "export", "--as", "markdown").out
    assert r"\<b\>\*bold\*\</b\> \[x\](y)" in out
    assert run("library", "export", "--as", "json", "-o", "q.json").code == 0
    assert Path("q.json").stat().st_size > 1000
