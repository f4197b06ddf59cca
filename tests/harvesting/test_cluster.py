"""A Dask cluster on this machine whose workers are killed: every talk is harvested once.

And whatever is lost of a cluster, the run ends.
"""

import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread

import dask
import pytest
from distributed import LocalCluster

from bot.errors import NetworkError
from bot.harvesting import Ahead, Stop, cluster, crew_of, harvest_one, outcomes
from bot.harvesting.cluster import Patience, is_here, joined, strangers
from bot.library import Library
from bot.store import open_store
from tests.cli.conftest import Run, project, run
from tests.conftest import ROOT
from tests.harvesting.talks import HUNG, deadly, errand, hung, jobs, made_talks, slow

__all__ = ["project", "run"]
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

# A talk comes back to us as soon as a worker died at it, not after three more.
STRICT = {"distributed.scheduler.allowed-failures": 0}
HASTY = Patience(join_s=5, ask_s=0.1, gone_s=0.5)
PATIENT = Patience(join_s=120, gone_s=300)  # a worker may take long to start beside other tests


@contextmanager
def scheduler(workers: int, config: dict[str, object]) -> Iterator[LocalCluster]:
    """A scheduler in this process, and workers that are threads of it."""
    with (
        warnings.catch_warnings(action="ignore"),
        dask.config.set(config),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=False,
            protocol="tcp",
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        ) as running,
    ):
        yield running


class Workers:
    """Two worker processes; one that dies is followed by another, however early it dies.

    Dask's own nannies give up a worker that is killed while it starts.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._over = Event()
        self._running = [self._start(), self._start()]
        self._keeper = Thread(target=self._keep)
        self._keeper.start()

    def _start(self) -> "subprocess.Popen[bytes]":
        module = [sys.executable, "-m", "distributed.cli.dask_worker", self.address]
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
        return subprocess.Popen([*module, *options], cwd=ROOT, stderr=subprocess.DEVNULL)

    def _keep(self) -> None:
        while not self._over.wait(0.05):
            self._running = [one if one.poll() is None else self._start() for one in self._running]

    def kill(self) -> None:
        for one in self._running:
            one.kill()

    def end(self) -> None:
        self._over.set()
        self._keeper.join()
        self.kill()
        for one in self._running:
            one.wait()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with scheduler(0, STRICT) as cluster:
        running = Workers(cluster.scheduler_address)
        cluster.wait_for_workers(2, timeout=120)
        yield running
        running.end()


@pytest.fixture
def address(workers: Workers) -> str:
    return workers.address


def test_every_talk_is_harvested_once_while_workers_are_killed(
    workers: Workers, database: str, tmp_path: Path
) -> None:
    talks = [path.name for path in made_talks(tmp_path, 16)]
    work = partial(harvest_one, errand(database, tmp_path))
    found = []
    with joined(workers.address, PATIENT) as crew:
        for one in outcomes(Ahead(iter(jobs(talks))), work, crew, Stop()):
            found.append(one)
            if one.number == 4:
                workers.kill()
    assert [one.place for one in found] == talks
    assert {one.fate for one in found} <= {"harvested", "unchanged"}  # kept, then its worker killed
    with open_store(database) as store:
        library = Library(store)
        assert len(library.talks()) == 16
        quotes = library.quotes()
        assert len({(one.talk, one.said) for one in quotes}) == len(quotes)
        assert library.verify() == ()


def test_a_talk_that_kills_its_workers_fails_alone(address: str) -> None:
    with joined(address, PATIENT) as crew:
        names = ["a", "b", "poison", "c", "d"]
        found = list(outcomes(Ahead(iter(jobs(names))), deadly, crew, Stop()))
    assert [one.fate == "failed" for one in found] == [False, False, True, False, False]


def ended(cluster: LocalCluster, work, patience: Patience, lose) -> str:
    """How a run ends that loses something after its first talk."""
    with joined(cluster.scheduler_address, patience) as crew:
        run = outcomes(Ahead(iter(jobs([""] * 400))), work, crew, Stop())
        next(run)
        lose(cluster)
        with pytest.raises(NetworkError) as told:
            list(run)
    return str(told.value)


SHORT = {"distributed.scheduler.no-workers-timeout": "0.3s"}


@pytest.mark.parametrize(
    ("config", "patience", "lose", "expected"),
    [
        ({}, HASTY, LocalCluster.close, "the cluster is gone, its scheduler does not answer; run"),
        ({}, HASTY, lambda one: one.scale(0), "the cluster had no worker for 0.5 s: they are"),
        (SHORT, Patience(), lambda one: one.scale(0), "the cluster had no worker for 0.3 s: they"),
    ],
)
def test_a_cluster_that_loses_all_is_told_in_one_line(config, patience, lose, expected) -> None:
    with scheduler(1, config) as cluster:
        assert ended(cluster, slow, patience, lose).startswith(expected)


@pytest.fixture
def caught() -> Iterator[LocalCluster]:
    """A cluster whose worker hangs at the second talk."""
    HUNG.clear()
    with scheduler(1, {}) as cluster:
        yield cluster
        HUNG.set()


def test_a_worker_that_hangs_ends_the_run(caught: LocalCluster) -> None:
    told = ended(caught, hung, replace(HASTY, silent_s=1), lambda _: None)
    assert told.startswith("no worker of the cluster brought a talk back for")


def test_a_wish_to_stop_loses_nothing_of_what_was_handed_out() -> None:
    stop, ahead = Stop(), Ahead(iter(jobs([""] * 400)))
    with scheduler(1, {}) as cluster, joined(cluster.scheduler_address, HASTY) as crew:
        run = outcomes(ahead, slow, crew, stop)
        next(run)
        stop.ask()
        handed_out = ahead.seen - ahead.left
        assert [one.number for one in run] == list(range(1, handed_out))
    assert 1 < handed_out < 6


def test_a_second_wish_to_stop_waits_for_nobody(caught: LocalCluster) -> None:
    stop = Stop()
    with joined(caught.scheduler_address, HASTY) as crew:
        run = outcomes(Ahead(iter(jobs([""] * 400))), hung, crew, stop)
        next(run)
        stop.ask()
        stop.ask()
        assert list(run) == []


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with (
        pytest.raises(NetworkError, match="no scheduler answers; start one with"),
        joined(address, replace(HASTY, join_s=0.2)),
    ):
        pass


def test_a_scheduler_that_freezes_once_it_answered_is_told(monkeypatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard"]
    where = ["--host", "127.0.0.1", "--port", str(port)]
    connect = cluster._client
    with subprocess.Popen([*command, *where], stderr=subprocess.DEVNULL) as running:

        def connected(address: str, _: Patience = PATIENT) -> object:
            client = connect(address, PATIENT)
            running.send_signal(signal.SIGSTOP)
            return client

        monkeypatch.setattr(cluster, "_client", connected)
        monkeypatch.setattr(cluster, "PATIENCE", replace(HASTY, join_s=0.5))
        with (
            pytest.raises(NetworkError, match="no scheduler answers; start one with"),
            joined(f"tcp://127.0.0.1:{port}", replace(HASTY, join_s=0.5)),
        ):
            pass
        running.send_signal(signal.SIGCONT)
        with pytest.raises(NetworkError, match="no scheduler answers; start one with"):
            strangers(f"tcp://127.0.0.1:{port}")
        running.kill()


@pytest.mark.about_the_file  # which is allowed, as all workers are on this machine
def test_the_command_harvests_on_a_cluster(run: Run, project: Path, address: str) -> None:
    made_talks(project / "archive", 10)
    ran = run("harvest", "archive", "--cluster", address)
    assert (ran.code, "10 talks harvested, 0 left out" in ran.err) == (0, True)
    ran = run("harvest", "archive", "--cluster", address)
    assert "0 talks harvested, 10 unchanged" in ran.err


def test_a_worker_of_another_version_is_told(address: str, tmp_path: Path) -> None:
    made_talks(tmp_path, 1)
    other = replace(errand(str(tmp_path / "library.db"), tmp_path), version="0.0.1")
    with crew_of(1, address) as crew:
        (found,) = outcomes(
            Ahead(iter(jobs(["talk-0000.vtt"]))), partial(harvest_one, other), crew, Stop()
        )
    assert found.failure
    assert "install the same version on each machine" in str(found.failure.error())
    assert found.failure.exit_code == 1


@pytest.mark.parametrize(
    ("host", "here"), [("127.0.0.1", True), ("203.0.113.7", False), ("nowhere.invalid", False)]
)
def test_which_machine_is_this_one(host: str, here: bool) -> None:
    assert is_here(host) is here


def test_workers_of_this_machine_are_no_strangers(address: str) -> None:
    assert strangers(address) == []
