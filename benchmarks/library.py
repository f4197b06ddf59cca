"""How fast is search: ``python -m benchmarks.library [--quotes N] [--at FOLDER] [--json]``.

Makes a library of made-up words (or uses the one that is in the folder already) and asks it a
fixed mix of queries, each a whole ``Library.search``: parsed, found, counted, ranked, and twenty
quotes read. Beside it what the same file takes with plain LIKE, and FTS5's own bm25 over every
match, however many there are.
"""

import argparse
import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks import library_made as made
from bot.library import Library
from bot.store import open_store

Took = tuple[float, float]  # milliseconds by the wall, and of the processor
SHOWN = 20
LIKE = "SELECT id FROM quotes WHERE shown LIKE ? ORDER BY score DESC LIMIT 20"
BM25 = "SELECT rowid FROM quote_fts WHERE quote_fts MATCH ? ORDER BY rank LIMIT 20"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of query; ``ask`` writes the n-th of them."""

    name: str
    ask: Callable[[int], str]
    words: bool = False  # nothing but words: peers can be asked the same


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of one kind of query, and how many matches it had at the median.

    ``cpu_p95`` is of this process alone: what a machine with nothing else to do would take.
    """

    kind: str
    by: str
    median: float
    p95: float
    cpu_p95: float
    matches: int | None = None


MIX = (
    Kind("rare word", lambda n: made.word(9_000 + 700 * n), words=True),
    Kind("common word", lambda n: made.word(n), words=True),
    Kind("filtered", lambda n: f'speaker:"{made.speaker(37 * n)}" status:approved'),
    Kind("two words", lambda n: f"{made.word(20 + n)} {made.word(200 + 30 * n)}", words=True),
    Kind("rare + filter", lambda n: f"{made.word(9_000 + 700 * n)} status:candidate score:>30"),
)
BESIDE = (
    Kind("20,000 matches", lambda n: made.word(95 + n), words=True),
    Kind("two common words", lambda n: f"{made.word(n)} {made.word(n + 1)}", words=True),
    Kind("tag", lambda n: f"tag:tag{n} length:<120"),
    Kind("month", lambda n: f"date:2024-{n % 12 + 1:02} status:approved"),
    Kind("not a word", lambda n: f"-{made.word(n)} status:rejected"),
    Kind("phrase", lambda n: f'"{made.word(n)} {made.word(n + 2)}"'),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make, measure, print."""
    options = _options(arguments)
    with TemporaryDirectory(prefix="pullquote-library-") as name:
        folder = options.at or Path(name)
        path = folder / f"made-{options.quotes}.db"
        seconds = 0.0
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            started = time.perf_counter()
            made.make(path, options.quotes)
            seconds = time.perf_counter() - started
        rows = measure(path, options.queries, options.peers)
        size = path.stat().st_size
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return
    print(f"{options.quotes:,} quotes, {size / 1e6:,.0f} MB, made in {seconds:.0f} s")
    print(f"{'kind':<20}{'by':<14}{'median ms':>10}{'p95 ms':>10}{'p95 CPU':>10}{'matches':>10}")
    for row in rows:
        matches = f"{row.matches:,}" if row.matches is not None else ""
        print(
            f"{row.kind:<20}{row.by:<14}{row.median:>10.1f}{row.p95:>10.1f}{row.cpu_p95:>10.1f}{matches:>10}"
        )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.library", description=__doc__)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--at", type=Path, help="where the library is kept for the next run")
    parser.add_argument("--queries", type=int, default=40, help="of each kind, 2 or more")
    parser.add_argument("--peers", type=int, default=3, help="queries that peers are asked")
    parser.add_argument("--json", action="store_true", help="print an array")
    return parser.parse_args(arguments)


def measure(path: Path, queries: int, peers: int) -> list[Timed]:
    """Every kind of query, the whole mix, what is beside it, and the peers."""
    rows, whole = [], []
    with open_store(path, create=False) as store:
        library = Library(store)
        library.search("")  # the first opens files
        for kind in (*MIX, *BESIDE):
            taken, matches = _asked(library, kind, queries)
            whole += taken if kind in MIX else []
            rows.append(_timed(kind.name, "pullquote", taken, matches))
            if kind is MIX[-1]:
                rows.append(_timed("the mix", "pullquote", whole))
    with closing(sqlite3.connect(path)) as connection:
        for kind in MIX if peers else ():
            if kind.words:
                rows += [_peer(connection, kind, peers, by) for by in ("LIKE", "FTS5 bm25")]
    return rows


def _asked(library: Library, kind: Kind, queries: int) -> tuple[list[Took], int]:
    taken, totals = [], []
    for number in range(queries):
        query, started = kind.ask(number), _clocks()
        found = library.search(query, SHOWN)
        taken.append(_since(started))
        totals.append(found.total)
    return taken, int(median(totals))


def _peer(connection: sqlite3.Connection, kind: Kind, queries: int, by: str) -> Timed:
    taken = []
    for number in range(queries):
        words = kind.ask(number)
        asked = f"%{words.replace(' ', '%')}%" if by == "LIKE" else words
        started = _clocks()
        connection.execute(LIKE if by == "LIKE" else BM25, [asked]).fetchall()
        taken.append(_since(started))
    return _timed(kind.name, by, taken)


def _clocks() -> Took:
    return 1000 * time.perf_counter(), 1000 * time.process_time()


def _since(started: Took) -> Took:
    wall, cpu = _clocks()
    return wall - started[0], cpu - started[1]


def _timed(kind: str, by: str, taken: Sequence[Took], matches: int | None = None) -> Timed:
    wall, cpu = zip(*taken, strict=True)
    return Timed(kind, by, round(median(wall), 2), _p95(wall), _p95(cpu), matches)


def _p95(taken: Sequence[float]) -> float:
    return round(quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0], 2)


if __name__ == "__main__":
    main()
