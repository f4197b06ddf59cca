"""What turns on standard error while people wait."""

import io
import sys

import pytest

from bot.cli.show import spinning


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("screen", "shown", "turns"), [
    (Screen, True, True), (Screen, False, False), (io.StringIO, True, False),
])  # fmt: skip
def test_something_turns_where_somebody_watches(monkeypatch, screen, shown, turns):
    seen = screen()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setenv("TERM", "xterm")
    assert [*spinning(iter("abc"), shown=shown)] == ["a", "b", "c"]
    assert ("reading the lines" in seen.getvalue()) == turns


def test_a_failure_comes_through_and_nothing_turns_any_more(monkeypatch):
    def failing():
        yield "a"
        raise OSError("gone")

    seen = Screen()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setenv("TERM", "xterm")
    done = spinning(failing(), shown=True)
    assert next(done) == "a"
    with pytest.raises(OSError, match="gone"):
        next(done)
    assert seen.getvalue().count("\x1b[?25l") == seen.getvalue().count("\x1b[?25h")
