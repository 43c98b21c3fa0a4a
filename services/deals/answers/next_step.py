"""Next steps, as they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.wire import Json
from services.deals.domain.next_step import StepStatus


def step_json(row: Mapping[str, Any] | sa.RowMapping, now: datetime) -> Json:
    """Give a step from its row."""
    return {
        "id": row["id"],
        "version": row["version"],
        "deal_id": row["deal_id"],
        "kind": row["kind"],
        "subject": row["subject"],
        "due_at": row["due_at"],
        "assignee_id": row["assignee_id"],
        "remind_at": row["remind_at"],
        "status": row["status"],
        "planned_at": row["planned_at"],
        "closed_at": row["closed_at"],
        "overdue": row["status"] == StepStatus.PLANNED and row["due_at"] <= now,
    }
