"""Alembic's entry: runs the migrations on the connection, and in the transaction, it is handed.

A new revision: ``alembic revision`` needs no settings file, ``bot.store.revisions`` has the folder.
"""

from alembic import context

from bot.store.schema import metadata
from bot.store.watching import is_ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
