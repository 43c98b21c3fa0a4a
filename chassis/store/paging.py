"""Keyset paging: a page costs the same wherever it lies, and does not shift when rows come in before it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.errors import Undecodable, refuse
from chassis.wire import Json, decode, encode

LARGEST_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class PageRequest:
    """Which rows of a list: the first so many after a cursor; `total` asks also for the count of all."""

    first: int = 20
    after: str | None = None
    total: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.first <= LARGEST_PAGE:
            raise refuse("PAGE_TOO_LARGE", f"a page has 0 to {LARGEST_PAGE} rows; {self.first} were asked for", "first")


@dataclass(frozen=True)
class Order:
    """One column that the list is sorted by; the last one must be unique. Columns may not be NULL."""

    column: sa.ColumnElement[Any]
    descending: bool = False


def page(
    connection: sa.Connection,
    select: sa.Select[Any],
    order: Sequence[Order],
    request: PageRequest,
    to_json: Callable[[sa.Row[Any]], Json],
) -> Json:
    """Read a page: {"nodes", "cursors", "has_next", "total"}; raise Refused for a cursor of another list.

    The select must hold every column of the order.
    """
    # MAX of each order column would need another read: one row more than asked for tells whether there is a next page
    statement = select.order_by(*(o.column.desc() if o.descending else o.column.asc() for o in order))
    if request.after is not None:
        statement = statement.where(_beyond(order, _read_cursor(request.after, order)))
    keys = [o.column.label(f"_key_{i}") for i, o in enumerate(order)]
    rows = connection.execute(statement.add_columns(*keys).limit(request.first + 1)).all()
    shown = rows[: request.first]
    total = None
    if request.total:
        total = connection.execute(
            sa.select(sa.func.count()).select_from(select.order_by(None).subquery())
        ).scalar_one()
    return {
        "nodes": [to_json(row) for row in shown],
        "cursors": [_write_cursor(row[-len(order) :]) for row in shown],
        "has_next": len(rows) > request.first,
        "total": total,
    }


def _beyond(order: Sequence[Order], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Say "after these values", also where columns go in different directions: a>x OR (a=x AND b<y) …"""
    if len({o.descending for o in order}) == 1:  # a row comparison can use one index
        left = sa.tuple_(*(o.column for o in order))
        right = sa.tuple_(*(sa.bindparam(None, v, o.column.type) for v, o in zip(values, order, strict=True)))
        return left < right if order[0].descending else left > right
    cases = []
    for i, (one, value) in enumerate(zip(order, values, strict=True)):
        equal = [o.column == v for o, v in zip(order[:i], values[:i], strict=True)]
        cases.append(sa.and_(*equal, one.column < value if one.descending else one.column > value))
    return sa.or_(*cases)


def _write_cursor(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(encode(list(values))).decode().rstrip("=")


def _read_cursor(cursor: str, order: Sequence[Order]) -> list[Any]:
    try:
        raw = decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(raw, list) or len(raw) != len(order):
            raise ValueError("another list's cursor")
        return [_as_column(value, o.column) for value, o in zip(raw, order, strict=True)]
    except (Undecodable, ValueError, TypeError, binascii.Error):
        raise refuse("INVALID_CURSOR", f"{cursor[:50]!r} is not a cursor of this list", "after") from None


def _as_column(value: Any, column: sa.ColumnElement[Any]) -> Any:
    kind = column.type.python_type
    if isinstance(value, kind):
        return value
    if kind is datetime or hasattr(kind, "fromisoformat"):
        return kind.fromisoformat(value)
    return kind(value)
