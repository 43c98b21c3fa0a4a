"""Sale terms in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.deals.domain.percent import parts_of
from services.deals.domain.sale_terms import SaleTerms
from services.deals.storage.tables import sale_terms


def add_terms(tx: Transaction, terms: SaleTerms) -> None:
    """Store new terms."""
    discount = terms.discount_percent
    tx.connection.execute(
        sale_terms.insert(),
        {
            "id": terms.id,
            "partner_id": terms.partner_id,
            "deal_id": terms.deal_id,
            "currency": terms.currency,
            "valid_from": terms.valid_from,
            "valid_to": terms.valid_to,
            "discount_ppm": None if discount is None else parts_of(discount),
            "recorded_at": tx.now,
        },
    )


def effective_on(day: date) -> sa.ColumnElement[bool]:
    """Say "in force on a business day" of rows of the table `sale_terms`; the same as SaleTerms.effective_on."""
    t = sale_terms.c
    return sa.and_(t.valid_from <= day, sa.or_(t.valid_to.is_(None), t.valid_to >= day))


def partners_with_terms(connection: sa.Connection, partner_ids: Sequence[UUID], day: date) -> set[UUID]:
    """Tell which partners have terms of any kind that are in force on a day."""
    where = sa.and_(sale_terms.c.partner_id.in_(partner_ids), effective_on(day))
    return set(connection.execute(sa.select(sale_terms.c.partner_id).distinct().where(where)).scalars())
