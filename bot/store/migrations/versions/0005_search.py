"""What search goes by; all that is there waits to be indexed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and note every quote and transcript as not yet indexed."""
    op.create_table(
        "quote_index",
        sa.Column("place", _PLACE, autoincrement=False, nullable=False),
        sa.Column("quote", sa.String(8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_quote_index")),
        sa.UniqueConstraint("quote", name=op.f("uq_quote_index_quote")),
    )
    op.create_table(
        "line_index",
        sa.Column("place", _PLACE, autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_line_index")),
    )
    op.create_table(
        "unindexed",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_unindexed")),
    )
    op.execute("INSERT INTO unindexed SELECT 'quote', id FROM quotes")
    op.execute("INSERT INTO unindexed SELECT DISTINCT 'lines', talk FROM transcripts")


def downgrade() -> None:
    """Drop them."""
    for table in ("unindexed", "line_index", "quote_index"):
        op.drop_table(table)
