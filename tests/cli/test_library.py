"""``library``: list, show, approve, reject, undo, verify."""

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.libraries import alter


@pytest.fixture
def ids(run: Run, sample: Path, project: Path) -> list[str]:
    quotes = run("harvest", sample, "--speaker", "Marit Oyelaran", "--json").array
    return [quote["id"] for quote in quotes]


def status(run: Run, name: str) -> str:
    return run("library", "show", name, "--json").array[0]["status"]


def test_an_inferred_speaker_waits_for_a_person(run: Run, ids: list[str]) -> None:
    ran = run("library", "approve", ids[0])
    assert ran.code == 6
    assert "is this Marit Oyelaran?" in ran.error
    assert "--yes" in ran.error
    assert status(run, ids[0]) == "candidate"


def test_a_confirmed_speaker_is_given(run: Run, ids: list[str]) -> None:
    assert run("library", "approve", ids[0], "--yes").code == 0
    shown = run("library", "show", ids[0], "--json").array[0]
    assert shown["status"] == "approved"
    assert shown["attribution"] == {"how": "given", "confidence": 1.0}
    assert [one["action"] for one in shown["history"]] == ["approve"]


@pytest.mark.parametrize("watched", [False, True])
def test_where_nobody_is_known_to_say_it_nobody_is_asked_for(
    run: Run, sample: Path, project: Path, monkeypatch: pytest.MonkeyPatch, watched: bool
) -> None:
    first, *_ = (one["id"] for one in run("harvest", sample, "--json").array)
    nobody = "nobody is known to say it"
    drawn = run("card", first)
    how = f"so its card names nobody; pullquote library attribute {first} --speaker NAME"
    assert (drawn.code, drawn.err) == (0, f"note: {first}: {nobody}, {how}\n")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: watched)
    ran = run("library", "approve", first)
    assert (ran.code, ran.err.endswith(f"” – {nobody}\n"), "None" in ran.err) == (0, True, False)
    assert f"  speaker   {nobody}\n" in run("library", "show", first).out
    run("library", "attribute", first, "--speaker", "Ada Quill")
    assert "note" not in run("card", first).err


def test_undo_takes_back_the_last_decision(run: Run, ids: list[str]) -> None:
    run("library", "approve", ids[0], "--yes")
    run("library", "reject", ids[1])
    assert run("library", "undo").code == 0
    assert (status(run, ids[0]), status(run, ids[1])) == ("approved", "candidate")
    assert run("library", "undo").code == 0
    assert run("library", "show", ids[0], "--json").array[0]["attribution"]["how"] == "inferred"
    ran = run("library", "undo")
    assert (ran.code, "no decision" in ran.error) == (3, True)


def test_several_at_once_are_all_decided_or_none(run: Run, ids: list[str]) -> None:
    assert run("library", "reject", ids[0], "zzzzzz").code == 3
    assert status(run, ids[0]) == "candidate"
    assert run("library", "reject", *ids[:3]).code == 0
    assert {status(run, name) for name in ids[:3]} == {"rejected"}


@pytest.mark.parametrize("command", [("approve", "--yes"), ("reject",)])
def test_a_dry_run_decides_nothing(run: Run, ids: list[str], command: tuple[str, ...]) -> None:
    assert run("library", *command, ids[0], "--dry-run").code == 0
    assert status(run, ids[0]) == "candidate"


def test_the_beginning_of_an_id_will_do(run: Run, ids: list[str]) -> None:
    assert run("library", "show", ids[0][:5], "--json").array[0]["id"] == ids[0]


def test_a_wrong_id_is_told_with_the_way_to_the_right_ones(run: Run, ids: list[str]) -> None:
    ran = run("library", "show", "nosuch")
    assert (ran.code, "pullquote library list" in ran.error) == (3, True)


def test_list_filters(run: Run, ids: list[str]) -> None:
    run("library", "reject", ids[0])
    assert [q["id"] for q in run("library", "list", "--status", "rejected", "--json").array] == [
        ids[0]
    ]
    assert len(run("library", "list", "-n", "3", "--json").array) == 3
    assert run("library", "list", "--speaker", "nobody", "--json").array == []
    talks = run("library", "list", "--talks", "--json").array
    assert len(talks) == 1
    assert talks[0]["speakers"] == ["Marit Oyelaran"]


def test_show_tells_said_edits_and_reasons(run: Run, ids: list[str]) -> None:
    told = run("library", "show", ids[0]).out
    for word in ("said", "speaker", "status", "score", "inferred"):
        assert word in told


def test_verify_proves_all_and_finds_a_changed_word(
    run: Run, ids: list[str], project: Path
) -> None:
    kept = len(run("library", "list", "--json").array)
    proved = run("library", "verify")
    assert (proved.code, f"{kept} quotes proved" in proved.err) == (0, True)
    alter(project, "update quotes set shown = shown || ' Never.' where id = :name", name=ids[0])
    found = run("library", "verify")
    assert found.code == 1
    assert ids[0] in found.out


def test_outside_a_project_there_is_no_library(run: Run) -> None:
    ran = run("library", "list")
    assert (ran.code, "pullquote init" in ran.error) == (1, True)
