"""The tables of publishing: posts, their pictures, accounts and what happens with them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
)

from bot.store.columns import UtcDateTime
from bot.store.naming import metadata

# The ledger: at most one row for a quote's occasion on an account, with all that is sent.
posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network", String(32), nullable=False),
    Column("account", Text, nullable=False),  # the network's own permanent id
    Column("quote", ForeignKey("quotes.id"), nullable=False, index=True),
    Column("occasion", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("remote_id", Text),
    Column("url", Text),
    Column("at", UtcDateTime),  # when it went out
    Column("due_at", UtcDateTime),
    # Words, facets, pictures' hashes and alts, language …: complete, and never changed.
    Column("payload", JSON, nullable=False, default=dict),
    Column("why", Text, nullable=False, default=""),
    Column("pinned", Boolean, nullable=False, default=False),
    Column("revision", Integer, nullable=False, default=0),  # of the quote as it was planned
    Column("planned_at", UtcDateTime),
    # Who works on it: a higher fence than one's own means that another took over.
    Column("fence", Integer, nullable=False, default=0),
    Column("worker", Text),
    Column("lease_until", UtcDateTime),
    Column("first_at", UtcDateTime),  # of the first claim, sent as the post's own time
    Column("intent", JSON, nullable=False, default=dict),  # what uploading gave, before sending
    Column("tries", Integer, nullable=False, default=0),
    Column("not_before", UtcDateTime),
    Column("reason", Text, nullable=False, default=""),
    UniqueConstraint("network", "account", "quote", "occasion"),
    Index(None, "state", "due_at"),
)

pictures = Table(  # of posts, each once
    "pictures",
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of the bytes
    Column("data", LargeBinary, nullable=False),
    Column("mime", String(32), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("network", String(32), primary_key=True),
    Column("id", Text, primary_key=True),  # the network's own permanent id
    Column("label", Text, nullable=False),  # its name in the settings
    Column("handle", Text, nullable=False),
    Column("url", Text),
    Column("paused", Text, nullable=False, default=""),  # why; empty: it is not
    Column("paused_at", UtcDateTime),
    Column("reconciled_at", UtcDateTime),  # none: its timeline was never matched
    Column("newest", Text),  # the newest post of its timeline that was seen
    Column("rest_until", UtcDateTime),
    Column("limits", JSON, nullable=False, default=dict),
)

# Posts on an account's timeline that no row of the ledger is of: what was posted by hand.
timeline = Table(
    "timeline",
    metadata,
    Column("network", String(32), primary_key=True),
    Column("account", Text, primary_key=True),
    Column("remote_id", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("url", Text),
    Column("words", Text, nullable=False),  # of text and pictures, as they are compared
)

spending = Table(
    "spending",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("network", String(32), nullable=False),
    Column("account", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("what", Text, nullable=False),
    Column("dollars", Double, nullable=False),
    Index(None, "network", "account", "at"),
)

workers = Table(
    "workers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("beat_at", UtcDateTime, nullable=False),
    Column("doing", Text, nullable=False, default=""),
    Column("stopped_at", UtcDateTime),
)

alerts = Table(  # each told once, until what it is of has passed
    "alerts",
    metadata,
    Column("event", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("passed_at", UtcDateTime),
)


def of_account(table: Table, network: str, number: str) -> ColumnElement[bool]:
    """The condition that a row of ``posts``, ``timeline`` or ``spending`` is of this account."""
    return and_(table.c.network == network, table.c.account == number)


def is_post(network: str, number: str, quote: str, occasion: int) -> ColumnElement[bool]:
    """The condition that a row of ``posts`` has this key."""
    mine = of_account(posts, network, number)
    return and_(mine, posts.c.quote == quote, posts.c.occasion == occasion)
