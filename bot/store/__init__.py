"""Where a library is kept: one schema in SQLite or PostgreSQL, one transaction per change."""

from bot.store.engine import Store, open_store

__all__ = ["Store", "open_store"]
