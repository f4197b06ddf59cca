"""Full-text indexes over what is searched, and triggers that note what changed.

They are made again whenever a database is made or upgraded: SQLite drops a table's triggers when
it copies the table to change it. What a trigger notes is indexed before the transaction ends
(bot/store/indexing.py), whoever wrote it; another program's changes wait for our next ones.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

INDEXES = {"quote_index": "quote_fts", "line_index": "line_fts"}
# Which changes make a row's part of the index wrong.
_WATCHED = {
    "quotes": ("quote", "said, shown, score, speaker, status, flags, tags, talk"),
    "transcripts": ("talk", "cues, talk"),
    "talks": ("talk", "date, speakers"),
}
_OF_TALK = {"quotes": "id", "transcripts": "talk", "talks": "id"}


def watch(connection: Connection) -> None:
    """Make the indexes that are not there, and every trigger anew."""
    statements = _sqlite() if connection.dialect.name == "sqlite" else _server()
    for statement in statements:
        connection.exec_driver_sql(statement)


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Whether Alembic should compare this: an index and what SQLite keeps it in are not told of."""
    return not (kind in ("table", "index") and str(name).startswith(tuple(INDEXES.values())))


def document(table: str = "") -> str:
    """What PostgreSQL indexes of a row, and must be asked for word by word as it is written here.

    The terms are ready made, so no dictionary of the server has a say.
    """
    row = f"{table}." if table else ""
    terms = f"string_to_array({row}words || ' ' || {row}marks, ' ')"
    return f"array_to_tsvector(array_remove({terms}, ''))"


def _sqlite() -> Iterator[str]:
    for table, index in INDEXES.items():
        yield (
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(words, marks, content='{table}', "
            "content_rowid='place', tokenize=\"ascii tokenchars '=_'\")"
        )
        yield from _trigger_of_sqlite(
            f"{table}_added",
            f"AFTER INSERT ON {table}",
            f"INSERT INTO {index} (rowid, words, marks) VALUES (NEW.place, NEW.words, NEW.marks)",
        )
        yield from _trigger_of_sqlite(
            f"{table}_gone",
            f"AFTER DELETE ON {table}",
            f"INSERT INTO {index} ({index}, rowid, words, marks) "
            "VALUES ('delete', OLD.place, OLD.words, OLD.marks)",
        )
    for table, (kind, columns) in _WATCHED.items():
        key = _OF_TALK[table]
        for name, event, row in (
            ("added", "INSERT", "NEW"),
            ("changed", f"UPDATE OF {columns}", "NEW"),
            ("gone", "DELETE", "OLD"),
        ):
            yield from _trigger_of_sqlite(
                f"{table}_{name}",
                f"AFTER {event} ON {table}",
                f"INSERT OR IGNORE INTO unindexed VALUES ('{kind}', {row}.{key})",
            )


def _trigger_of_sqlite(name: str, when: str, what: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} {when} BEGIN {what}; END"


def _server() -> Iterator[str]:
    for table, index in INDEXES.items():
        yield f"CREATE INDEX IF NOT EXISTS {index} ON {table} USING gin (({document()}))"
    for table, (kind, columns) in _WATCHED.items():
        key = _OF_TALK[table]
        note = f"INSERT INTO unindexed VALUES ('{kind}', {{row}}.{key}) ON CONFLICT DO NOTHING;"
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' THEN {note.format(row='OLD')} "
            f"ELSE {note.format(row='NEW')} END IF; RETURN NULL; END $$"
        )
        yield f"DROP TRIGGER IF EXISTS {table}_noted ON {table}"
        yield (
            f"CREATE TRIGGER {table}_noted AFTER INSERT OR UPDATE OF {columns} OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_noted()"
        )
