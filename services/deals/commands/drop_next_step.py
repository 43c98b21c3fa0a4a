"""Drop the next step of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import step_json
from services.deals.domain.next_step import StepStatus
from services.deals.events import NextStepDropped, of_step
from services.deals.storage.next_steps import NextSteps, step_row


@dataclass(frozen=True, kw_only=True)
class DropNextStep:
    """Say that a step will not be taken."""

    step_id: UUID
    expected_version: int | None = None


def drop_next_step(command: DropNextStep, tx: Transaction, actor: Actor) -> Json:
    """Drop the step that is planned for a deal; answer the step."""
    steps = NextSteps(tx, actor)
    step, deal = steps.hold(command.step_id, expected_version=command.expected_version)
    step.close(StepStatus.DROPPED, tx.now)
    steps.save(step)
    tx.emit(NextStepDropped(**of_step(step, deal, tx.now), replaced_by_id=None))
    return step_json(step_row(step), tx.now)
