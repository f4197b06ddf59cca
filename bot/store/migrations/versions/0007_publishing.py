"""Publishing: what a post holds and who works on it; pictures, accounts, timelines, costs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns, empty for the receipts that are there, and the tables."""
    _fill_posts(
        sa.Column("payload", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("why", sa.Text(), nullable=False, server_default=""),
        sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("fence", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("intent", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
    )
    for name in ("due_at", "planned_at", "lease_until", "first_at", "not_before"):
        op.add_column("posts", sa.Column(name, UtcDateTime()))
    op.add_column("posts", sa.Column("worker", sa.Text()))
    op.create_index(op.f("ix_posts_state_due_at"), "posts", ["state", "due_at"])
    _add_accounts()
    _add_pictures()
    _add_work()
    _index_posted()


def _index_posted() -> None:
    """Where a quote was posted can be searched for from now on."""
    known = "SELECT id FROM unindexed WHERE kind = 'quote'"
    rows = f"SELECT DISTINCT 'quote', quote FROM posts WHERE quote NOT IN ({known})"  # noqa: S608
    op.execute(f"INSERT INTO unindexed (kind, id) {rows}")


def _fill_posts(*columns: "sa.Column[Any]") -> None:
    for column in columns:
        op.add_column("posts", column)
    with op.batch_alter_table("posts") as changed:
        for column in columns:
            changed.alter_column(column.name, existing_type=column.type, server_default=None)


def _add_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("network", sa.String(32), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("paused", sa.Text(), nullable=False),
        sa.Column("paused_at", UtcDateTime()),
        sa.Column("reconciled_at", UtcDateTime()),
        sa.Column("newest", sa.Text()),
        sa.Column("rest_until", UtcDateTime()),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("network", "id", name=op.f("pk_accounts")),
    )
    op.create_table(
        "timeline",
        sa.Column("network", sa.String(32), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network", "account", "remote_id", name=op.f("pk_timeline")),
    )


def _add_pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("mime", sa.String(32), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_pictures")),
    )


def _add_work() -> None:
    op.create_table(
        "spending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(32), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("dollars", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending")),
    )
    of_account = ["network", "account", "at"]
    op.create_index(op.f("ix_spending_network_account_at"), "spending", of_account)
    op.create_table(
        "workers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("stopped_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    op.create_table(
        "alerts",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("passed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_alerts")),
    )
