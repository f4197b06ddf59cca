"""Planning: what changed is taken out of the plan, the rule approves, free slots are filled.

Everything here happens in its caller's transaction, so that a dry run is the same code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.config import Project
from bot.doors import door_of, kind_of
from bot.errors import CardError, InputError, NeedsPerson
from bot.library.changes import Author
from bot.library.decide import decide
from bot.library.query import kept_quotes, quote_by_prefix
from bot.networks import open_account
from bot.post import Account, Draft, Posted, State
from bot.posting.drafting import Desk, limits_of, shown_at
from bot.posting.holding import VOID, was_void, why_no_more, with_quotes
from bot.posting.quotes import by_rule, material
from bot.posting.repeats import known_posts, too_soon
from bot.posting.terms import Terms
from bot.publishing import accounts, ledger, queue, reasons
from bot.publishing.choices import Choice, Left, Pin
from bot.publishing.plan import plan
from bot.publishing.posts import check_wording
from bot.publishing.slots import runs_dry
from bot.publishing.thoughts import doubled
from bot.publishing.timelines import adopt_known
from bot.store.publishing import posts

PLANNED: tuple[State, ...] = ("planned",)
_CANCELLED: tuple[State, ...] = ("cancelled",)
_IN_DOUBT: tuple[State, ...] = ("sending", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning did for one account; ``waits`` says why nothing could be planned there.

    ``doubled`` are posts taken out as another says the same.
    """

    terms: Terms
    account: Account | None = None
    drafts: tuple[Draft, ...] = ()
    left: tuple[Left, ...] = ()
    dry_from: datetime | None = None
    waits: str = ""
    doubled: tuple[Posted, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What planning did: approved by the rule, taken out, placed."""

    accounts: tuple[Planned, ...]
    approved: tuple[str, ...] = ()
    cancelled: tuple[Posted, ...] = field(default_factory=tuple)


def plan_all(
    connection: Connection, project: Project, terms: Sequence[Terms], now: datetime, days: int
) -> Outcome:
    """Fill the slots of these accounts for so many days; may raise ConfigError of a look."""
    approved = approve_by_rule(connection, project, now)
    cancelled = refresh(connection, terms, now)
    desk = Desk(project, material(connection))
    done = [_plan_one(connection, desk, one, now, days) for one in terms]
    twice = (post for one in done for post in one.doubled)
    return Outcome(tuple(done), approved, (*cancelled, *twice))


def approve_by_rule(connection: Connection, project: Project, now: datetime) -> tuple[str, ...]:
    """Approve what the rule of the settings lets through, in the rule's name."""
    score = project.config.approve.score
    names = by_rule(connection, score) if score is not None else []
    if names:
        author = Author(f"rule: score ≥ {score}", now)
        found = kept_quotes(connection, names)
        decide(connection, found, "approve", author, confirmed=True)  # by_rule left doubts out
    return tuple(names)


def refresh(connection: Connection, terms: Sequence[Terms], now: datetime) -> tuple[Posted, ...]:
    """Take posts out of the plan whose quote does not stand as it was planned."""
    rotas = {one.label: one.rota for one in terms}
    labels = {(one.network, one.id): one.label for one in accounts.all_accounts(connection)}
    labels |= {(one.network, one.handed): one.label for one in terms}
    planned = with_quotes().where(posts.c.state == "planned")
    void: list[Posted] = []
    for row in connection.execute(planned.order_by(posts.c.id)).all():
        rota = rotas.get(labels.get((row.network, row.account), ""))
        why = why_no_more(row, rota)
        if why:
            void += queue.cancel(connection, [row.id], why)
    return tuple(void)


def account_of(connection: Connection, project: Project, terms: Terms, now: datetime) -> Account:
    """The account in the ledger; NeedsPerson when it never signed in.

    One whose posts are handed over is known by its name alone, a preview by its folder.
    """
    if terms.settings.handoff:
        label = terms.label
        return Account(network=terms.network, id=terms.handed, label=label, handle=label)
    known = accounts.account_of_label(connection, terms.network, terms.label)
    if known:
        return known
    if terms.network == "preview":
        kind = kind_of(terms.label, terms.settings)
        door = door_of(terms.label, terms.settings, project.folder, lambda: now)
        who = open_account(kind, door).whoami()
        return accounts.know(connection, kind.name, who, terms.label, now)
    remedy = f"`pullquote network login {terms.label}` leads through it"
    raise NeedsPerson("nobody signed in there yet", place=f"account {terms.label}", remedy=remedy)


def pin(
    connection: Connection,
    project: Project,
    terms: Terms,
    quote: str,
    due: datetime,
    now: datetime,
    words: str | None = None,
    *,
    repeat: bool = False,
) -> Draft:
    """Plan a quote for a time that a person chose, with words of their own if they like.

    InputError says what forbids it; a post of the quote that waits already is replaced. While one
    of it may be out, NeedsPerson, and so where it went out too short a time before for the settings
    to repeat it, unless a person says that they want it (``repeat``).
    """
    found = quote_by_prefix(connection, quote)
    if words is not None:
        try:
            check_wording(words)
        except ValueError as error:
            raise InputError(str(error), place="--words") from error
    account = account_of(connection, project, terms, now)
    mine = (account.network, account.id)
    for one in queue.listing(connection, states=_IN_DOUBT, account=mine, quote=found.id):
        reason = f"post {one.id} of it is {one.state}: it may be out"
        remedy = f"wait, or say with `pullquote schedule settle {one.id}` whether it is"
        raise NeedsPerson(reason, place=f"quote {found.id}", remedy=remedy)
    adopt_known(connection, account, [(found.id, found.shown, found.said)])
    if not repeat and (why := too_soon(connection, terms, mine, found, due)):
        remedy = "--yes posts it once more all the same"
        raise NeedsPerson(why, place=f"quote {found.id}", remedy=remedy)
    waiting = queue.listing(connection, states=PLANNED, account=mine, quote=found.id)
    queue.cancel(connection, [one.id for one in waiting], f"{VOID}got another time")
    desk = Desk(project, material(connection))
    pins = [Pin(quote=found.id, due=due, words=words)]
    known = known_posts(connection, mine)
    result = plan(desk.material.choices(), known, terms.rules, now, now, pins)
    if not result.placed:
        why = next((one.why for one in result.left if one.quote == found.id), "")
        if found.status != "approved":
            why = f"it is {found.status}, not approved"
        raise InputError(
            why, place=f"quote {found.id}", remedy="approve it, or choose another time"
        )
    draft = desk.draft(terms, account, result.placed[0])
    if waiting and waiting[0].due:
        draft = replace(draft, why=reasons.in_place(shown_at(waiting[0].due, terms)))
    if words is not None and not _is_whole(words, draft):
        most = limits_of(terms, account).most
        reason = f"the words are too long: {terms.label} takes {most} with the quote's own"
        raise InputError(reason, place="--words", remedy="shorten them")
    ledger.plan(connection, draft, now)
    return draft


def _plan_one(
    connection: Connection, desk: Desk, terms: Terms, now: datetime, days: int
) -> Planned:
    try:
        account = account_of(connection, desk.project, terms, now)
    except NeedsPerson as error:
        return Planned(terms, waits=str(error))
    mine = (account.network, account.id)
    until = now + timedelta(days=days)
    texts = [(one.id, one.shown, one.said) for one in desk.material.quotes.values()]
    adopt_known(connection, account, texts)  # what somebody posted by hand is not planned again
    pins = _pins(connection, account, desk, now)
    choices = desk.material.choices()
    twice = _take_out_doubled(connection, account, choices, terms)
    placed = plan(choices, known_posts(connection, mine), terms.rules, now, until, pins)
    drafts: list[Draft] = []
    left = list(placed.left)
    for one in placed.placed:
        try:
            draft = desk.draft(terms, account, one)
        except CardError as error:
            left.append(Left(one.quote, f"no card can show it: {error.reason}"))
            continue
        if ledger.plan(connection, draft, now):
            drafts.append(draft)
    dues = [one.at for one in known_posts(connection, mine) if one.state in ("planned", "sent")]
    dry = runs_dry(dues, terms.rota, now, desk.project.config.schedule.dry_days)
    return Planned(terms, account, tuple(drafts), tuple(left), dry, doubled=twice)


def _take_out_doubled(
    connection: Connection, account: Account, choices: Sequence[Choice], terms: Terms
) -> tuple[Posted, ...]:
    """Cancel planned posts that would say again what a post of another quote says."""
    mine, out = (account.network, account.id), list[Posted]()
    days = terms.rules.evergreen_days
    for one, other in list(doubled(choices, known_posts(connection, mine), days)):
        waiting = queue.listing(connection, states=PLANNED, account=mine, quote=one.quote)
        numbers = [post.id for post in waiting if post.key.occasion == one.occasion]
        why = f"{VOID}says the same as {other.quote}, which goes out for both"
        out += queue.cancel(connection, numbers, why)
    return tuple(out)


def _pins(connection: Connection, account: Account, desk: Desk, now: datetime) -> list[Pin]:
    """Times that people chose for quotes whose post was void, as soon as they stand again."""
    mine = (account.network, account.id)
    found = queue.listing(connection, states=_CANCELLED, account=mine, since=now)
    return [
        Pin(quote=one.key.quote, due=one.due, words=one.look.get("wording"))
        for one in found
        if one.pinned and one.due and was_void(one) and one.key.quote in desk.material.quotes
    ]


def _is_whole(words: str, draft: Draft) -> bool:
    """Whether a person's own words are all there: what they wrote beside fields."""
    pieces = re.split(r"\{[a-z]+\}", " ".join(words.split()))
    text = " ".join(draft.words.text.split())
    return all(piece.strip(" ,;:–—-") in text for piece in pieces)
