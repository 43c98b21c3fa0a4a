"""A page of reminders: what comes first stands first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.domain.reminder import ReminderState
from services.contacts.storage.merged import one_with
from services.contacts.storage.reach import managers_in_reach
from services.contacts.storage.reminders import reminder_views
from services.contacts.storage.tables import reminders


@dataclass(frozen=True, kw_only=True)
class ReminderFilter:
    """Which reminders: each field narrows further; `due` are those that have told of something and were not dismissed."""

    manager_ids: list[UUID] | None = None
    states: list[ReminderState] | None = None
    due: bool | None = None
    partner_ids: list[UUID] | None = None
    deal_ids: list[UUID] | None = None
    interaction_ids: list[UUID] | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Give the filter in SQL."""
        r = reminders.c
        asked: list[tuple[sa.ColumnElement[Any], Sequence[Any] | None]] = [
            (r.manager_id, self.manager_ids),
            (r.state, self.states),
            (r.subject_id, self.interaction_ids),
        ]
        conditions: list[sa.ColumnElement[bool]] = [
            column.in_(values) for column, values in asked if values is not None
        ]
        if self.partner_ids is not None:
            conditions.append(r.subject_id.in_(one_with(self.partner_ids)))
        if self.deal_ids is not None:
            conditions.append(sa.or_(r.subject_id.in_(self.deal_ids), r.deal_id.in_(self.deal_ids)))
        if self.due is not None:
            told = sa.and_(r.state == ReminderState.ACTIVE.value, r.last_fired_at.is_not(None), r.dismissed.is_(False))
            conditions.append(told if self.due else sa.not_(told))
        if self.since is not None:
            conditions.append(r.at >= self.since)
        if self.until is not None:
            conditions.append(r.at < self.until)
        return conditions


@dataclass(frozen=True, kw_only=True)
class ListReminders:
    """Ask for a page of reminders."""

    filter: ReminderFilter | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_reminders(query: ListReminders, reading: Reading, actor: Actor) -> Json:
    """Give a page of the reminders in reach, by when they fire next or did last."""
    mine = managers_in_reach(actor, reminders.c.manager_id)
    select = sa.select(reminders).where(mine, *(query.filter or ReminderFilter()).conditions())
    order = [Order(reminders.c.at), Order(reminders.c.id)]
    found = page(reading.connection, select, order, query.page, lambda row: row)
    return {**found, "nodes": reminder_views(found["nodes"])}
