"""Documents of deals: from a document to its deal, which everybody who changes the document holds first."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of, midnight
from chassis.errors import Refused, refuse
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.storage.deals import Deals


def deal_of_document(tx: Transaction, deals: Deals, table: sa.Table, document_id: UUID, word: str, field: str) -> Deal:
    """Read and hold the deal of a document; raise Refused with NOT_FOUND about the document if either is not there."""
    deal_id = tx.connection.execute(sa.select(table.c.deal_id).where(table.c.id == document_id)).scalar()
    missing = refuse("NOT_FOUND", f"there is no {word} {document_id}", field)
    if deal_id is None:
        raise missing
    try:
        return deals.get(deal_id)
    except Refused as refusal:
        if refusal.problems[0].code != "NOT_FOUND":
            raise  # the deal is voided or merged: that is for the caller to know
        raise missing from None


def next_number(tx: Transaction, table: sa.Table, deal: Deal, letter: str) -> str:
    """Give a document of a deal its number, where nobody names one: D-000123/O2 is the second order of D-000123."""
    count = tx.connection.execute(sa.select(sa.func.count()).where(table.c.deal_id == deal.id)).scalar_one()
    return f"D-{deal.number or 0:06}/{letter}{count + 1}"


def day_of_document(tx: Transaction, deal: Deal, day: date, field: str) -> date:
    """Give the day of a document: not in the future, and not before its deal began; raise Refused where it is.

    It may be before the deal's last fact: banks and clients tell of yesterday what we learn today.
    """
    zone = tx.enterprise.zone
    if day > day_of(tx.now, zone):
        raise refuse("OCCURRED_IN_FUTURE", f"{day} has not come yet; a fact lies in the past", field)
    began = day_of(deal.created_at, zone)
    if day < began:
        raise refuse("OCCURRED_BEFORE_DEAL", f"{day} is before the deal began, on {began}", field)
    return day


def moment_of(tx: Transaction, deal: Deal, day: date) -> datetime:
    """Place a document of which only the day is known: at the beginning of that day, but not before its deal."""
    return max(midnight(day, tx.enterprise.zone), deal.created_at)
