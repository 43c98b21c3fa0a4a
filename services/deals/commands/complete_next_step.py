"""Complete the next step of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import step_json
from services.deals.domain.next_step import StepStatus
from services.deals.events import NextStepDone, of_step
from services.deals.storage.next_steps import NextSteps, step_row


@dataclass(frozen=True, kw_only=True)
class CompleteNextStep:
    """Say that a step is taken."""

    step_id: UUID
    expected_version: int | None = None


def complete_next_step(command: CompleteNextStep, tx: Transaction, actor: Actor) -> Json:
    """Complete the step that is planned for a deal; answer the step."""
    steps = NextSteps(tx, actor)
    step, deal = steps.hold(command.step_id, expected_version=command.expected_version)
    step.close(StepStatus.DONE, tx.now)
    steps.save(step)
    tx.emit(NextStepDone(**of_step(step, deal, tx.now)))
    return step_json(step_row(step), tx.now)
