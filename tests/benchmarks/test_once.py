"""The proof that nothing is posted twice or lost, in short; and that it would tell."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import once_posts
from benchmarks.once_servers import Reached
from bot.post import Identity, Receipt
from bot.publishing import queue
from bot.store import open_store

ROOT = Path(__file__).parent.parent.parent
LINES = ["The lamp never argues with a storm.", "Rope remembers every knot you tied."]
SHORT = ["--posts", "12", "--kills", "4", "--workers", "3", "--at-once", "6", "--json"]


def run(*options):
    command = [sys.executable, "-m", "benchmarks.once", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def test_nothing_is_posted_twice_or_lost_on_any_network_and_database():
    done = run(*SHORT)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = json.loads(done.stdout)
    for row in rows:
        assert row["posts"] == 12 and row["kills"] > 0, row
        assert (row["duplicates"], row["lost"], row["left"]) == (0, 0, 0), row
        assert row["network"] == "x" or row["unconfirmed"] == 0, row
    missing = [line for line in done.stderr.splitlines() if "is left out" in line]
    if missing:
        pytest.skip("; ".join(missing))
    assert len(rows) == 6


def test_what_is_not_there_is_an_error_only_when_it_is_named():
    done = run("--networks", "telegraph")
    assert done.returncode == 2 and "telegraph" in done.stderr


@pytest.mark.parametrize(
    ("copies", "state", "duplicates", "lost"),
    [
        ([1, 1], "sent", 0, 0),
        ([2, 1], "sent", 1, 0),
        ([3, 2], "sent", 3, 0),
        ([1, 0], "sent", 0, 1),
        ([0, 0], "planned", 0, 0),
        ([1, 0], "planned", 0, 1),
    ],
)
def test_copies_are_held_against_the_ledger(own_folder, copies, state, duplicates, lost):
    identity = Identity("42", "pullquote")
    place = str(own_folder / "once.db")
    ground = once_posts.prepare("x", "sqlite", place, Reached("", {}, identity), LINES)
    with open_store(place) as store, store.write() as connection:
        posts = queue.listing(connection)
        for one in posts if state == "sent" else ():
            queue.adopt(connection, one.key, Receipt(str(one.id), None, one.due))
    texts = [one.words.text for one, many in zip(posts, copies, strict=True) for _ in range(many)]
    verdict = once_posts.judge(ground, texts, kills=0, seconds=0)
    assert (verdict.duplicates, verdict.lost) == (duplicates, lost)
