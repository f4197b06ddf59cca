"""The first schema: talks, transcripts, quotes, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _talks() -> None:
    op.create_table(
        "talks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("speakers", sa.JSON(), nullable=False),
        sa.Column("event", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
    )
    op.create_index(op.f("ix_talks_url"), "talks", ["url"])


def _transcripts() -> None:
    op.create_table(
        "transcripts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talk", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("format", sa.String(32), nullable=False),
        sa.Column("source_hash", sa.String(64), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("cues", sa.LargeBinary(), nullable=False),
        sa.Column("cues_present", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcripts")),
        sa.UniqueConstraint("talk", "source_hash", name=op.f("uq_transcripts_talk_source_hash")),
        sa.ForeignKeyConstraint(["talk"], ["talks.id"], name=op.f("fk_transcripts_talk")),
    )
    op.create_index(op.f("ix_transcripts_source_hash"), "transcripts", ["source_hash"])


def _quotes() -> None:
    op.create_table(
        "quotes",
        sa.Column("id", sa.String(8), nullable=False),
        sa.Column("talk", sa.Text(), nullable=False),
        sa.Column("transcript", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("role", sa.String(16)),
        sa.Column("how", sa.String(16)),
        sa.Column("confidence", sa.Double()),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sa.ForeignKeyConstraint(["talk"], ["talks.id"], name=op.f("fk_quotes_talk")),
        sa.ForeignKeyConstraint(
            ["transcript"], ["transcripts.id"], name=op.f("fk_quotes_transcript")
        ),
        sa.CheckConstraint(
            "status IN ('candidate', 'approved', 'rejected', 'retracted')",
            name=op.f("ck_quotes_status"),
        ),
    )
    op.create_index(op.f("ix_quotes_transcript"), "quotes", ["transcript"])
    op.create_index(op.f("ix_quotes_speaker"), "quotes", ["speaker"])
    op.create_index(op.f("ix_quotes_talk_status"), "quotes", ["talk", "status"])
    op.create_index(op.f("ix_quotes_status_score"), "quotes", ["status", "score"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("before", sa.String(16), nullable=False),
        sa.Column("after", sa.String(16), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.ForeignKeyConstraint(["quote"], ["quotes.id"], name=op.f("fk_decisions_quote")),
    )
    op.create_index(op.f("ix_decisions_quote"), "decisions", ["quote"])


def upgrade() -> None:
    """Make the four tables, parents first."""
    _talks()
    _transcripts()
    _quotes()
    _decisions()


def downgrade() -> None:
    """Drop them, children first."""
    for table in ("decisions", "quotes", "transcripts", "talks"):
        op.drop_table(table)
