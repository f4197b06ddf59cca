"""What every network is to the rest of the program: one signed-in account, six verbs.

``prepare`` uploads pictures and gives what must be remembered of that; ``publish`` makes the post;
``reconcile`` tells whether it is there when the answer was lost. The ledger commits what
``prepare`` gave before it lets ``publish`` be called, and calls ``reconcile`` before a second try.

Every failure is one of four, and the class says what happens next:

    Refused    the post is not there, and the same post never will be: it fails, a person reads why
    NotNow     the post is not there; the same again later, not before ``until``
    SignedOut  the post is not there; the account is paused until a person signs in anew
    Unclear    the post may be there: ``reconcile`` before anything else

Only an answer of 4xx, or a failure before the body was sent, may be one of the first three.

To add a network:
1. copy the smallest neighbour to ``bot/networks/NAME.py``; the vendor's page above each call;
2. end the file with ``KIND = Kind(name="NAME", …)`` and list it in ``bot/networks/__init__.py``;
3. give tests/networks/servers.py a server that speaks for it: the family's test does the rest.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.errors import NetworkError
from bot.post import Identity, Limits, Outgoing, Receipt, Reconciled, Seen

_LONGEST_REST = timedelta(days=32)  # no network asks for a longer one

Prepared = Mapping[str, Any]  # JSON: what the ledger keeps of an upload


class Refused(NetworkError):  # noqa: N818 - what the network did
    """The network will never take this post: too long, a picture it cannot read, a duplicate."""


class NotNow(NetworkError):  # noqa: N818 - when, not what
    """Not posted, and worth another try; ``until`` is when the network says so, None if not."""

    def __init__(
        self, reason: str, *, place: str = "", remedy: str = "", until: datetime | None = None
    ) -> None:
        self.until = until
        super().__init__(reason, place=place, remedy=remedy)

    def rest_until(self, now: datetime) -> datetime | None:
        """Until when to leave the network alone; a time past or far away is a wrong clock's."""
        asked = self.until
        return asked if asked and now < asked < now + _LONGEST_REST else None


class SignedOut(NetworkError):  # noqa: N818 - a state of the account
    """Not posted: the sign-in is wrong, revoked or the account is suspended."""


class Unclear(NetworkError):  # noqa: N818 - a state of the post
    """Nobody knows whether it was posted: the answer was lost on its way, or made no sense."""


class Network(Protocol):
    """One account signed in at one network. Every method may raise the errors above."""

    @property
    def keyed(self) -> bool:
        """Whether the network itself keeps a repeated ``publish`` from posting twice."""
        ...

    def whoami(self) -> Identity:
        """Who is signed in; nothing is posted."""
        ...

    def limits(self) -> Limits:
        """What the account may post, as the server says it today."""
        ...

    def prepare(self, post: Outgoing, known: Prepared) -> Prepared:
        """Upload the pictures; ``known`` is what an earlier try gave, whose uploads are reused."""
        ...

    def publish(self, post: Outgoing, prepared: Prepared) -> Receipt:
        """Make the post."""
        ...

    def reconcile(self, post: Outgoing, prepared: Prepared) -> Reconciled:
        """Whether the post is there, looked for since ``post.at``; changes nothing."""
        ...

    def timeline(self, after: str | None = None) -> Iterator[Seen]:
        """The account's own posts, the newest first, down to (without) the one called ``after``."""
        ...

    def delete(self, remote_id: str) -> None:
        """Take a post down; one that is gone already is no error."""
        ...


@dataclass(frozen=True, slots=True)
class Door:
    """What a network is opened with: secrets, where, and whom to tell what was spent.

    ``server`` is the instance or the base address where the network has a choice. ``spend`` is
    told what each call that costs is about to cost, in dollars, and raises ``NotNow`` when the
    month's budget would be passed. ``keep`` stores secrets that the network renewed. ``settings``
    are those of the account that only its network reads.
    """

    secrets: Mapping[str, str] = field(repr=False)
    server: str | None = None
    folder: Path = Path()  # what paths of the settings start from
    timeout_s: float = 30
    spend: Callable[[str, float], None] = lambda what, dollars: None
    keep: Callable[[Mapping[str, str]], None] = lambda secrets: None
    now: Callable[[], datetime] = field(default=lambda: datetime.now().astimezone())
    settings: Mapping[str, Any] = field(default_factory=dict)


class Asking(Protocol):
    """Whoever sits at the keyboard while somebody signs in."""

    def say(self, text: str) -> None:
        """Show a step."""
        ...

    def ask(self, question: str, *, secret: bool = False) -> str:
        """Ask for a line; what is secret is not shown."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A network: its name everywhere, how an account of it is opened and signed in.

    ``secrets`` are the names an account needs, as the environment has them after
    ``PULLQUOTE_SECRET_LABEL_``; ``needs`` is the extra that brings its client, if any. ``limits``
    holds where the server has not been asked. ``login`` leads a person through, and gives secrets;
    a secret ``SERVER`` among them is where the account is. ``costs`` are dollars by what is done.
    ``clock`` is the server's own clock as of the last answer, where it tells.
    """

    name: str
    title: str
    limits: Limits
    open: Callable[[Door], Network]
    login: Callable[[Asking, Door], Mapping[str, str]] | None = None
    secrets: tuple[str, ...] = ()
    needs: str | None = None
    deletes: bool = True
    costs: Mapping[str, float] = field(default_factory=dict)
    clock: Callable[[Any], datetime | None] = lambda network: None
