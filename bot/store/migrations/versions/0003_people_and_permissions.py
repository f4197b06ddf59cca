"""What a table says of talks and people; what a transcript was harvested with."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, all of which older talks leave empty, and the table of people."""
    for name, kind in (
        ("media", sa.Text()),
        ("embargo_until", sa.Text()),
        ("permission", sa.String(16)),
        ("timeline", sa.String(16)),
    ):
        op.add_column("talks", sa.Column(name, kind))
    op.add_column("transcripts", sa.Column("recipe", sa.String(64)))
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text()),
        sa.Column("photo", sa.Text()),
        sa.Column("handles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
