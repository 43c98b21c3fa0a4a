"""The next step of a deal: what its manager will do, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse


class StepKind(StrEnum):
    """What kind of step it is."""

    CALL = "CALL"
    MEETING = "MEETING"
    EMAIL = "EMAIL"
    OTHER = "OTHER"


class StepStatus(StrEnum):
    """What has become of a step; a deal has one that is planned, at most."""

    PLANNED = "PLANNED"
    DONE = "DONE"
    DROPPED = "DROPPED"
    REPLACED = "REPLACED"
    """Another one was planned in its place."""


@dataclass(kw_only=True)
class NextStep:
    """A step; `remind_at` is when the assignee wants to hear of it, None for never."""

    id: UUID
    deal_id: UUID
    kind: StepKind
    subject: str
    due_at: datetime
    planned_at: datetime
    assignee_id: UUID | None = None
    remind_at: datetime | None = None
    status: StepStatus = StepStatus.PLANNED
    closed_at: datetime | None = None
    version: int = 1

    def remind(self, before: timedelta | None) -> None:
        """Set the reminder so long before the step is due."""
        self.remind_at = None if before is None else self.due_at - before

    def close(self, status: StepStatus, at: datetime) -> None:
        """Say what became of the step; raise Refused unless it is the one that is planned."""
        if self.status is not StepStatus.PLANNED:
            raise refuse("STEP_CLOSED", f"the step is {self.status.lower()} already", "step")
        self.status, self.closed_at = status, at
        self.version += 1
