"""The one schema: talks, their transcripts, the quotes chosen from them and what people decided.

To change it: change the tables here, add ``migrations/versions/000N_….py`` that does the same to a
database that exists, set ``HEAD`` to its revision; a test proves that both ways end alike.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store import publishing as publishing
from bot.store.checked import check
from bot.store.columns import Compressed, UtcDateTime
from bot.store.naming import metadata as metadata

HEAD = "0008"

talks = Table(
    "talks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("speakers", JSON, nullable=False),
    Column("event", Text),
    Column("url", Text, index=True),
    Column("date", Text),
    Column("language", Text),
    Column("duration_ms", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("media", Text),
    Column("embargo_until", Text),
    Column("permission", String(16)),
    Column("timeline", String(16)),
    # Misheard words of this talk and what was meant, over those of the settings.
    Column("glossary", JSON, nullable=False, default=dict),
)
# Talks with such words, as an index knows them: a harvest asks whether there are any.
MENDED = {"sqlite": text("glossary <> '{}'"), "postgresql": text("glossary::text <> '{}'")}
Index(
    "ix_talks_mended",
    talks.c.id,
    sqlite_where=MENDED["sqlite"],
    postgresql_where=MENDED["postgresql"],
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),  # the name without case and marks
    Column("name", Text, nullable=False),
    Column("role", Text),
    Column("photo", Text),
    Column("handles", JSON, nullable=False),
)

transcripts = Table(
    "transcripts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("talk", ForeignKey("talks.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("format", String(32), nullable=False),
    Column("source_hash", String(64), nullable=False, index=True),
    Column("raw", Compressed, nullable=False),
    Column("cues", Compressed, nullable=False),
    Column("cues_present", Integer, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    # Of what it was harvested with: while that is the same, so are its quotes.
    Column("recipe", String(64)),
    UniqueConstraint("talk", "source_hash"),
)
NEWEST_FIRST = transcripts.c.read_at.desc(), transcripts.c.id.desc()

quotes = Table(
    "quotes",
    metadata,
    Column("id", String(8), primary_key=True),
    Column("talk", ForeignKey("talks.id"), nullable=False),
    Column("transcript", ForeignKey("transcripts.id"), nullable=False, index=True),
    Column("said", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("edits", JSON, nullable=False),
    Column("start_ms", Integer, nullable=False),
    Column("end_ms", Integer, nullable=False),
    Column("approximate", Boolean, nullable=False),
    Column("speaker", Text, index=True),
    Column("role", String(16)),
    Column("how", String(16)),
    Column("confidence", Double),
    Column("score", Double, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("language", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False, default=""),
    # One more with every change: a page that shows an older one is stale.
    Column("revision", Integer, nullable=False, default=0),
    CheckConstraint("status IN ('candidate', 'approved', 'rejected', 'retracted')", name="status"),
    Index(None, "talk", "status"),
    Index(None, "status", "score"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quote", ForeignKey("quotes.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(16), nullable=False),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    # What else of the quote the decision changed, as it was before and since: column → value.
    Column("was", JSON, nullable=False),
    Column("became", JSON, nullable=False, default=dict),
    Column("undone_at", UtcDateTime),
    Column("undone_by", Text),
)

# What people changed of a talk or a person: columns → values, before and since.
talk_history = Table(
    "talk_history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("talk", ForeignKey("talks.id"), index=True),
    Column("person", ForeignKey("people.id"), index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("was", JSON, nullable=False),
    Column("became", JSON, nullable=False),
)

# Speakers taken down for good; the id is that of people, who may be nobody we know more of.
barred = Table(
    "barred",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    # What the server marked its last answer with, once nothing of that answer waits.
    Column("etag", Text),
    Column("modified", Text),
    # Until when a run works on it: two at once would do everything twice.
    Column("busy_until", UtcDateTime),
)

episodes = Table(
    "episodes",
    metadata,
    Column("feed", ForeignKey("feeds.url"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("talk", ForeignKey("talks.id")),  # none: it could not be harvested
    Column("reason", Text),
    Column("tries", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True),  # the name without case
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),  # as argon2 keeps it, with its salt
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("role IN ('editor', 'publisher')", name="role"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user", ForeignKey("users.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

sign_ins = Table(  # that are tried, or failed: one that succeeds takes its row away
    "sign_ins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name_hash", String(64), nullable=False),  # a password may be typed as a name
    Column("address", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Index(None, "name_hash", "at"),
    Index(None, "address", "at"),
)

speaker_links = Table(
    "speaker_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("talk", ForeignKey("talks.id"), nullable=False, index=True),
    Column("speaker", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

# What search goes by, made from the tables above by bot/store/indexing.py. ``place`` orders: the
# best quote first, the newest transcript first. ``words`` and ``marks`` are terms with spaces
# between; bot/store/watching.py makes the full-text indexes over them.
_Place = BigInteger().with_variant(Integer(), "sqlite")

quote_index = Table(
    "quote_index",
    metadata,
    Column("place", _Place, primary_key=True, autoincrement=False),
    Column("quote", String(8), nullable=False, unique=True),
    Column("words", Text, nullable=False),
    Column("marks", Text, nullable=False),
)

line_index = Table(
    "line_index",
    metadata,
    Column("place", _Place, primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
    Column("marks", Text, nullable=False),
)

# What a talk that comes again is found by, made from the tables above by bot/store/keys.py.
talk_keys = Table(
    "talk_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("talk", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# Rows that changed since they were indexed: triggers note them, whoever changed them.
unindexed = Table(
    "unindexed",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("id", Text, primary_key=True),
)

check(metadata)
