"""A Dask cluster on this machine whose workers are killed: every talk is harvested once."""

import os
import signal
import socket
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster

from bot.errors import NetworkError
from bot.harvesting import Ahead, Stop, crew_of, harvest_one, outcomes
from bot.harvesting.cluster import is_here, strangers
from bot.library import Library
from bot.store import open_store
from tests.cli.conftest import Run, project, run
from tests.harvesting.talks import deadly, errand, jobs, made_talks, slow

__all__ = ["project", "run"]
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


# On a busy machine a nanny takes long to start another worker: none is given up meanwhile. And a
# talk comes back to us as soon as a worker died at it, not after three more.
PATIENT = {
    "distributed.deploy.lost-worker-timeout": "300s",
    "distributed.scheduler.allowed-failures": 0,
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with (
        warnings.catch_warnings(action="ignore"),
        dask.config.set(PATIENT),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        ) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def address(cluster: LocalCluster) -> str:
    return str(cluster.scheduler_address)


def test_every_talk_is_harvested_once_while_workers_are_killed(
    cluster: LocalCluster, address: str, new_place, backend: str, tmp_path: Path
) -> None:
    place = new_place() if backend == "postgresql" else str(tmp_path / "library.db")
    talks = [path.name for path in made_talks(tmp_path, 16)]
    work = partial(harvest_one, errand(place, tmp_path))
    found = []
    with crew_of(1, address) as crew:
        for one in outcomes(Ahead(iter(jobs(talks))), work, crew, Stop()):
            found.append(one)
            if one.number in (2, 7):  # its nanny starts another
                os.kill(cluster.workers[one.number % 2].pid, signal.SIGKILL)
    assert [one.place for one in found] == talks
    assert {one.fate for one in found} <= {"harvested", "unchanged"}  # kept, then its worker killed
    with open_store(place) as store:
        library = Library(store)
        assert len(library.talks()) == 16
        quotes = library.quotes()
        assert len({(one.talk, one.said) for one in quotes}) == len(quotes)
        assert library.verify() == ()


def test_a_talk_that_kills_its_workers_fails_alone(address: str) -> None:
    with crew_of(1, address) as crew:
        names = ["a", "b", "poison", "c", "d"]
        found = list(outcomes(Ahead(iter(jobs(names))), deadly, crew, Stop()))
    assert [one.fate == "failed" for one in found] == [False, False, True, False, False]


def test_a_scheduler_that_is_gone_is_told_in_one_line() -> None:
    with warnings.catch_warnings(action="ignore"):
        gone = LocalCluster(
            n_workers=1,
            processes=False,
            protocol="tcp",
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        )
    with crew_of(1, gone.scheduler_address) as crew:
        run = outcomes(Ahead(iter(jobs([""] * 400))), slow, crew, Stop())
        next(run)
        gone.close()
        with pytest.raises(NetworkError, match="the cluster is gone"):
            list(run)


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with (
        pytest.raises(NetworkError, match="no scheduler answers; start one with"),
        crew_of(1, address),
    ):
        pass


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
