"""A private PostgreSQL server for the tests: a cluster of its own in a temporary folder.

``PULLQUOTE_TEST_POSTGRES`` names one that runs already instead, by the address of a database of
it; its user must be allowed to make databases.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from bot.store import open_store
from bot.store.schema import metadata

RUNNING = os.environ.get("PULLQUOTE_TEST_POSTGRES")
NEEDED = "no PostgreSQL here: on Debian `make system` installs it; or set PULLQUOTE_TEST_POSTGRES"
_STARTS_WITHIN_S = 60
# Nothing here outlives its test; the zone is far from UTC, and the order of texts is that of a
# dictionary, so that neither is taken for granted.
_CLUSTER = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
_SORTED = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
_SERVER = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "TimeZone": "Asia/Kathmandu",
}


@dataclass
class Server:
    """A server with databases for one test each: new ones, or emptied ones with the tables."""

    address: URL
    process: "Process | None" = None  # none: it is not ours to stop
    made: Iterator[int] = field(default_factory=count)
    spare: list[URL] = field(default_factory=list)

    def run(self, statement: str) -> None:
        """Run one statement outside any transaction, in the database of the address."""
        with psycopg.connect(_plain(self.address), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self) -> URL:
        """A new database, empty."""
        name = f"pullquote_{os.getpid()}_{next(self.made)}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self.address.set(database=name)

    def library(self) -> URL:
        """A database with the tables of a library, all empty; ``give_back`` it afterwards."""
        if self.spare:
            return self.spare.pop()
        made = self.create()
        with open_store(_plain(made)) as store, store.write():
            pass
        return made

    def give_back(self, library: URL) -> None:
        """Empty it for the next test, which takes a tenth of the time of making one."""
        others = "pid <> pg_backend_pid() AND datname = current_database()"
        tables = ", ".join(metadata.tables)
        with psycopg.connect(_plain(library), autocommit=True) as connection:
            connection.execute(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
            )
            connection.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        self.spare.append(library)

    def drop(self, database: URL) -> None:
        """Remove a database, also from under those who still have it open."""
        self.run(f'DROP DATABASE IF EXISTS "{database.database}" WITH (FORCE)')


def _plain(address: URL) -> str:
    return address.set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def server() -> Iterator[Server]:
    """A server for as long as the block lasts; skips the test where there is none."""
    if RUNNING:
        yield Server(make_url(RUNNING))
        return
    programs = _programs()
    if programs is None:
        pytest.skip(NEEDED)
    folder = Path(tempfile.mkdtemp(prefix="pullquote-postgres-"))
    try:
        as_user = _as_user(folder)
        made = [*as_user, programs / "initdb", f"--pgdata={folder / 'data'}", *_CLUSTER, *_SORTED]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        with _running([*as_user, programs / "postgres", "-D", folder / "data"], folder) as process:
            yield Server(process.address, process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """Where the newest PostgreSQL's programs are: Debian keeps them off the PATH."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    debian = sorted(versions, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return debian[-1] if debian else Path(found).parent if found else None


def _as_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; and it shall not outlive a worker that is killed."""
    if not shutil.which("setpriv"):
        return []
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", "INT"]
    for name in ("postgres", "nobody"):
        with suppress(LookupError):
            shutil.chown(folder, name)
            user = folder.stat().st_uid
            who = [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
            return ["setpriv", *who, "--pdeathsig", "INT"]
    raise LookupError("neither a user postgres nor nobody")


@dataclass
class Process:
    """The server of a cluster, which can be stopped and started again at its address."""

    command: list[str | Path]
    folder: Path
    address: URL
    popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = [word for name, value in _SERVER.items() for word in ("-c", f"{name}={value}")]
        command = [*self.command, "-p", str(self.address.port), *options]
        log = self.folder / "log"
        with log.open("wb") as written:
            self.popen = subprocess.Popen(command, stdout=written, stderr=written, cwd=self.folder)
        _wait(self.address, self.popen, log)

    def stop(self) -> None:
        """Stop it at once, whoever is at work (a fast shutdown)."""
        if self.popen:
            self.popen.send_signal(signal.SIGINT)
            self.popen.wait()


@contextmanager
def _running(command: list[str | Path], folder: Path) -> Iterator[Process]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = URL.create("postgresql", "postgres", None, "127.0.0.1", port, "postgres")
    process = Process(command, folder, address)
    try:
        process.start()
        yield process
    finally:
        process.stop()


def _wait(address: URL, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while process.poll() is None and time.monotonic() < until:
        with suppress(psycopg.OperationalError), psycopg.connect(_plain(address)):
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
