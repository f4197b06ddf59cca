"""Column types that keep our promises in any database: aware times, compressed bytes."""

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import msgspec
from isal import isal_zlib
from sqlalchemy import DateTime, Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

_LEVEL = 3  # isal's best: a sixth of the time of zlib's usual one, for 8 % more bytes

_write = msgspec.json.Encoder().encode


class DamagedRow(ValueError):  # noqa: N818 - what it is of
    """A value in a row that nobody of ours wrote there."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused with ``ValueError``."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time back aware; SQLite forgets the zone, which was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """Read what the database has; ``DamagedRow`` for what is no time."""
        read = super().result_processor(dialect, coltype)

        def checked(value: Any) -> datetime | None:
            try:
                return read(value) if read else value
            except (ValueError, TypeError) as error:
                raise DamagedRow(f"a time that is none: {str(value)[:40]!r}") from error

        return checked


class Compressed(TypeDecorator[bytes]):
    """Bytes kept as zlib packs them; damaged ones raise ``zlib.error`` when read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Pack the bytes."""
        return None if value is None else isal_zlib.compress(value, _LEVEL)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Unpack the bytes."""
        return None if value is None else zlib.decompress(value)


def to_json(value: object) -> str:
    """A value as JSON, our frozen types as objects: msgspec writes it in a tenth of the time.

    What it cannot write, or writes as null, is left to ``json``: half surrogates and NaN.
    """
    try:
        written = _write(value)
    except UnicodeEncodeError:
        written = b"null"
    return json.dumps(value, default=asdict) if b"null" in written else written.decode()
