"""The facts that guards look at, read from the database when a guard asks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.storage.tables import sale_terms
from services.deals.storage.terms import effective_on


class DealFacts:
    """What is known about a deal at a moment."""

    def __init__(self, tx: Transaction, deal: Deal, at: datetime) -> None:
        self._tx = tx
        self._deal = deal
        self._day = day_of(at, tx.enterprise.zone)

    @property
    def partner_id(self) -> UUID | None:
        """The partner of the deal."""
        return self._deal.partner_id

    def has_effective_terms(self) -> bool:
        """Tell whether terms of the whole client, or of this deal, are in force on the day."""
        t = sale_terms.c
        for_this = sa.or_(t.deal_id.is_(None), t.deal_id == self._deal.id)
        where = sa.and_(t.partner_id == self._deal.partner_id, for_this, effective_on(self._day))
        return self._tx.connection.execute(sa.select(t.id).where(where).limit(1)).first() is not None
