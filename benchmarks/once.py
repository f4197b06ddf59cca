"""Nothing is posted twice or lost: ``python -m benchmarks.once [--posts N] [--kills N] [--json]``.

Workers, forked from a warm parent, publish the same posts from one database through a proxy that
loses answers; at random moments one is killed (kill -9) and another takes its place. At the end the
copies of each post are counted on the server. Ends with 1 when there is one too many or too few.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress

from benchmarks.once_posts import Verdict, judge, made_up, of_a_talk, prepare
from benchmarks.once_results import show, silent, tell
from benchmarks.once_servers import KNOWN, Missing, Outside, tools
from benchmarks.once_workers import Herd, Naive, moments
from bot.networks import NETWORKS, Door, open_account
from bot.publishing.sending import Sender

Make = Callable[[str], str]  # the address of an empty database, for a network
_TICK_S = 0.1
_SAMPLE = Path(__file__).parent.parent / "assets/sample/small-libraries.txt"
_POST_S, _SPARE_S = 3, 120  # what a post takes at the most, and all of them: a herd that hangs


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish, kill, count, print; the code to exit with."""
    options = _options(arguments)
    with ExitStack() as stack:
        try:
            outsides = _outsides(options, stack)
            databases = _databases(options, stack)
        except Missing as missing:
            print(missing, file=sys.stderr)
            return 2
        verdicts = []
        pairs = [(one, name) for one in outsides for name in databases]
        for first in range(0, len(pairs), options.at_once):
            some = pairs[first : first + options.at_once]
            tests = [_Test(options, outside, name, databases[name]) for outside, name in some]
            verdicts += _run(tests)
    if options.json:
        print(json.dumps([asdict(one) for one in verdicts], indent=2))
    else:
        show(verdicts)
    return int(any(one.duplicates or one.lost or one.left for one in verdicts))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.once", description=__doc__)
    parser.add_argument("--posts", type=int, default=100, help="on each network and database")
    parser.add_argument("--kills", type=int, default=20, help="on each network and database")
    parser.add_argument("--networks", default="", help=f"of {','.join(KNOWN)}; all that are here")
    parser.add_argument("--databases", default="", help="of sqlite,postgresql; all that are here")
    parser.add_argument("--workers", type=int, default=4, help="on each database")
    parser.add_argument("--at-once", type=int, default=1, help="networks and databases at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--naive", action="store_true", help="send again without looking")
    parser.add_argument("--watch", action="store_true", help="print what happens as it does")
    parser.add_argument("--json", action="store_true", help="print an array")
    return parser.parse_args(arguments)


def _outsides(options: argparse.Namespace, stack: ExitStack) -> list[Outside]:
    """The servers of the networks, started; those not here are left out unless they were named."""
    names = options.networks.split(",") if options.networks else KNOWN
    if unknown := set(names) - set(KNOWN):
        raise Missing(f"no network {', '.join(sorted(unknown))} here, only {', '.join(KNOWN)}")
    started = [Outside(name, options.seed) for name in names]
    for one in started:
        stack.callback(one.close)
    there = []
    for one in started:
        try:
            one.started()
        except Missing as missing:
            _leave_out(one.network, missing, named=bool(options.networks))
        else:
            there.append(one)
    return there


def _databases(options: argparse.Namespace, stack: ExitStack) -> dict[str, Make]:
    """The databases there are, as makers of empty ones."""
    names = options.databases.split(",") if options.databases else ("sqlite", "postgresql")
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="pullquote-once-")))
    found: dict[str, Make] = {}
    for name in names:
        try:
            if name == "sqlite":
                found[name] = lambda network: str(folder / f"{network}.db")
            elif name == "postgresql":
                found[name] = server_of(stack)
            else:
                raise Missing(f"no database {name}, only sqlite and postgresql")
        except Missing as missing:
            _leave_out(name, missing, named=bool(options.databases))
    return found


def server_of(stack: ExitStack) -> Make:
    """A private PostgreSQL."""
    try:
        import pytest

        from tests import postgres
    except ImportError as error:
        raise tools(error) from error
    try:
        server = stack.enter_context(postgres.server())
    except pytest.skip.Exception as skipped:
        raise Missing(str(skipped)) from None
    return lambda network: server.create().render_as_string(hide_password=False)


def _leave_out(name: str, missing: Missing, *, named: bool) -> None:
    if named:
        raise missing
    print(f"{name} is left out: {missing}", file=sys.stderr)


class _Test:
    """One network on one database."""

    def __init__(
        self, options: argparse.Namespace, outside: Outside, database: str, make: Make
    ) -> None:
        chance = Random(f"{options.seed} {outside.network} {database}")
        reached, self.outside = outside.join(), outside
        lines = (
            of_a_talk(_SAMPLE.read_bytes(), _SAMPLE.name, options.posts)
            if options.watch
            else made_up(options.posts, chance)
        )
        ground = prepare(outside.network, database, make(outside.network), reached, lines)
        # What a worker needs is imported and opened here, once, so that forks start warm.
        open_account(NETWORKS[outside.network], Door(reached.secrets, reached.url))
        kills = moments(ground.posts, options.kills, chance)
        say = tell if options.watch else silent
        how = Naive if options.naive else Sender
        self.herd = Herd(ground, options.workers, kills, chance, say, how)
        self.began = time.monotonic()

    def verdict(self) -> Verdict:
        """What came of it."""
        herd, over_at = self.herd, self.herd.over_at or time.monotonic()
        texts = self.outside.texts(herd.ground.reached.url)
        return judge(herd.ground, texts, herd.killed, over_at - self.began)


def _run(tests: Sequence[_Test]) -> list[Verdict]:
    """Let herds run until all is settled and quiet; count."""
    going = list(tests)
    ends = time.monotonic() + _SPARE_S + _POST_S * max(one.herd.ground.posts for one in tests)
    bars = Progress(
        *Progress.get_default_columns(),
        console=Console(stderr=True),
        auto_refresh=False,  # no thread, as forks follow
        disable=not sys.stderr.isatty(),
    )
    named = {
        id(one): bars.add_task(f"{one.herd.ground.network}, {one.herd.ground.database}")
        for one in tests
    }
    try:
        with bars:
            while going and time.monotonic() < ends:
                going = [one for one in going if one.herd.tick()]
                for one in tests:
                    share = 100 * one.herd.settled / one.herd.ground.posts
                    bars.update(named[id(one)], completed=share)
                bars.refresh()
                time.sleep(_TICK_S)
    finally:
        for one in tests:
            one.herd.end()
    for one in going:
        print(f"{one.herd.ground.network}: not all settled in time", file=sys.stderr)
    return [one.verdict() for one in tests]


if __name__ == "__main__":
    sys.exit(main())
