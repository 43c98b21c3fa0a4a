"""Which claims a report is about."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.scope import Scope
from services.reporting.storage.tables import claim_facts

FIRST = claim_facts.alias("first")
"""The first fact of a claim: facts of long ago say only there which deal it is about."""


def with_first(facts: sa.FromClause) -> sa.FromClause:
    """Join the first fact of each claim to facts of claims."""
    return facts.outerjoin(FIRST, sa.and_(FIRST.c.claim_id == facts.c.claim_id, FIRST.c.sequence == 1))


def scoped(connection: sa.Connection, facts: sa.FromClause, scope: Scope, cells: Cells) -> list[sa.ColumnElement[bool]]:
    """Give the conditions of a scope on facts of claims, which the first ones are joined to."""
    partner_id = sa.func.coalesce(facts.c.partner_id, FIRST.c.partner_id)
    conditions = scope.on(facts.c.manager_id, partner_id)
    if scope.products is not None:
        conditions.append(_about(connection, facts, scope.products, cells))
    return conditions


def _about(
    connection: sa.Connection, facts: sa.FromClause, products: Collection[str], cells: Cells
) -> sa.ColumnElement[bool]:
    """Say that a claim is about any of some products: those that it names, or else those of its deal."""
    named = facts.c.products
    deal_id = sa.func.coalesce(facts.c.deal_id, FIRST.c.deal_id)
    own: sa.ColumnElement[bool]
    if connection.dialect.name == "postgresql":
        own = sa.func.jsonb_exists_any(named, sa.cast(sorted(products), sa.ARRAY(sa.Text)))
        count = sa.func.jsonb_array_length(named)
    else:
        each = sa.func.json_each(named).table_valued("value")
        own = sa.exists(sa.select(each.c.value).where(each.c.value.in_(products)))
        count = sa.func.json_array_length(named)
    return sa.or_(own, sa.and_(sa.func.coalesce(count, 0) == 0, cells.deals_about(deal_id, products)))
