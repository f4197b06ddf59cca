"""Many workers on one PostgreSQL: ``python -m benchmarks.together [--workers N] [--json]``.

Each harvests talks (every talk is given to two of them), tags one quote again and again, and
publishes what is due, while their connections are ended at random (pg_terminate_backend). At the
end every talk is there once, every post went out once, no tag was lost, and nobody deadlocked; else
it ends with 1. Told besides: how long writers held the one lock they share, and waited for it.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import func, select, text

from benchmarks.once import server_of
from benchmarks.once_posts import Ground, made_up, prepare
from benchmarks.once_servers import Missing, Reached
from benchmarks.together_work import Report, Task, texts, work
from bot.post import Identity
from bot.store import Store, open_store
from bot.store.publishing import posts
from bot.store.schema import quotes, talks, transcripts

_WORDS_A_MINUTE, _A_LINE = 150, 9


@dataclass(frozen=True, slots=True)
class Held:
    """Milliseconds one kind of work held the writers' lock, and waited for it."""

    work: str
    times: int
    held_least_ms: float
    held_median_ms: float
    held_p95_ms: float
    waited_median_ms: float
    waited_p95_ms: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is there afterwards, and what is wrong with it."""

    workers: int
    talks: int
    talks_twice: int
    talks_lost: int
    quotes_twice: int
    posts: int
    posts_twice: int
    posts_lost: int
    tags: int
    tags_lost: int
    cuts: int
    done_again: int
    deadlocks: int
    seconds: float
    lock: tuple[Held, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether each is there once."""
        twice = self.talks_twice + self.quotes_twice + self.posts_twice
        lost = self.talks_lost + self.posts_lost + self.tags_lost
        return twice + lost + self.deadlocks == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Work together, count, print; the code to exit with."""
    options = _options(arguments)
    with ExitStack() as stack:
        try:
            make = server_of(stack)
        except Missing as missing:
            print(missing, file=sys.stderr)
            return 2
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="pullquote-together-")))
        verdict = _run(options, make("together"), folder)
    if options.json:
        print(json.dumps([asdict(verdict)], indent=2))
    else:
        _show(verdict)
    return int(not verdict.is_sound)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.together", description=__doc__)
    parser.add_argument("--workers", type=int, default=10)
    parser.add_argument("--talks", type=int, default=60, help="each harvested by two workers")
    parser.add_argument("--minutes", type=int, default=60, help="of a talk")
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--tags", type=int, default=20, help="that each worker gives one quote")
    parser.add_argument("--cuts", type=int, default=60, help="connections that are ended")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print an array")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, place: str, folder: Path) -> Verdict:
    chance = Random(options.seed)
    ground = prepare(
        *("paper", "postgresql", place, Reached("", {}, Identity("1", "paper"))),
        made_up(options.posts, chance),
    )
    files = [talk_of(folder, number, options.minutes, chance) for number in range(options.talks)]
    tasks = list(_tasks(options, ground, folder, files, chance))
    began = time.monotonic()
    with (
        open_store(place) as store,
        ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool,
    ):
        going = [pool.submit(work, task) for task in tasks]
        cuts = _cut(store, going, options.cuts, chance)
        reports = [one.result() for one in going]
        seconds = time.monotonic() - began
        return _judged(store, options, folder, reports, cuts, seconds)


def talk_of(folder: Path, number: int, minutes: int, chance: Random) -> Path:
    """A transcript of words nobody has, a line every few seconds."""
    lines = made_up(minutes * _WORDS_A_MINUTE // _A_LINE, chance)
    cues = []
    for at, line in enumerate(lines):
        start, end = (1000 * 60 * _A_LINE * one // _WORDS_A_MINUTE for one in (at, at + 1))
        cues.append(f"{_at(start)} --> {_at(end)}\n<v Marit Oyelaran>{line}")
    path = folder / f"talk-{number}.vtt"
    path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    return path


def _at(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _tasks(
    options: argparse.Namespace,
    ground: Ground,
    folder: Path,
    files: Sequence[Path],
    chance: Random,
) -> Iterable[Task]:
    with open_store(ground.place) as store, store.read() as connection:
        quote = str(connection.scalar(select(func.min(quotes.c.id))))
    for number in range(options.workers):
        mine = [one for at, one in enumerate(files) if (number - at) % options.workers in (0, 1)]
        chance.shuffle(mine)
        yield Task(number, ground.place, folder, mine, ground.account, quote, options.tags)


def _cut(store: Store, going: Sequence[Future[Report]], cuts: int, chance: Random) -> int:
    """End connections in mid-work, now and then, as long as anybody works; how many."""
    others = "datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    end = text(
        "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity "
        f"WHERE {others} ORDER BY random() LIMIT 1) AS one"
    )
    done = 0
    while not all(one.done() for one in going):
        time.sleep(chance.uniform(0.02, 0.2))
        if done < cuts:
            with store.read() as connection:
                done += connection.scalar(end) or 0
    return done


def _judged(
    store: Store,
    options: argparse.Namespace,
    folder: Path,
    reports: Sequence[Report],
    cuts: int,
    seconds: float,
) -> Verdict:
    with store.read() as connection:
        urls = Counter(connection.scalars(select(talks.c.url).where(talks.c.url.is_not(None))))
        versions = connection.scalar(select(func.count()).select_from(transcripts)) or 0
        said = Counter(connection.execute(select(quotes.c.talk, quotes.c.start_ms)).all())
        states = Counter(connection.scalars(select(posts.c.state)))
        tags = max(connection.scalars(select(quotes.c.tags)), key=len)
        deadlocks = text(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        )
        deadlocked = connection.scalar(deadlocks) or 0
    copies = Counter(texts(folder))
    return Verdict(
        workers=options.workers,
        talks=len(urls),
        talks_twice=sum(urls.values()) - len(urls) + versions - options.talks - 1,
        talks_lost=options.talks - len(urls),
        quotes_twice=sum(many - 1 for many in said.values()),
        posts=sum(states.values()),
        posts_twice=sum(many - 1 for many in copies.values()),
        posts_lost=options.posts - len(copies) + options.posts - states["sent"],
        tags=len(tags),
        tags_lost=options.workers * options.tags - len(tags),
        cuts=cuts,
        done_again=sum(one.tried - one.harvested for one in reports),
        deadlocks=deadlocked,
        seconds=round(seconds, 1),
        lock=tuple(_held(name, reports) for name in ("harvest", "tag", "publish")),
    )


def _held(name: str, reports: Sequence[Report]) -> Held:
    held = [1000 * one for report in reports for one in report.held.get(name, ())]
    waited = [1000 * one for report in reports for one in report.waited.get(name, ())]
    figures = (min(held), median(held), _p95(held), median(waited), _p95(waited))
    return Held(name, len(held), *(round(one, 1) for one in figures))


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def _show(one: Verdict) -> None:
    print(f"{one.workers} workers, {one.cuts} connections ended, {one.seconds} s")
    print(f"talks  {one.talks}: {one.talks_twice} twice, {one.talks_lost} lost")
    print(f"       {one.done_again} harvests done again; {one.quotes_twice} quotes twice")
    print(f"posts  {one.posts}: {one.posts_twice} twice, {one.posts_lost} lost")
    print(f"tags   {one.tags}: {one.tags_lost} lost")
    print(f"{one.deadlocks} deadlocks")
    print("the writers' lock, ms    times   held: least  median    p95   waited: median    p95")
    for held in one.lock:
        print(
            f"  {held.work:<20} {held.times:>7} {held.held_least_ms:>13} {held.held_median_ms:>7} "
            f"{held.held_p95_ms:>6} {held.waited_median_ms:>16} {held.waited_p95_ms:>6}"
        )


if __name__ == "__main__":
    sys.exit(main())
