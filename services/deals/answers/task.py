"""Tasks, as they are answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.wire import Json
from services.deals.domain.deal import Deal
from services.deals.domain.task import Task, TaskStatus
from services.deals.domain.transition import Outcome
from services.deals.domain.work_plan import WorkPlan
from services.deals.storage.tasks import task_row


def task_json(row: Mapping[str, Any] | sa.RowMapping, prerequisites: Iterable[UUID]) -> Json:
    """Give a task from its row, which says also whether it is `blocked` and `overdue`."""
    return {
        "id": row["id"],
        "version": row["version"],
        "deal_id": row["deal_id"],
        "title": row["title"],
        "description": row["description"],
        "assignee_id": row["assignee_id"],
        "due_on": row["due_on"],
        "due_at": row["due_at"],
        "priority": row["priority"],
        "stage": row["stage"],
        "status": row["status"],
        "progress": 100 if row["status"] == TaskStatus.DONE else row["progress"],
        "created_at": row["created_at"],
        "completed_at": row["completed_at"],
        "prerequisite_ids": list(prerequisites),
        "blocked": row["blocked"],
        "overdue": row["overdue"],
    }


def task_answer(task: Task, plan: WorkPlan, deal: Deal, now: datetime) -> Json:
    """Give a task from the domain, as a command answers."""
    is_open = task.status.is_open
    late = task.due is not None and task.due.at <= now
    counted = deal.outcome is Outcome.IN_PROGRESS and deal.voided_at is None and deal.merged_into_id is None
    flags = {
        "blocked": is_open and bool(plan.waits_for(task)),
        "overdue": is_open and late and counted,
    }
    return task_json({**task_row(task), **flags}, sorted(task.prerequisites))
