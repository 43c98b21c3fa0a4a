"""Hand-overs: reading and writing them, and finding what goes along."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.hand_over import HandOver
from services.contacts.domain.interaction import InteractionState, LinkRole
from services.contacts.domain.reminder import ReminderState
from services.contacts.storage.tables import deals, hand_overs, interaction_links, interactions, reminders


class HandOvers:
    """The hand-overs as one transaction sees them."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def lock(self, hand_over_id: UUID) -> HandOver | None:
        """Read a hand-over, if it is there, and hold it until the commit."""
        read = sa.select(hand_overs).where(hand_overs.c.id == hand_over_id).with_for_update(key_share=True)
        row = self._connection.execute(read).first()
        return _hand_over(row) if row is not None else None

    def add(self, hand_over: HandOver) -> None:
        """Write a new hand-over."""
        self._connection.execute(hand_overs.insert(), _row(hand_over))

    def save(self, hand_over: HandOver) -> None:
        """Write a hand-over that was read before."""
        this = hand_overs.c.id == hand_over.id
        self._connection.execute(hand_overs.update().where(this).values(_row(hand_over)))

    def planned_with(self, manager_id: UUID, partner_ids: Collection[UUID] | None) -> list[UUID]:
        """Give the planned interactions in which a manager is to take part: with some partners, or all."""
        mine, theirs = interaction_links.alias(), interaction_links.alias()
        read = sa.select(interactions.c.id).join(mine, mine.c.interaction_id == interactions.c.id)
        read = read.where(
            mine.c.thing_id == manager_id,
            mine.c.role == LinkRole.MANAGER.value,
            interactions.c.state == InteractionState.PLANNED.value,
        )
        if partner_ids is not None:
            with_them = (theirs.c.interaction_id == interactions.c.id, theirs.c.thing_id.in_(partner_ids))
            read = read.where(sa.exists().where(*with_them))
        return list(self._connection.execute(read.order_by(interactions.c.id)).scalars())

    def reminders_of(
        self, manager_id: UUID, partner_ids: Collection[UUID] | None, interaction_ids: Collection[UUID]
    ) -> list[UUID]:
        """Give the reminders of a manager that have not ended: about some partners, their deals and plans, or all."""
        r = reminders.c
        read = sa.select(r.id).where(r.manager_id == manager_id, r.state == ReminderState.ACTIVE.value)
        if partner_ids is not None:
            theirs = sa.select(deals.c.id).where(deals.c.partner_id.in_(partner_ids))
            about = (
                r.subject_id.in_([*partner_ids, *interaction_ids]),
                r.subject_id.in_(theirs),
                r.deal_id.in_(theirs),
            )
            read = read.where(sa.or_(*about))
        return list(self._connection.execute(read.order_by(r.id)).scalars())


def hand_over_view(hand_over: HandOver) -> Json:
    """Give a hand-over as it is answered."""
    return _row(hand_over)


def hand_over_row_view(row: sa.Row[Any]) -> Json:
    """Give a row of hand-overs as it is answered."""
    return hand_over_view(_hand_over(row))


def _hand_over(row: sa.Row[Any]) -> HandOver:
    return HandOver(**{field.name: getattr(row, field.name) for field in fields(HandOver)})


def _row(hand_over: HandOver) -> dict[str, Any]:
    return {field.name: getattr(hand_over, field.name) for field in fields(HandOver)}
