"""What is told of sales processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.deals.domain.process import Process


@dataclass(frozen=True, kw_only=True)
class StageTold:
    """A stage in an event."""

    key: str
    rank: int
    probability: float
    allowed_dwell_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProcessPublished(Published, type="process.published", subject="process_id"):
    """A version of a sales process is published; it never changes."""

    process_id: UUID
    key: str
    # the process' version: in the class, as everywhere, `version` is that of the event type
    version: int  # type: ignore[misc]
    control: str
    won_by: str
    stages: tuple[StageTold, ...]


def process_told(process: Process, occurred_at: datetime) -> ProcessPublished:
    """Make the event for a process that is published."""
    return ProcessPublished(
        sequence=1,
        occurred_at=occurred_at,
        process_id=process.id,
        key=process.key,
        version=process.version,
        control=process.control.value,
        won_by=process.won_by.value,
        stages=tuple(
            StageTold(key=s.key, rank=s.rank, probability=s.probability, allowed_dwell_days=s.allowed_dwell_days)
            for s in process.stages
        ),
    )
