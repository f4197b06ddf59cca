"""The loop over talks: nothing is lost when workers die, and nobody waits for the one who kills."""

import signal
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from dataclasses import replace

import pytest

from bot.errors import BotError, InputError
from bot.harvesting import Ahead, Crew, Outcome, Stop, crew_of, outcomes, running
from bot.harvesting.told import Failure, failed
from tests.harvesting.talks import deadly, jobs, slow, told, unforeseen


@pytest.fixture(scope="module")
def pool() -> Iterator[Crew]:
    with crew_of(2) as crew:
        yield crew


@pytest.fixture(scope="module", params=[1, 2])
def crew(request: pytest.FixtureRequest) -> Iterator[Crew]:
    if request.param == 2:
        yield request.getfixturevalue("pool")
        return
    with crew_of(1) as here:
        yield here


def run(places, work, crew, stop=None) -> list[Outcome]:
    return list(outcomes(Ahead(iter(jobs(places))), work, crew, stop or Stop()))


def test_outcomes_come_in_the_order_of_the_talks(crew: Crew) -> None:
    names = [f"{at}.vtt" for at in range(20)]
    assert [one.place for one in run(names, slow, crew)] == names


@pytest.mark.parametrize(
    "names",
    [
        ["poison"],
        ["a", "poison", "b", "c", "d"],
        ["a", "poison 1", "poison 2", "b", "c", "poison 3"],
    ],
)
def test_a_talk_that_kills_its_workers_fails_alone(pool: Crew, names: list[str]) -> None:
    found = run(names, deadly, pool)
    assert [one.place for one in found] == names
    assert [one.fate == "failed" for one in found] == ["poison" in name for name in names]
    reasons = {one.failure.reason for one in found if one.failure}
    assert reasons == {"workers die at it: it may need more memory than there is"}


def test_an_error_nobody_thought_of_is_a_failure_of_its_talk(crew: Crew) -> None:
    found = run(["a", "odd", "b"], unforeseen, crew)
    assert [one.fate for one in found] == ["harvested", "failed", "harvested"]
    assert found[1].failure
    assert "something unforeseen: ZeroDivisionError" in found[1].failure.reason
    assert "in unforeseen" in found[1].failure.trace


def test_what_failed_before_it_was_read_stands_in_its_place(crew: Crew) -> None:
    first, _, third = jobs(["a", "b", "c"])
    missing = failed(1, Failure("is missing", "b", "look", InputError.exit_code))
    found = list(outcomes(Ahead(iter([first, missing, third])), told, crew, Stop()))
    assert [one.place for one in found] == ["a", "b", "c"]
    assert found[1] is missing


def test_thousands_that_cannot_be_listed_hide_no_talk() -> None:
    missing = Failure("is missing", "b", "look", InputError.exit_code)
    many = [failed(number, missing) for number in range(2500)]
    (last,) = (replace(one, number=2500) for one in jobs(["a"]))
    with crew_of(1) as here:
        found = list(outcomes(Ahead(iter([*many, last])), told, here, Stop()))
    assert len(found) == 2501
    assert found[-1].fate == "harvested"


def test_few_talks_are_in_flight_and_few_are_looked_at() -> None:
    asked: list[int] = []

    def endless():
        for one in jobs([""] * 100):
            asked.append(one.number)
            yield one

    ahead = Ahead(endless(), most=10)
    with crew_of(1) as here:  # one after another, so that what is asked for is not far ahead
        for at, _ in enumerate(outcomes(ahead, told, here, Stop())):
            assert len(asked) <= at + 1 + 10 + 2 * here.room
    assert len(asked) == 100


@pytest.mark.parametrize("times", [1, 2])
def test_a_stop_leaves_the_rest_and_loses_nothing_of_what_is_done(crew: Crew, times: int) -> None:
    stop = Stop()
    ahead = Ahead(iter(jobs([str(at) for at in range(60)])))
    done = []
    for one in outcomes(ahead, slow, crew, stop):
        done.append(one.number)
        if one.number == 5:
            for _ in range(times):
                stop.ask(signal.SIGTERM)
    assert stop.exit_code == 128 + signal.SIGTERM
    assert done == sorted(set(done))
    assert set(range(6)) <= set(done)
    assert len(done) < 30
    if times == 2:
        crew.renew()
    assert run(["a", "b"], told, crew)[1].place == "b"  # who comes next finds it as it was


class _Dying:
    """A crew of whom nobody lives long enough to do anything."""

    deadly, deaths, room, workers = (BrokenExecutor,), 1, 4, 2
    renewed = 0

    def submit(self, work, job) -> Future[Outcome]:
        lost: Future[Outcome] = Future()
        lost.set_exception(BrokenExecutor())
        return lost

    def watch(self) -> None:
        pass

    def renew(self) -> None:
        self.renewed += 1

    def drop(self) -> None:
        pass


class _Called(_Dying):
    """A pool that broke: of what was called back it never says that it was."""

    def submit(self, work, job) -> Future[Outcome]:
        given: Future[Outcome] = Future()
        if job.number == 0:
            given.set_result(work(job))
        return given


def test_what_was_called_back_is_waited_for_by_nobody() -> None:
    stop = Stop()
    found = outcomes(Ahead(iter(jobs(["a", "b", "c"]))), told, _Called(), stop)
    assert next(found).place == "a"
    stop.ask()
    assert list(found) == []


class _Forgetful(_Dying):
    """A pool that broke while it was handed a second talk, of which it never says anything."""

    def submit(self, work, job) -> Future[Outcome]:
        given: Future[Outcome] = Future()
        if self.renewed:
            given.set_result(work(job))
        elif job.number == 0:
            given.set_exception(BrokenExecutor())
        return given


def test_a_talk_that_a_broken_pool_forgot_is_done_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_BROKEN_S", 0.1)
    assert [one.place for one in run(["a", "b", "c"], told, _Forgetful())] == ["a", "b", "c"]


class _OutOfMemory(_Dying):
    """A crew whose first talk kills it when a thousand others were done meanwhile."""

    def __init__(self) -> None:
        self.first: Future[Outcome] = Future()

    def submit(self, work, job) -> Future[Outcome]:
        if job.number == 0 and not self.renewed:
            return self.first
        done: Future[Outcome] = Future()
        done.set_result(work(job))
        if job.number == 1000:
            self.first.set_exception(BrokenExecutor())
        return done


def test_a_talk_for_which_a_thousand_wait_is_done_again() -> None:
    found = run([str(at) for at in range(1200)], told, _OutOfMemory())
    assert [one.number for one in found] == list(range(1200))


def test_workers_that_die_at_once_are_not_started_for_ever() -> None:
    crew = _Dying()
    with pytest.raises(BotError, match="workers die as soon as they start; try --jobs 1"):
        run([f"{at}.vtt" for at in range(100)], told, crew)
    assert crew.renewed < 50


def test_errors_keep_their_words_and_exit_code() -> None:
    failure = Failure("is empty", "a.vtt", "export it again", 3)
    assert str(failure.error()) == "a.vtt: is empty; export it again"
    assert failure.error().exit_code == 3
