"""The plans of work of deals."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

tasks = sa.Table(
    "tasks",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False),
    sa.Column("title", sa.String(500), nullable=False),
    sa.Column("description", sa.String(5000)),
    sa.Column("assignee_id", sa.Uuid),
    sa.Column("due_on", sa.Date, doc="NULL: due at a moment, or at no time"),
    sa.Column("due_at", UtcDateTime, doc="after it the task is overdue: of a day its end"),
    sa.Column("priority", sa.String(10), nullable=False),
    sa.Column("stage", sa.String(50), doc="whose work it is"),
    sa.Column("template_key", sa.String(50), doc="what the stage's plan calls it"),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("progress", sa.Integer, nullable=False, doc="percent, as last told"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("completed_at", UtcDateTime),
    sa.Index("ix_tasks_deal", "deal_id", "created_at", "id"),
    sa.Index("ix_tasks_assignee", "assignee_id", "status", "due_at"),
)


task_prerequisites = sa.Table(
    "task_prerequisites",
    metadata,
    sa.Column("task_id", sa.Uuid, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("prerequisite_id", sa.Uuid, sa.ForeignKey("tasks.id"), primary_key=True, index=True),
)
