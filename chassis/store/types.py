"""Column types that mean the same on PostgreSQL and on SQLite."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON, indexed where the database can."""

BigId = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A 64-bit number that the database counts up; SQLite counts only columns of type INTEGER."""


def storable(value: object) -> Any:
    """Give a value of any origin as JSON or text that every database keeps: no NUL, no half character, no foreign type."""
    match value:
        case None | bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case str():
            return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
        case Mapping():
            return {storable(str(name)): storable(item) for name, item in value.items()}
        case list() | tuple():
            return [storable(item) for item in value]
        case _:
            return storable(str(value))


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware instant in UTC; refuses naive ones, which mean a different moment on every machine."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """The type of the values; a decorator does not know it by itself, and cursors are read by it."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """Store as UTC; SQLite keeps no zone, so there the zone is left off."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Read as aware UTC."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
