"""Tasks: what is to be done for a deal, by whom and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import midnight


class TaskStatus(StrEnum):
    """How a task stands."""

    PLANNED = "PLANNED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    CANCELLED = "CANCELLED"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self in (TaskStatus.PLANNED, TaskStatus.IN_PROGRESS)


class Priority(StrEnum):
    """How much a task matters."""

    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"


@dataclass(frozen=True, kw_only=True)
class Due:
    """Until when a task is to be done: `at` is the moment after which it is overdue; `on` the day, where one was named."""

    at: datetime
    on: date | None = None

    @classmethod
    def on_day(cls, day: date, zone: ZoneInfo) -> Due:
        """Say that a task is due on a business day: until its end."""
        return cls(at=midnight(day + timedelta(days=1), zone), on=day)


@dataclass(kw_only=True)
class Task:
    """A task of a deal; each of its facts raises `version` by one.

    `stage` is the stage whose work it is, `template_key` what the stage's plan calls it; both None for other tasks.
    `progress` is in percent, as it was last told.
    """

    id: UUID
    deal_id: UUID
    title: str
    created_at: datetime
    description: str | None = None
    assignee_id: UUID | None = None
    due: Due | None = None
    priority: Priority = Priority.NORMAL
    prerequisites: frozenset[UUID] = frozenset()
    stage: str | None = None
    template_key: str | None = None
    status: TaskStatus = TaskStatus.PLANNED
    progress: int = 0
    completed_at: datetime | None = None
    version: int = 1
