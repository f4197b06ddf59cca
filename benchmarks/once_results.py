"""What ``benchmarks.once`` shows: lines while it goes on, the table at the end."""

import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from benchmarks.once_posts import Verdict

_WIDTH = 118
_COLOURS = {"sent": 32, "kill -9": 31, "unclear": 33, "unconfirmed": 35, "later": 90}
_HEADS = ("posts", "kills", "twice", "lost", "unsure", "out", "left", "s")


def silent(who: str, event: str, text: str) -> None:
    """Say nothing."""


def tell(who: str, event: str, text: str) -> None:
    """A line in one piece, also from a worker who may be killed within it."""
    line = f"worker {who:<4}{event:<13}{text.partition(';')[0] if event != 'sent' else text}"
    if len(line) > _WIDTH:
        line = f"{line[: _WIDTH - 1]}…"
    if sys.stdout.isatty() and event in _COLOURS:
        line = f"\033[{_COLOURS[event]}m{line}\033[0m"
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def show(verdicts: Sequence[Verdict]) -> None:
    """The table, and what it says."""
    table = Table(box=None, pad_edge=False)
    for name in ("network", "database"):
        table.add_column(name)
    for name in _HEADS:
        table.add_column(name, justify="right")
    for one in verdicts:
        table.add_row(*map(str, asdict(one).values()))
    print()
    Console().print(table)
    posts, kills, twice, lost = (
        sum(getattr(one, name) for one in verdicts)
        for name in ("posts", "kills", "duplicates", "lost")
    )
    print(f"\n{posts} posts, {kills} kills, {twice} twice, {lost} lost")
    if unsure := sum(one.unconfirmed for one in verdicts):
        out = sum(one.there for one in verdicts)
        print(f"unsure: {unsure}, of which {out} are out. Where no key tells what became of a lost")
        print("answer nothing is sent again: a person is asked.")
