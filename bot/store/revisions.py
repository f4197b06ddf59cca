"""Which revision of the schema a database has, and how it gets the newest one.

A new database is made from the schema itself and stamped, as Alembic costs 0.15 s to import; only
an older one is upgraded through it.
"""

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    select,
)

from bot.errors import LibraryError
from bot.store.indexing import catch_up
from bot.store.schema import HEAD, metadata
from bot.store.watching import watch

MIGRATIONS = Path(__file__).with_name("migrations")

# As Alembic makes it; in a MetaData of its own, so that it is no part of our schema.
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def found(connection: Connection, place: str) -> str | None:
    """The revision of the database, None for one without tables; LibraryError for another's."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    revision = connection.scalar(select(_version)) if _version.name in tables else None
    if revision is None:
        reason = "holds the tables of another program"
        raise LibraryError(reason, place=place, remedy="name another file")
    return str(revision)


def create(connection: Connection) -> None:
    """Make every table and stamp the newest revision."""
    metadata.create_all(connection)
    watch(connection)
    _version.create(connection)
    connection.execute(insert(_version).values(version_num=HEAD))


def upgrade(connection: Connection, place: str, folder: Path) -> None:
    """Bring an older database to the newest revision inside the caller's transaction.

    Raises LibraryError when the database has a revision that ``folder`` does not know.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found(connection, place) not in known | {None}:
        reason = "was written by a newer version of pullquote"
        raise LibraryError(reason, place=place, remedy="update it: pip install -U pullquote")
    command.upgrade(config, "head")
    watch(connection)
    catch_up(connection)
