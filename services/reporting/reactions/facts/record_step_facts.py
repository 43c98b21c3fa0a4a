"""Hear of the next steps of deals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.tables import step_facts
from services.reporting.storage.writing import keep_all


@dataclass(frozen=True, kw_only=True)
class StepHeard:
    """What reporting needs of a step."""

    step_id: UUID
    deal_id: UUID
    due_at: AwareDatetime


def record_step_facts(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep steps as they stand after events."""
    keep_all(tx.connection, step_facts, [_row(event, event.read(StepHeard)) for event in events])


def _row(event: Heard, heard: StepHeard) -> dict[str, Any]:
    return {
        "step_id": heard.step_id,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "deal_id": heard.deal_id,
        "is_planned": event.type == "next_step.planned",
        "due_at": heard.due_at,
    }
