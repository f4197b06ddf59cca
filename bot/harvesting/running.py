"""The loop over talks: a bounded number in flight, lost ones done again, outcomes in their order.

A talk at which workers die three times is a failure, and the rest goes on. To know which it was,
all that was in flight when a worker died is done again one by one.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from traceback import format_exception

from bot.errors import BotError, InputError, NetworkError
from bot.harvesting.ahead import Ahead
from bot.harvesting.crews import Crew
from bot.harvesting.stopping import Stop
from bot.harvesting.task import Job
from bot.harvesting.told import Failure, Outcome, failed, failure_of

Work = Callable[[Job], Outcome]
_DEATHS = 3  # of workers at one talk
_RENEWALS = 40  # of a crew, without a talk done in between
_SOON_S = 0.5  # how soon a wish to stop is seen
_BROKEN_S = 10.0  # in which a broken pool says so of all it had
_WAITING = 1000  # outcomes that wait for one before them
_AT_ONCE = 500  # talks looked for while others are worked at


@dataclass(slots=True)
class _Run:
    """Talks in flight, and outcomes that wait for their turn."""

    work: Work
    crew: Crew
    jobs: Ahead[Job | Outcome]
    stop: Stop
    flying: "dict[Future[Outcome], Job]" = field(default_factory=dict)
    suspects: deque[Job] = field(default_factory=deque)
    deaths: Counter[int] = field(default_factory=Counter)
    done: dict[int, Outcome] = field(default_factory=dict)
    next: int = 0
    renewals: int = 0

    def fill(self) -> None:
        """Send out talks as long as there is room; one that is under suspicion flies alone."""
        while self.may_send():
            job = self.suspects.popleft() if self.suspects else next(self.jobs, None)
            if job is None:
                return
            if isinstance(job, Outcome):
                self.done[job.number] = job
            else:
                self.send(job)

    def may_send(self) -> bool:
        """Whether another talk may fly: with one under suspicion, none does."""
        if self.stop.asked:
            return False
        if self.suspects or any(self.deaths[one.number] for one in self.flying.values()):
            return not self.flying
        return len(self.flying) < self.crew.room and len(self.done) < _WAITING

    def send(self, job: Job) -> None:
        """Send one talk out; where the crew breaks just then, later."""
        try:
            self.flying[self.crew.submit(self.work, job)] = job
        except self.crew.deadly:
            self.suspects.appendleft(job)
            self.recover()

    def land(self) -> None:
        """Take in what is finished within a moment."""
        wait(self.flying, _SOON_S, FIRST_COMPLETED)
        if self.settle_done():
            self.recover()
        self.crew.watch()

    def settle_done(self) -> bool:
        """Note all that is done; whether a worker died.

        What was called back is done too. ``wait`` does not say so: Python's pool would have to, and
        up to 3.11 a broken one stops at the first that was called back.
        """
        return True in [self.settle(one) for one in list(self.flying) if one.done()]

    def settle(self, future: "Future[Outcome]") -> bool:
        """Note the outcome of a flight; whether it says that a worker died."""
        job = self.flying.pop(future)
        if future.cancelled():
            return False
        error = future.exception()
        if isinstance(error, self.crew.deadly):
            self.suspect(job)
            return True
        if isinstance(error, NetworkError):  # of the crew: what a talk meets is in its outcome
            self.lose(error)
            return False
        self.renewals = 0
        self.done[job.number] = future.result() if error is None else _unforeseen(job, error)
        return False

    def lose(self, error: NetworkError) -> None:
        """A flight was lost with the whole crew: an end, unless we dropped it ourselves."""
        if not self.stop.asked:
            raise error

    def suspect(self, job: Job) -> None:
        """Do a talk again, unless workers died at it too often."""
        self.deaths[job.number] += self.crew.deaths
        if self.deaths[job.number] < _DEATHS:
            self.suspects.append(job)
            return
        reason = "workers die at it: it may need more memory than there is"
        remedy = "harvest it alone with --jobs 1 to see why"
        failure = Failure(reason, job.source.name, remedy, InputError.exit_code)
        self.done[job.number] = failed(job.number, failure)

    def recover(self) -> None:
        """Take in what is left of a broken crew, and start another."""
        if len(self.flying) and self.crew.deaths == 1:  # with a pool, everything in flight is lost
            wait(self.flying, _BROKEN_S)
            self.settle_done()
            for job in self.flying.values():  # of which the pool says nothing, nor will
                self.suspect(job)
            self.flying.clear()
        self.renewals += 1
        if self.renewals > _RENEWALS:
            reason = "workers die as soon as they start"
            raise BotError(reason, remedy="try --jobs 1, and look for room in memory")
        self.crew.renew()


def outcomes(jobs: Ahead[Job | Outcome], work: Work, crew: Crew, stop: Stop) -> Iterator[Outcome]:
    """What becomes of each talk, in their order, until all are done or a stop is asked for.

    ``jobs`` are numbered from 0 without a gap; an Outcome among them is one already. Raises
    ``NetworkError`` when a cluster is gone, ``BotError`` when workers cannot be started.
    """
    run = _Run(work, crew, jobs, stop)
    while True:
        run.fill()
        before = run.next
        while run.next in run.done:
            yield run.done.pop(run.next)
            run.next += 1
        if stop.asked:
            stop.carry_out(run.flying, crew)
        if run.flying:
            jobs.look(_AT_ONCE)
            run.land()
        elif stop.asked or not (run.suspects or run.next > before):
            break
    yield from (run.done[number] for number in sorted(run.done))


def _unforeseen(job: Job, error: BaseException) -> Outcome:
    """What becomes of a talk that met an error nobody thought of."""
    if isinstance(error, BotError):
        return failed(job.number, failure_of(error), job.source.name)
    if isinstance(error, ModuleNotFoundError):
        remedy = "install pullquote and its extras on each machine"
        failure = Failure(f"a worker lacks {error.name}", "", remedy, BotError.exit_code)
        return failed(job.number, failure, job.source.name)
    what = " ".join(f"{type(error).__name__}: {error}".split())
    reason = f"something unforeseen: {what}"
    remedy, trace = (
        "PULLQUOTE_DEBUG=1 shows where, please report it",
        "".join(format_exception(error)),
    )
    return failed(job.number, Failure(reason, job.source.name, remedy, BotError.exit_code, trace))
