"""Which revision of the schema a database has, and how it gets the newest one.

A new database is made from the schema itself and stamped, as Alembic costs 0.15 s to import; only
an older one is upgraded through it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

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
    text,
)

from bot.errors import LibraryError
from bot.store.indexing import catch_up
from bot.store.schema import HEAD, metadata
from bot.store.watching import watch

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")

# As Alembic makes it; in a MetaData of its own, so that it is no part of our schema.
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
# Asked in every transaction that writes: an inspector would take thrice as long.
_STAMP = select(_version)
_IS_STAMPED = {
    "sqlite": text(f"SELECT 1 FROM sqlite_master WHERE name = '{_version.name}'"),  # noqa: S608
    "postgresql": text(f"SELECT to_regclass('{_version.name}') IS NOT NULL"),
}


def found(connection: Connection, place: str) -> str | None:
    """The revision of the database, None for one without tables; LibraryError for another's."""
    is_stamped = connection.scalar(_IS_STAMPED[connection.dialect.name])
    revision = connection.scalar(_STAMP) if is_stamped else None
    if revision is None:
        if not is_stamped and not inspect(connection).get_table_names():
            return None
        reason = "holds the tables of another program"
        raise LibraryError(reason, place=place, remedy="name another file")
    return str(revision)


def create(connection: Connection) -> None:
    """Make every table and stamp the newest revision."""
    metadata.create_all(connection)
    watch(connection)
    _version.create(connection)
    connection.execute(insert(_version).values(version_num=HEAD))


def refuse_unknown(revision: str | None, place: str, folder: Path) -> None:
    """Raises LibraryError for a revision that ``folder`` does not know."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(folder)).walk_revisions()
    if revision not in {script.revision for script in scripts} | {None}:
        reason = "was written by a newer version of pullquote"
        raise LibraryError(reason, place=place, remedy="update it: pip install -U pullquote")


def upgrade(connection: Connection, folder: Path, to: str = "head") -> None:
    """Bring an older database to a later revision inside the caller's transaction."""
    from alembic import command

    config = _config(folder)
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if to == "head":
        watch(connection)
        catch_up(connection)


def _config(folder: Path) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config
