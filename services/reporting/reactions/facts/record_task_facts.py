"""Hear of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.tables import task_facts
from services.reporting.storage.writing import keep_all

_CLOSED = ("DONE", "CANCELLED")


@dataclass(frozen=True, kw_only=True)
class TaskHeard:
    """What reporting needs of a task's events."""

    task_id: UUID
    deal_id: UUID | None = None
    partner_id: UUID | None = None
    assignee_id: UUID | None = None
    due_at: AwareDatetime | None = None
    status: str


def record_task_facts(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep tasks as they stand after events."""
    keep_all(tx.connection, task_facts, [_row(event, event.read(TaskHeard)) for event in events])


def _row(event: Heard, heard: TaskHeard) -> dict[str, Any]:
    return {
        "task_id": heard.task_id,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "is_open": heard.status not in _CLOSED,
        "due_at": heard.due_at,
        "assignee_id": heard.assignee_id,
        "deal_id": heard.deal_id,
        "partner_id": heard.partner_id,
    }
