"""What the deals of a list are worth together."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from chassis.money import Money
from chassis.store.database import Reading
from chassis.wire import Json


def totals_of(reading: Reading, select: sa.Select[Any]) -> list[Json]:
    """Add up all deals that a select finds, currency by currency; those without an amount count nowhere.

    `base` is the sum of the base amounts that are known, and `unconverted` says how many are not in it.
    """
    d = select.order_by(None).subquery().c
    sums = (
        sa.select(
            d.currency,
            sa.func.count().label("deals"),
            sa.func.sum(d.amount_minor).label("minor"),
            sa.func.coalesce(sa.func.sum(d.base_minor), 0).label("base"),
            sa.func.count(d.base_minor).label("converted"),
        )
        .where(d.amount_minor.is_not(None))
        .group_by(d.currency)
        .order_by(d.currency)
    )
    base_currency = reading.enterprise.base_currency
    return [
        {
            **Money(minor=int(row.minor), currency=row.currency).to_json(),
            "count": row.deals,
            "base": format(Money(minor=int(row.base), currency=base_currency).amount, "f"),
            "unconverted": row.deals - row.converted,
        }
        for row in reading.connection.execute(sums)
    ]
