"""Feeds that are followed, and what became of their episodes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables, the parent first."""
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("busy_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
    )
    op.create_table(
        "episodes",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("talk", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("feed", "id", name=op.f("pk_episodes")),
        sa.ForeignKeyConstraint(["feed"], ["feeds.url"], name=op.f("fk_episodes_feed")),
        sa.ForeignKeyConstraint(["talk"], ["talks.id"], name=op.f("fk_episodes_talk")),
    )


def downgrade() -> None:
    """Drop them, the child first."""
    op.drop_table("episodes")
    op.drop_table("feeds")
