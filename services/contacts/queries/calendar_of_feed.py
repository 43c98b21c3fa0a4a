"""What a calendar shows of a feed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import StringConstraints

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.calendar_feed import hash_of
from services.contacts.domain.interaction import InteractionState, LinkRole
from services.contacts.domain.plan import Plan
from services.contacts.domain.reminder import ReminderState
from services.contacts.domain.series import Series
from services.contacts.storage.tables import (
    calendar_feeds,
    commitments,
    interaction_links,
    interactions,
    managers,
    partners,
    reminders,
)

PAST = timedelta(days=31)
MOST = 2000
"""Entries that a feed has at most: from a month ago on, the earliest first."""


@dataclass(frozen=True, kw_only=True)
class CalendarOfFeed:
    """Ask for what the manager of a feed has planned, by the feed's secret."""

    secret: Annotated[str, StringConstraints(min_length=1, max_length=100)]


def calendar_of_feed(query: CalendarOfFeed, reading: Reading, actor: Actor) -> Json:
    """Give the manager's planned interactions, with their reminders, and what they promised; raise Refused: NOT_FOUND.

    The secret is what admits: nothing else is known of who asks.
    """
    feed = calendar_feeds.c
    found = reading.connection.execute(
        sa.select(managers.c.id, managers.c.name, managers.c.time_zone)
        .join(calendar_feeds, feed.manager_id == managers.c.id)
        .where(feed.secret_hash == hash_of(query.secret), feed.revoked_at.is_(None))
    ).first()
    if found is None:
        raise refuse("NOT_FOUND", "there is no such calendar, or it was revoked", "secret")
    return {
        "manager": found.name,
        "time_zone": found.time_zone or reading.enterprise.zone.key,
        "interactions": _planned(reading, found.id),
        "commitments": _promised(reading, found.id),
    }


def _planned(reading: Reading, manager_id: UUID) -> list[Json]:
    link, of = interaction_links.c, interactions.c
    select = (
        sa.select(interactions)
        .join(interaction_links, link.interaction_id == of.id)
        .where(link.thing_id == manager_id, link.role == LinkRole.MANAGER.value, of.planned_start.is_not(None))
        .where(of.planned_end >= reading.now - PAST, of.corrected_by_id.is_(None))
        .order_by(of.planned_start, of.id)
        .limit(MOST)
    )
    rows = reading.connection.execute(select).all()
    ids = [row.id for row in rows]
    names, alarms = _partner_names(reading, ids), _alarms(reading, ids, manager_id)
    return [
        {
            "id": row.id,
            "version": row.version,
            "kind": row.kind,
            "title": row.title,
            "text": row.text,
            "partners": names.get(row.id, []),
            "start": row.planned_start,
            "end": row.planned_end,
            "all_day": row.all_day,
            "time_zone": row.time_zone,
            "recurrence": _recurrence(row),
            "cancelled": row.state == InteractionState.CANCELLED.value,
            "recorded_at": row.recorded_at,
            "minutes_before": alarms.get(row.id, []),
        }
        for row in rows
    ]


def _recurrence(row: sa.Row[Any]) -> str | None:
    """Give the rule by which an open occurrence goes on; those that have ended stand by themselves."""
    if row.series_id is None or row.state != InteractionState.PLANNED.value:
        return None
    series = Series(id=row.series_id, rule=row.series_rule, start=row.series_start)
    return series.rule_from(
        Plan(start=row.planned_start, end=row.planned_end, all_day=row.all_day, time_zone=row.time_zone)
    )


def _partner_names(reading: Reading, ids: list[UUID]) -> dict[UUID, list[str]]:
    link = interaction_links.c
    select = (
        sa.select(link.interaction_id, partners.c.name)
        .join(partners, partners.c.id == link.thing_id)
        .where(link.interaction_id.in_(ids), link.role == LinkRole.PARTNER.value)
        .order_by(link.place)
    )
    names: dict[UUID, list[str]] = defaultdict(list)
    for row in reading.connection.execute(select):
        names[row.interaction_id].append(row.name)
    return names


def _alarms(reading: Reading, ids: list[UUID], manager_id: UUID) -> dict[UUID, list[int]]:
    of = reminders.c
    select = sa.select(of.subject_id, of.seconds_before).where(
        of.subject_id.in_(ids), of.manager_id == manager_id, of.state == ReminderState.ACTIVE.value, of.follows_plan
    )
    alarms: dict[UUID, list[int]] = defaultdict(list)
    for row in reading.connection.execute(select.order_by(of.seconds_before)):
        alarms[row.subject_id].append(row.seconds_before // 60)
    return alarms


def _promised(reading: Reading, manager_id: UUID) -> list[dict[str, Any]]:
    of = commitments.c
    select = (
        sa.select(commitments)
        .where(of.assignee_id == manager_id, of.open, of.due_at >= reading.now - PAST)
        .order_by(of.due_at, of.id)
        .limit(MOST)
    )
    return [
        {"id": row.id, "version": row.version, "deal_id": row.deal_id, "due_at": row.due_at}
        for row in reading.connection.execute(select)
    ]
