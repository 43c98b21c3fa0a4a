"""Interests: reading them for a change, writing and showing them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.interest import Interest, InterestStatus
from services.contacts.domain.search import Entry, HitKind
from services.contacts.storage.changes import conflict
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.search import SearchIndex
from services.contacts.storage.sql import update_by_id
from services.contacts.storage.tables import interests, partners


class Interests:
    """The interests as one transaction sees them."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def lock(self, interest_id: UUID, actor: Actor, *, expected_version: int | None = None) -> Interest:
        """Read an interest and hold it until the commit; raise Refused: NOT_FOUND, or CONFLICT for another version."""
        read = (
            sa.select(interests)
            .join(partners, partners.c.id == interests.c.partner_id)
            .where(interests.c.id == interest_id, partners_in_reach(actor))
            .with_for_update(of=interests, key_share=True)
        )
        row = self._connection.execute(read).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no interest {interest_id}", "interest")
        interest = _interest(row)
        if expected_version is not None and expected_version != interest.version:
            raise conflict(self._connection, "interest", interest, expected_version)
        return interest

    def add(self, interest: Interest) -> None:
        """Write a new interest."""
        self._connection.execute(interests.insert(), _row(interest))
        text = Entry(
            source_id=interest.id,
            field="interest",
            thing_id=interest.partner_id,
            kind=HitKind.PARTNER,
            text=interest.text,
        )
        SearchIndex(self._connection).put([text])  # what was asked for does not change

    def save(self, interest: Interest) -> None:
        """Write an interest that was read before."""
        update_by_id(self._connection, interests, [_row(interest)])


def interests_in_reach(actor: Actor) -> sa.ColumnElement[bool]:
    """Say "an interest of a partner in reach"."""
    if actor.reach == "all":
        return sa.true()
    return sa.exists().where(partners.c.id == interests.c.partner_id, partners_in_reach(actor))


def interest_view(interest: Interest) -> Json:
    """Give an interest as it is answered."""
    amount = interest.amount.to_json() if interest.amount else None
    return {
        "id": interest.id,
        "version": interest.version,
        "partner_id": interest.partner_id,
        "source": interest.source,
        "campaign": interest.campaign,
        "text": interest.text,
        "amount": amount,
        "status": interest.status,
        "reason": interest.reason,
        "occurred_at": interest.occurred_at,
        "recorded_at": interest.recorded_at,
        "closed_at": interest.closed_at,
    }


def interest_row_view(row: sa.Row[Any]) -> Json:
    """Give a row of interests as it is answered."""
    return interest_view(_interest(row))


def _interest(row: sa.Row[Any]) -> Interest:
    amount = Money(minor=row.amount_minor, currency=row.currency) if row.amount_minor is not None else None
    return Interest(
        id=row.id,
        version=row.version,
        partner_id=row.partner_id,
        source=row.source,
        campaign=row.campaign,
        text=row.text,
        amount=amount,
        status=InterestStatus(row.status),
        reason=row.reason,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        closed_at=row.closed_at,
    )


def _row(interest: Interest) -> dict[str, Any]:
    return {
        "id": interest.id,
        "version": interest.version,
        "partner_id": interest.partner_id,
        "source": interest.source,
        "campaign": interest.campaign,
        "text": interest.text,
        "amount_minor": interest.amount.minor if interest.amount else None,
        "currency": interest.amount.currency if interest.amount else None,
        "status": interest.status.value,
        "reason": interest.reason,
        "occurred_at": interest.occurred_at,
        "recorded_at": interest.recorded_at,
        "closed_at": interest.closed_at,
    }
