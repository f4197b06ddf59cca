"""The same sentence under two voices: approve asks, verify tells, the plan has it once."""

import sys
from pathlib import Path

import pytest
import typer

from tests.cli.conftest import Run
from tests.cli.test_publish import settle_in

SAID = """WEBVTT

00:00.000 --> 00:06.000
<v {}>A harbour is only a promise that somebody will leave a light on for you.

00:06.000 --> 00:12.000
<v {}>{}
"""
ONE = "Every rope in this room was once a field that somebody had to walk across."
OTHER = "The library lends you a ladder, and then it lends you the courage to climb it."


@pytest.fixture
def both(run: Run, project: Path) -> list[str]:
    """The ids of the sentence by Ada Quill, and by Bo Reed."""
    settle_in(project, "show: {network: preview, slots: [daily 09:30]}")
    for name, speaker, more in (("a", "Ada Quill", ONE), ("b", "Bo Reed", OTHER)):
        (project / f"{name}.vtt").write_text(SAID.format(speaker, speaker, more), "utf-8")
    assert run("harvest", "a.vtt", "b.vtt").code == 0
    told = run("library", "list", "--json").array
    found = {one["speaker"]: one["id"] for one in told if "promise" in one["shown"]}
    return [found["Ada Quill"], found["Bo Reed"]]


def test_the_second_name_waits_for_a_yes_and_its_words_for_nothing(run: Run, both) -> None:
    first, second = both
    assert run("library", "approve", first).code == 0
    ran = run("library", "approve", second)
    asked = (
        f"quote {second}: is this Bo Reed? {first} says the same, there by Ada Quill: “A harbour"
    )
    assert (ran.code, asked in ran.error, "approve with --yes" in ran.error) == (6, True, True)
    assert run("library", "approve", second, "--yes").code == 0
    ran = run("schedule", "plan", "--days", "5")
    why = "there by Ada Quill: that one goes out for both; reject the one whose name is wrong"
    assert f"{second} has no time: it says the same as {first}, {why}" in ran.err
    assert len(run("schedule", "list", "--json").array) == 1
    ran = run("library", "verify")
    assert (ran.code, "reject the one whose name is wrong" in ran.out) == (0, True)


@pytest.mark.parametrize("yes", [True, False])
def test_at_the_keyboard_it_is_asked(run: Run, both, monkeypatch, yes: bool) -> None:
    first, second = both
    run("library", "approve", first)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    asked = []
    monkeypatch.setattr(typer, "confirm", lambda text, err: asked.append(text) or yes)
    ran = run("library", "approve", second)
    assert asked == ["Is this Bo Reed?"]
    assert f"{first} says the same, there by Ada Quill" in ran.err
    assert ran.code == (0 if yes else 6)
