"""Which deals a report is about, as a condition in SQL and in Python."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.wire import encode
from services.reporting.domain.deals.history import Standing
from services.reporting.storage.merged_partners import all_one_with
from services.reporting.storage.moment import Moment
from services.reporting.storage.segments import members
from services.reporting.storage.tables import deal_products, partners

__all__ = ["Moment", "Scope", "among", "deals_about"]


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What narrows a report, None where it does not; `managers` may hold None for what has no manager.

    `segments` are those to which a partner belongs at the moment of the report.
    """

    moment: Moment
    managers: frozenset[UUID | None] | None = None
    partners: frozenset[UUID] | None = None
    sources: frozenset[str] | None = None
    products: frozenset[str] | None = None
    processes: frozenset[str] | None = None
    segments: frozenset[UUID] | None = None

    @property
    def is_rolled_up(self) -> bool:
        """Whether the counts that are kept up tell what is asked: they know of managers and processes alone."""
        return self.partners is None and self.sources is None and self.products is None and self.segments is None

    def of_managers(self, manager: sa.ColumnElement[UUID | None]) -> list[sa.ColumnElement[bool]]:
        """Give the condition on a column of managers."""
        if self.managers is None:
            return []
        named = manager.in_([one for one in self.managers if one is not None])
        return [sa.or_(manager.is_(None), named) if None in self.managers else named]

    def of_processes(self, process_key: sa.ColumnElement[str]) -> list[sa.ColumnElement[bool]]:
        """Give the condition on a column of the keys of processes."""
        return [process_key.in_(self.processes)] if self.processes is not None else []

    def on(
        self, manager: sa.ColumnElement[UUID | None], partner: sa.ColumnElement[UUID | None]
    ) -> list[sa.ColumnElement[bool]]:
        """Give the conditions on the columns of managers and partners."""
        return [*self.of_managers(manager), *self.on_partners(partner)]

    def on_partners(self, partner: sa.ColumnElement[UUID | None]) -> list[sa.ColumnElement[bool]]:
        """Give the conditions on a column of partners."""
        conditions: list[sa.ColumnElement[bool]] = []
        if self.partners is not None:
            conditions.append(partner.in_(self.partners))
        if self.sources is not None:
            conditions.append(partner.in_(self._partners_by_source()))
        if self.segments is not None:
            conditions.append(partner.in_(self._partners_by_segment(self.segments)))
        return conditions

    def test(self, connection: sa.Connection) -> Callable[[Standing], bool]:
        """Give the same conditions for deals that were folded in Python."""
        came = None
        if self.sources is not None:
            came = frozenset(connection.execute(self._partners_by_source()).scalars())
        belong = None
        if self.segments is not None:
            belong = frozenset(connection.execute(self._partners_by_segment(self.segments)).scalars())

        def holds(standing: Standing) -> bool:
            return (
                standing.counted
                and (self.managers is None or standing.manager_id in self.managers)
                and (self.processes is None or standing.process_key in self.processes)
                and (self.partners is None or standing.partner_id in self.partners)
                and (came is None or standing.partner_id in came)
                and (belong is None or standing.partner_id in belong)
                and (self.products is None or not self.products.isdisjoint(standing.products))
            )

        return holds

    def _partners_by_source(self) -> sa.Select[tuple[UUID]]:
        statement = sa.select(partners.c.id).where(partners.c.source.in_(self.sources or ()))
        known_at = self.moment.known_at
        return statement if known_at is None else statement.where(partners.c.recorded_at <= known_at)

    def _partners_by_segment(self, segments: frozenset[UUID]) -> sa.Select[tuple[UUID]]:
        return all_one_with(sa.select(members(self.moment, segments).subquery().c.partner_id))


def deals_about(products: Collection[str]) -> sa.Select[tuple[UUID]]:
    """Select the deals that are about any of some products now."""
    return sa.select(deal_products.c.deal_id).where(deal_products.c.product.in_(products))


def among(connection: sa.Connection, column: sa.ColumnElement[Any], ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    """Say that a column holds one of some ids, in one parameter however many they are."""
    return _among(connection.dialect.name, column, sa.bindparam(None, given(connection, ids), sa.Text))


def among_given(dialect: str, column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Say the same in a statement that is made once: its parameter `ids` gets what `given` gives."""
    return _among(dialect, column, sa.bindparam("ids", type_=sa.Text))


def given(connection: sa.Connection, ids: Collection[UUID]) -> str:
    """Write ids for a parameter."""
    if connection.dialect.name == "postgresql":
        return f"{{{','.join(map(str, ids))}}}"
    return encode([one.hex for one in ids]).decode()


def _among(dialect: str, column: sa.ColumnElement[Any], ids: sa.BindParameter[str]) -> sa.ColumnElement[bool]:
    if dialect == "postgresql":
        return column == sa.any_(sa.cast(ids, ARRAY(sa.Uuid)))
    return column.in_(sa.select(sa.func.json_each(ids).table_valued("value").c.value))
