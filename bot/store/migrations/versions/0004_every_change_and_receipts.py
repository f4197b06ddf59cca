"""Every change is kept: notes, revisions, histories; who is taken down; what went out."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.store.columns import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns, empty for what is there, and the tables."""
    _fill("talks", sa.Column("glossary", sa.JSON(), nullable=False, server_default="{}"))
    _fill(
        "quotes",
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
    )
    _fill("decisions", sa.Column("became", sa.JSON(), nullable=False, server_default="{}"))
    _add_histories()
    _add_posts()


def _fill(table: str, *columns: "sa.Column[Any]") -> None:
    """Add columns whose default is for the rows that are there alone."""
    for column in columns:
        op.add_column(table, column)
    with op.batch_alter_table(table) as changed:
        for column in columns:
            changed.alter_column(column.name, existing_type=column.type, server_default=None)


def _add_histories() -> None:
    op.create_table(
        "talk_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talk", sa.Text()),
        sa.Column("person", sa.Text()),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_history")),
        sa.ForeignKeyConstraint(["talk"], ["talks.id"], name=op.f("fk_talk_history_talk")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_talk_history_person")),
    )
    op.create_index(op.f("ix_talk_history_talk"), "talk_history", ["talk"])
    op.create_index(op.f("ix_talk_history_person"), "talk_history", ["person"])
    op.create_table(
        "barred",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barred")),
    )


def _add_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(32), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("quote", sa.String(8), nullable=False),
        sa.Column("occasion", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("remote_id", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.ForeignKeyConstraint(["quote"], ["quotes.id"], name=op.f("fk_posts_quote")),
        sa.UniqueConstraint(
            *("network", "account", "quote", "occasion"),
            name=op.f("uq_posts_network_account_quote_occasion"),
        ),
    )
    op.create_index(op.f("ix_posts_quote"), "posts", ["quote"])
