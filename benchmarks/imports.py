"""What commands import, and what that costs: ``python -m benchmarks.imports [--json]``.

Every command is asked for its help, and some are run on the sample talk, each in a process of its
own that has the command line and nothing else. Commands that import the same are timed once: CPU
milliseconds from nothing, medians of rounds in turn with a Python that does nothing.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import typer.main

from benchmarks.timing import Runs, command_ms, interleaved
from bot.cli import app, main

CHECKOUT = Path(__file__).parent.parent
SAMPLE = str(CHECKOUT / "assets/sample/small-libraries.txt")
SPEAKER = "Marit Oyelaran"
# Packages that only the commands that need them may import, and then when they need them.
HEAVY = frozenset(
    {
        *("PIL", "alembic", "apprise", "atproto", "av", "charset_normalizer", "dask"),
        *("distributed", "docx", "fastapi", "fsspec", "httpx", "jinja2", "keyring", "mastodon"),
        *("nltk", "numpy", "psycopg", "pydantic", "requests", "ruamel", "sqlalchemy", "starlette"),
        *("tweepy", "uharfbuzz", "uvicorn", "yt_dlp"),
    }
)
_READING = frozenset(("charset_normalizer", "nltk", "ruamel"))
_KEEPING = _READING | {"sqlalchemy"}
_DRAWING = _KEEPING | {"PIL", "uharfbuzz"}
# command and its arguments, run in this order in one new project → which of HEAVY it may import
RUNS: dict[tuple[str, ...], frozenset[str]] = {
    ("--version",): frozenset(),
    ("init",): frozenset(),
    ("sentences", SAMPLE): _READING,
    ("harvest", SAMPLE, "--speaker", SPEAKER): _KEEPING,
    ("library", "list"): _KEEPING,
    ("library", "verify"): _KEEPING,
    ("make", SAMPLE, "--speaker", SPEAKER, "-n", "1"): _DRAWING,
    ("doctor",): HEAVY,
}
BARE, HELP, IMPORT = "bare python", "help", "import"


@dataclass(frozen=True, slots=True)
class Imported:
    """A command (``help`` or a run of it), the modules it imports in order, and how it ended."""

    command: str
    modules: tuple[str, ...]
    code: int

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that are neither ours nor Python's."""
        found = {name.partition(".")[0] for name in self.modules if not name.startswith("_")}
        return tuple(sorted(found - set(sys.stdlib_module_names) - {"bot"}))

    @property
    def heavy(self) -> frozenset[str]:
        """Which of ``HEAVY`` are among them."""
        return HEAVY.intersection(self.packages)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command costs in CPU milliseconds; ``help_ms`` of a run is None."""

    command: str
    packages: tuple[str, ...]
    modules: int
    help_ms: float | None
    import_ms: float
    times_bare: float


def leaves(group: Any, *above: str) -> Iterator[tuple[str, ...]]:
    """Every command that can be run, by its words."""
    below: Mapping[str, Any] = getattr(group, "commands", {})
    if not below or getattr(group, "invoke_without_command", False):
        yield above
    for name, one in below.items():
        yield from leaves(one, *above, name)


def helps() -> list[Imported]:
    """What the help of each command imports; the first, which brings most of it, is shown here."""
    commands = list(leaves(typer.main.get_command(app)))
    _quietly([*commands[0], "--help"])
    return [_apart(f"{' '.join(words)} --help", [*words, "--help"]) for words in commands]


def runs() -> list[Imported]:
    """What each of ``RUNS`` imports, in a new project in a folder of its own."""
    here = Path.cwd()
    with TemporaryDirectory(prefix="pullquote-imports-") as name:
        os.chdir(name)
        try:
            return [_apart(_named(words), words) for words in RUNS]
        finally:
            os.chdir(here)


def _named(words: Sequence[str]) -> str:
    return " ".join("TALK" if word == SAMPLE else word for word in words)


def _apart(command: str, arguments: Sequence[str]) -> Imported:
    """A command in a process that ends with it."""
    there, here = os.pipe()
    child = os.fork()
    if not child:
        os.close(there)
        code = _quietly(arguments)
        with os.fdopen(here, "w", encoding="utf-8") as told:
            json.dump([code, [name for name in sys.modules if not _is_of_ours(name)]], told)
        os._exit(0)
    os.close(here)
    with os.fdopen(there, encoding="utf-8") as told:
        code, modules = json.load(told)
    os.waitpid(child, 0)
    return Imported(command, tuple(modules), code)


def _is_of_ours(name: str) -> bool:
    return name == "__main__" or name.startswith("benchmarks")


def _quietly(arguments: Sequence[str]) -> int:
    """A command of the bot without its output; its exit code."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try:
            main([*arguments])
        except SystemExit as done:
            return int(done.code or 0)


def costs(found: Sequence[Imported], asked: Sequence[Imported], rounds: int) -> list[Cost]:
    """What each help and each run costs; those that import the same are timed as one."""
    tasks: dict[str, Callable[[], float]] = {BARE: partial(_ms, "-c", "pass")}
    for one in (*found, *asked):
        tasks.setdefault(_set_of(one, IMPORT), partial(_ms, "-c", _importing(one)))
    for one in found:
        asked_for = partial(_ms, "-m", "bot", *one.command.split())
        tasks.setdefault(_set_of(one, HELP), asked_for)
    taken = interleaved(tasks, rounds)
    is_help = {id(one) for one in found}
    return [_cost(one, taken, is_help=id(one) in is_help) for one in (*found, *asked)]


def _set_of(one: Imported, what: str) -> str:
    return f"{what} {hash(frozenset(one.modules))}"


def _importing(one: Imported) -> str:
    """A program that imports these modules as the command does, those it can by their names."""
    names = "\n".join(one.modules)
    return f"for name in {names!r}.split():\n try: __import__(name)\n except ImportError: pass"


def _ms(*arguments: str) -> float:
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    return command_ms([sys.executable, *arguments], Path.cwd(), environment)


def _cost(one: Imported, taken: Runs, *, is_help: bool) -> Cost:
    bare = median(taken[BARE])
    imports = median(taken[_set_of(one, IMPORT)])
    whole = median(taken[_set_of(one, HELP)]) if is_help else None
    times = (whole or imports) / max(bare, 1.0)
    return Cost(one.command, one.packages, len(one.modules), whole, imports, times)


def report(arguments: Sequence[str] | None = None) -> int:
    """Look, measure, print; 1 where a command imports what it may not."""
    parser = argparse.ArgumentParser("python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="of timing; 0: only look")
    parser.add_argument("--json", action="store_true", help="print an array, an object a command")
    options = parser.parse_args(arguments)
    found, asked = helps(), runs()
    measured = costs(found, asked, options.rounds) if options.rounds else []
    wrong = [*amiss(found, asked)]
    if options.json:
        plain = [{**asdict(one), "packages": one.packages} for one in (*found, *asked)]
        print(json.dumps([asdict(one) for one in measured] or plain, indent=2))
    else:
        print("\n".join(_table(found, asked, measured)))
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return int(bool(wrong))


def amiss(found: Sequence[Imported], asked: Sequence[Imported]) -> Iterator[str]:
    """What fails, and what imports more than it may, a line each."""
    allowed = [frozenset[str]()] * len(found) + [*RUNS.values()]
    for one, may in zip((*found, *asked), allowed, strict=True):
        if one.code:
            yield f"{one.command} ended with {one.code}"
        if more := one.heavy - may:
            yield f"{one.command} imports {', '.join(sorted(more))}"


def _table(
    found: Sequence[Imported], asked: Sequence[Imported], measured: Sequence[Cost]
) -> Iterator[str]:
    """Each group of commands with the same imports, as a few lines."""
    costs_of = dict(zip(map(id, (*found, *asked)), measured, strict=False))
    for each in (found, asked):
        groups: dict[frozenset[str], list[Imported]] = {}
        for one in each:
            groups.setdefault(frozenset(one.modules), []).append(one)
        for same in groups.values():
            yield _listed([one.command for one in same])
            yield f"    {len(same[0].modules)} modules; {', '.join(same[0].packages)}"
            if cost := costs_of.get(id(same[0])):
                whole = f"in all {cost.help_ms:.0f} ms, " if cost.help_ms else ""
                yield (
                    f"    {whole}its imports {cost.import_ms:.0f} ms of CPU, "
                    f"{cost.times_bare:.1f} times as long as bare python"
                )


def _listed(commands: Sequence[str]) -> str:
    some = ", ".join(commands[:4])
    return some if len(commands) <= 4 else f"{some} … ({len(commands)} commands)"


if __name__ == "__main__":
    sys.exit(report())
