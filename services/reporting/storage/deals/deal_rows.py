"""How deals stood at a moment, as rows that one and the same statement reads, whatever moment it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.history import Outcome
from services.reporting.storage.moment import FOREVER
from services.reporting.storage.scope import Moment, Scope, deals_about
from services.reporting.storage.tables import (
    assortments,
    deal_moments,
    deal_products,
    deal_standings,
    deal_states,
    deal_stays,
)

_d, _m, _s, _a, _p, _stay = (
    table.c for table in (deal_states, deal_moments, deal_standings, assortments, deal_products, deal_stays)
)


@dataclass(frozen=True, kw_only=True)
class DealRows:
    """A row for each deal that counted; `there` are the conditions of its being one, `scoped` those of a scope, `counted`
    that of a deal that is neither voided nor merged.

    Columns go by their names in deal_states; `base` and `unconverted` tell what the amount is in the base currency.
    `way` are the columns that tell how a deal stood in its process: to group by. `product` is that of `by_product`, where
    a deal has a row for each. `left` say of a row of deal_stays that it held then.
    """

    source: sa.FromClause
    by_product: sa.FromClause
    product: sa.ColumnElement[Any]
    columns: Mapping[str, sa.ColumnElement[Any]]
    way: Sequence[sa.ColumnElement[Any]]
    there: Sequence[sa.ColumnElement[bool]]
    counted: Sequence[sa.ColumnElement[bool]]
    scoped: Sequence[sa.ColumnElement[bool]]
    left: Sequence[sa.ColumnElement[bool]]

    def __getitem__(self, name: str) -> sa.ColumnElement[Any]:
        return self.columns[name]

    @property
    def within(self) -> list[sa.ColumnElement[bool]]:
        """Give the conditions on rows of the moment and the scope."""
        return [*self.there, *self.counted, *self.scoped]

    @property
    def open(self) -> sa.ColumnElement[bool]:
        """Say that a deal is in progress."""
        return self["outcome"] == Outcome.IN_PROGRESS.value

    def ids(self, *conditions: sa.ColumnElement[bool]) -> sa.Select[tuple[UUID]]:
        """Select the deals of some rows."""
        return sa.select(self["deal_id"]).select_from(self.source).where(*conditions)


def now(scope: Scope) -> DealRows:
    """Tell how deals stand now."""
    columns: dict[str, sa.ColumnElement[Any]] = {column.name: column for column in _d}
    columns["base"] = _d.base_minor
    columns["untouched"] = sa.and_(_d.highest_rank <= 1, ~_d.touched)
    columns["unconverted"] = sa.and_(_d.amount_minor.is_not(None), _d.base_minor.is_(None))
    stood = DealRows(
        source=deal_states,
        by_product=deal_states.outerjoin(deal_products, _p.deal_id == _d.deal_id),
        product=_p.product,
        columns=columns,
        way=[_d.process_id, _d.highest_stage, _d.stage, _d.outcome, _d.entered],
        there=[],
        counted=[_d.counted],
        scoped=_scoped(scope, columns),
        left=[_stay.until_occurred_at == FOREVER],
    )
    if scope.products is None:
        return stood
    return _narrowed(stood, _d.deal_id.in_(deals_about(scope.products)))


def then(scope: Scope, moment: Moment) -> DealRows:
    """Tell how deals stood at a moment, all but those with irregular histories."""
    columns: dict[str, sa.ColumnElement[Any]] = {column.name: column for column in (*_s, *_m)}
    columns["base"] = _m.base_minor
    columns["active_at"] = sa.func.coalesce(_m.active_at, _m.occurred_at)
    source = deal_moments.join(deal_standings, _s.id == _m.standing_id)
    stood = DealRows(
        source=source,
        by_product=source.outerjoin(assortments, _a.id == _m.assortment_id),
        product=_a.product,
        columns=columns,
        way=[_s.id],
        there=_in_force(moment, deal_moments, _m.next_occurred_at, _m.next_recorded_at),
        counted=[_counted(moment)],
        scoped=_scoped(scope, columns),
        left=_in_force(moment, deal_stays, _stay.until_occurred_at, _stay.until_recorded_at),
    )
    return stood if scope.products is None else _narrowed(stood, about(scope.products))


def _counted(moment: Moment) -> sa.ColumnElement[bool]:
    counts = _m.gone_recorded_at.is_(None)
    return counts if moment.known_at is None else sa.or_(counts, _m.gone_recorded_at > moment.known_at)


def about(products: Collection[str]) -> sa.ColumnElement[bool]:
    """Say that a row of deal_moments is of a deal that was about any of some products."""
    return _m.assortment_id.in_(sa.select(_a.id).where(_a.product.in_(products)))


def _scoped(scope: Scope, columns: Mapping[str, sa.ColumnElement[Any]]) -> list[sa.ColumnElement[bool]]:
    return [*scope.on(columns["manager_id"], columns["partner_id"]), *scope.of_processes(columns["process_key"])]


def _narrowed(stood: DealRows, condition: sa.ColumnElement[bool]) -> DealRows:
    return replace(stood, scoped=[*stood.scoped, condition])


def _in_force(
    moment: Moment, table: sa.Table, next_occurred_at: sa.Column[Any], next_recorded_at: sa.Column[Any]
) -> list[sa.ColumnElement[bool]]:
    """Say that what a row tells had happened and was known, and that what is different since had not or was not."""
    followed = next_occurred_at <= moment.as_of
    if moment.known_at is not None:
        followed = sa.and_(followed, next_recorded_at <= moment.known_at)
    return [*moment.until(table), ~followed]
