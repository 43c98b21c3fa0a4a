"""What is told of next steps: who is to take them, when, and when to remind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.deal import Deal
from services.deals.domain.next_step import NextStep, StepKind
from services.deals.events.document import OfDocument, of_document


@dataclass(frozen=True, kw_only=True)
class OfNextStep(OfDocument):
    """What every event of a step carries."""

    step_id: UUID
    kind: StepKind
    assignee_id: UUID | None
    due_at: datetime
    remind_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class NextStepPlanned(OfNextStep, Published, type="next_step.planned", subject="step_id"):
    """A step is planned; where `remind_at` is said, its assignee wants to be reminded then."""


@dataclass(frozen=True, kw_only=True)
class NextStepDone(OfNextStep, Published, type="next_step.done", subject="step_id"):
    """A step is taken."""


@dataclass(frozen=True, kw_only=True)
class NextStepDropped(OfNextStep, Published, type="next_step.dropped", subject="step_id"):
    """A step will not be taken: nobody wants it, its deal is closed, or another one has taken its place."""

    replaced_by_id: UUID | None


def of_step(step: NextStep, deal: Deal, occurred_at: datetime) -> dict[str, Any]:
    """Give the fields of an event of a step."""
    return of_document(deal) | {
        "sequence": step.version,
        "occurred_at": occurred_at,
        "step_id": step.id,
        "kind": step.kind,
        "assignee_id": step.assignee_id,
        "due_at": step.due_at,
        "remind_at": step.remind_at,
    }
