"""What a talk that comes again is found by; all talks wait for their keys."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the table, note every talk, and find mended ones without looking at all."""
    op.create_table(
        "talk_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("talk", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "talk", name=op.f("pk_talk_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_talk_keys_talk"), "talk_keys", ["talk"])
    op.create_index(
        op.f("ix_talks_mended"),
        "talks",
        ["id"],
        sqlite_where=sa.text("glossary <> '{}'"),
        postgresql_where=sa.text("glossary::text <> '{}'"),
    )
    op.execute("INSERT INTO unindexed SELECT 'keys', id FROM talks")


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_talks_mended"), "talks")
    op.drop_table("talk_keys")
