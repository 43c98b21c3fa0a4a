"""Reminders, what they have told, and what others promised to do."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.contacts.storage.tables.schema import metadata

reminders = sa.Table(
    "reminders",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("manager_id", sa.Uuid, sa.ForeignKey("managers.id"), nullable=False),
    sa.Column("subject_id", sa.Uuid, index=True, doc="a partner, deal, claim, interaction, task or next step"),
    sa.Column("deal_id", sa.Uuid),
    sa.Column("note", sa.String(500)),
    sa.Column("starts_at", UtcDateTime, nullable=False, doc="the first occurrence"),
    sa.Column("seconds_before", sa.Integer, nullable=False),
    sa.Column("rule", sa.String(500)),
    sa.Column("time_zone", sa.String(100), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("occurrence_at", UtcDateTime, doc="what it tells of next"),
    sa.Column("next_at", UtcDateTime),
    sa.Column("last_occurrence_at", UtcDateTime),
    sa.Column("last_attempt", sa.Integer),
    sa.Column("last_fired_at", UtcDateTime),
    sa.Column("again_at", UtcDateTime, doc="when the last is told again, after a snooze"),
    sa.Column("dismissed", sa.Boolean, nullable=False),
    sa.Column("follows_plan", sa.Boolean, nullable=False, doc="moves with the interaction that it is about"),
    sa.Column("escalated", sa.Boolean, nullable=False),
    sa.Column("origin", sa.String(200), unique=True, doc="what made it by itself, so that it is made once"),
    # what it is sorted by: when it fires next, else when it last did
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("recorded_by", sa.String(200), nullable=False),
    sa.Index(None, "manager_id", "at", "id"),
)

reminder_firings = sa.Table(
    "reminder_firings",
    metadata,
    # the key is the promise: once for each occurrence, and once more for each snooze
    sa.Column("reminder_id", sa.Uuid, sa.ForeignKey("reminders.id"), primary_key=True),
    sa.Column("occurrence_at", UtcDateTime, primary_key=True),
    sa.Column("attempt", sa.Integer, primary_key=True),
    sa.Column("fired_at", UtcDateTime, nullable=False),
)

commitments = sa.Table(
    "commitments",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True, doc="of a next step or a task in deals, whose copy this is"),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("deal_id", sa.Uuid),
    sa.Column("assignee_id", sa.Uuid),
    sa.Column("due_at", UtcDateTime),
    sa.Column("open", sa.Boolean, nullable=False),
)
