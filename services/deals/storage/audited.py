"""What the audit reads by itself: each kind of aggregate, its table, and the rows that are parts of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.money import Money
from services.deals.domain.percent import percent_of
from services.deals.storage.quantities import quantity_of
from services.deals.storage.tables import (
    customer_order_lines,
    customer_orders,
    files,
    obligations,
    payments,
    process_drafts,
    proposal_lines,
    proposal_responses,
    proposal_versions,
    proposals,
    return_lines,
    returns,
    sale_terms,
    sales_targets,
    shipment_lines,
    shipments,
    supplier_order_lines,
    supplier_orders,
)

_MONEY, _PERCENT = "_minor", "_ppm"
_QUANTITIES = frozenset({"quantity", "in_stock", "shipped", "procured", "received", "returned"})
_SIZES = frozenset({"size", "fulfilled"})
"""Columns of money or, without a currency, of a quantity."""


class Parts(dict[str, Any]):
    """Parts of an aggregate under their keys, or what one of them says."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows that are parts of an aggregate: `owner` holds its id, `path` tells where a row is in it.

    Names in a path are as they are, columns give keys: `lines.3` is the line of number 3.
    """

    table: sa.Table
    owner: sa.Column[UUID]
    path: tuple[str | sa.Column[Any], ...]
    through: sa.Table | None = None
    where: sa.ColumnElement[bool] | None = None

    def select(self, ids: Sequence[UUID]) -> sa.Select[Any]:
        """Select the rows of aggregates, with `owner` and the keys of their paths."""
        keys = [column.label(f"key_{place}") for place, column in enumerate(self.path) if not isinstance(column, str)]
        said = [column for column in self.table.c if not (column.primary_key or self._places(column))]
        source = self.table if self.through is None else self.through.join(self.table)
        select = sa.select(self.owner.label("owner"), *keys, *said).select_from(source).where(self.owner.in_(ids))
        return select if self.where is None else select.where(self.where)

    def _places(self, column: sa.Column[Any]) -> bool:
        """Tell whether a column only says where a row belongs."""
        above = any(key.column.table is self.through for key in column.foreign_keys)
        return above or any(column is one for one in (self.owner, *self.path))

    def put(self, row: sa.RowMapping, into: dict[str, Any]) -> None:
        """Put a row where it belongs in the state of its aggregate."""
        *way, last = [
            step if isinstance(step, str) else str(row[f"key_{place}"]) for place, step in enumerate(self.path)
        ]
        here = into
        for step in way:
            here = here.setdefault(step, Parts())
        keys = {f"key_{place}" for place in range(len(self.path))} | {"owner"}
        columns = {name: value for name, value in row.items() if name not in keys}
        here[last] = Parts(_shown(columns, into.get("currency")))


@dataclass(frozen=True, kw_only=True)
class Audited:
    """A kind of aggregate: its table has `id` and, where it belongs to a deal, `deal_id`."""

    name: str
    table: sa.Table
    parts: tuple[Part, ...] = ()

    def read(self, connection: sa.Connection, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        """Read how aggregates stand, those that are there, as the API says it: money as amounts, parts under their keys."""
        if not ids:
            return {}
        c = self.table.c
        rows = connection.execute(sa.select(self.table).where(c.id.in_(ids))).mappings()
        found = {row["id"]: _shown(row, row.get("currency")) for row in rows}
        for part in self.parts:
            for row in connection.execute(part.select(ids)).mappings():
                part.put(row, found[row["owner"]])
        return found


def _shown(row: Mapping[str, Any] | sa.RowMapping, currency: str | None) -> dict[str, Any]:
    own = row.get("currency") or currency
    return dict(_value(name, value, own) for name, value in row.items() if name != "base_minor")  # follows from rates


def _value(name: str, value: Any, currency: str | None) -> tuple[str, Any]:
    if name.endswith(_PERCENT):
        return name.removesuffix(_PERCENT) + "_percent", None if value is None else percent_of(value)
    if name.endswith(_MONEY) or (name in _SIZES and currency):
        shown = None if value is None or currency is None else Money(minor=value, currency=currency).to_json()
        return name.removesuffix(_MONEY), shown
    if name in _QUANTITIES or name in _SIZES:
        return name, quantity_of(value)
    return name, value


CUSTOMER_ORDER = Audited(
    name="customer_order",
    table=customer_orders,
    parts=(
        Part(
            table=customer_order_lines,
            owner=customer_order_lines.c.order_id,
            path=("lines", customer_order_lines.c.number),
        ),
    ),
)
SUPPLIER_ORDER = Audited(
    name="supplier_order",
    table=supplier_orders,
    parts=(
        Part(
            table=supplier_order_lines,
            owner=supplier_order_lines.c.supplier_order_id,
            path=("lines", supplier_order_lines.c.number),
        ),
    ),
)
PROPOSAL = Audited(
    name="proposal",
    table=proposals,
    parts=(
        Part(
            table=proposal_versions,
            owner=proposal_versions.c.proposal_id,
            path=("versions", proposal_versions.c.number),
        ),
        Part(
            table=proposal_lines,
            owner=proposal_versions.c.proposal_id,
            path=("versions", proposal_versions.c.number, "lines", proposal_lines.c.place),
            through=proposal_versions,
        ),
        Part(
            table=proposal_responses,
            owner=proposal_versions.c.proposal_id,
            path=("versions", proposal_versions.c.number, "response"),
            through=proposal_versions,
            where=proposal_responses.c.replaced_at.is_(None),
        ),
    ),
)
SHIPMENT = Audited(
    name="shipment",
    table=shipments,
    parts=(
        Part(
            table=shipment_lines,
            owner=shipment_lines.c.shipment_id,
            path=("lines", shipment_lines.c.order_id, shipment_lines.c.line),
        ),
    ),
)
RETURN = Audited(
    name="return",
    table=returns,
    parts=(
        Part(
            table=return_lines,
            owner=return_lines.c.return_id,
            path=("lines", return_lines.c.order_id, return_lines.c.line),
        ),
    ),
)
PAYMENT = Audited(name="payment", table=payments)
OBLIGATION = Audited(name="obligation", table=obligations)
SALE_TERMS = Audited(name="sale_terms", table=sale_terms)
SALES_TARGET = Audited(name="sales_target", table=sales_targets)
FILE = Audited(name="file", table=files)
PROCESS_DRAFT = Audited(name="process_draft", table=process_drafts)
