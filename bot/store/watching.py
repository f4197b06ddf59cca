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
    "transcripts": ("lines", "cues, talk"),
    "talks": ("talk", "title, date, speakers"),
    "posts": ("quote", "state, network, quote"),
}
_KEYS = {"quotes": "id", "transcripts": "talk", "talks": "id", "posts": "quote"}


def watch(connection: Connection) -> None:
    """Make the indexes that are not there, and every trigger anew."""
    statements = _sqlite() if connection.dialect.name == "sqlite" else _server()
    for statement in statements:
        connection.exec_driver_sql(statement)


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Whether Alembic should compare this: an index and what SQLite keeps it in are not told of."""
    return not (kind in ("table", "index") and str(name).startswith(tuple(INDEXES.values())))


def document() -> str:
    """What PostgreSQL indexes of a row, and must be asked for word by word as it is written here.

    The terms are ready made, so no dictionary of the server has a say.
    """
    terms = "string_to_array(words || ' ' || marks, ' ')"
    return f"array_to_tsvector(array_remove({terms}, ''))"


# Names of tables and columns in the statements below are those above, nothing that was read.


def _sqlite() -> Iterator[str]:
    for table, index in INDEXES.items():
        tokens = "tokenize=\"ascii tokenchars '=_'\""
        kept = f"words, marks, content='{table}', content_rowid='place'"
        yield f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5({kept}, {tokens})"
        added = "(rowid, words, marks) VALUES (NEW.place, NEW.words, NEW.marks)"
        gone = "VALUES ('delete', OLD.place, OLD.words, OLD.marks)"
        into = f"INSERT INTO {index}"
        yield from _trigger(f"{table}_added", f"INSERT ON {table}", f"{into} {added}")
        yield from _trigger(
            *(f"{table}_gone", f"DELETE ON {table}"),
            f"{into} ({index}, rowid, words, marks) {gone}",
        )
    for table, (kind, columns) in _WATCHED.items():
        note = f"INSERT OR IGNORE INTO unindexed VALUES ('{kind}', {{}}.{_KEYS[table]})"  # noqa: S608
        changed = f"UPDATE OF {columns} ON {table}"
        yield from _trigger(f"{table}_added", f"INSERT ON {table}", note.format("NEW"))
        yield from _trigger(f"{table}_changed", changed, note.format("NEW"))
        yield from _trigger(f"{table}_gone", f"DELETE ON {table}", note.format("OLD"))


def _trigger(name: str, event: str, what: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} AFTER {event} BEGIN {what}; END"


def _server() -> Iterator[str]:
    for table, index in INDEXES.items():
        yield f"CREATE INDEX IF NOT EXISTS {index} ON {table} USING gin (({document()}))"
    for table, (kind, columns) in _WATCHED.items():
        values = f"('{kind}', {{}}.{_KEYS[table]}) ON CONFLICT DO NOTHING;"
        note = f"INSERT INTO unindexed VALUES {values}"  # noqa: S608
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_noted() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF TG_OP = 'DELETE' THEN {note.format('OLD')} ELSE {note.format('NEW')} "
            "END IF; RETURN NULL; END $$"
        )
        yield f"DROP TRIGGER IF EXISTS {table}_noted ON {table}"
        events = f"INSERT OR UPDATE OF {columns} OR DELETE ON {table}"
        yield (
            f"CREATE TRIGGER {table}_noted AFTER {events} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_noted()"
        )
