"""Sale terms in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.percent import parts_of, percent_of
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


def terms_in_force(connection: sa.Connection, deal: Deal, day: date) -> SaleTerms | None:
    """Read the terms on which a deal is made on a business day: its own, else its partner's; the newest of them."""
    if deal.partner_id is None:
        return None
    t = sale_terms.c
    for_this = sa.or_(t.deal_id.is_(None), t.deal_id == deal.id)
    where = sa.and_(t.partner_id == deal.partner_id, for_this, effective_on(day))
    newest = (t.deal_id.is_(None), t.valid_from.desc(), t.id.desc())
    row = connection.execute(sa.select(sale_terms).where(where).order_by(*newest).limit(1)).first()
    return _terms(row) if row else None


def _terms(row: sa.Row[Any]) -> SaleTerms:
    return SaleTerms(
        id=row.id,
        partner_id=row.partner_id,
        deal_id=row.deal_id,
        currency=row.currency,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        discount_percent=None if row.discount_ppm is None else percent_of(row.discount_ppm),
    )


def partners_with_terms(connection: sa.Connection, partner_ids: Sequence[UUID], day: date) -> set[UUID]:
    """Tell which partners have terms of any kind that are in force on a day."""
    where = sa.and_(sale_terms.c.partner_id.in_(partner_ids), effective_on(day))
    return set(connection.execute(sa.select(sale_terms.c.partner_id).distinct().where(where)).scalars())
