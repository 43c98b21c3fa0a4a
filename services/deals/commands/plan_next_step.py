"""Plan the next step of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import step_json
from services.deals.commands.inputs import Instant, Title
from services.deals.domain.kinds import NEXT_STEP
from services.deals.domain.next_step import NextStep, StepKind, StepStatus
from services.deals.events import NextStepDropped, NextStepPlanned, of_step
from services.deals.storage.next_steps import NextSteps, step_row

Minutes = Annotated[int, Field(ge=0, le=60 * 24 * 60)]


@dataclass(frozen=True, kw_only=True)
class PlanNextStep:
    """Say what comes next in a deal, and when; without an assignee it is the deal's manager who does it.

    `remind_before` is in minutes; without it nobody is reminded. `expected_version` is the deal's.
    """

    deal_id: UUID
    kind: StepKind
    subject: Title
    due_at: Instant
    assignee_id: UUID | None = None
    remind_before: Minutes | None = None
    expected_version: int | None = None


def plan_next_step(command: PlanNextStep, tx: Transaction, actor: Actor) -> Json:
    """Plan a step in a deal in progress, in the place of the one that is planned; answer the step."""
    steps = NextSteps(tx, actor)
    deal = steps.deals.get(command.deal_id, expected_version=command.expected_version)
    deal.require_open()
    if command.due_at <= tx.now:
        raise refuse("DUE_IN_PAST", "what comes next lies ahead; tell of what was done as an interaction", "due_at")
    step = NextStep(
        id=new_id(NEXT_STEP),
        deal_id=deal.id,
        kind=command.kind,
        subject=command.subject,
        due_at=command.due_at,
        planned_at=tx.now,
        assignee_id=command.assignee_id or deal.manager_id,
    )
    step.remind(None if command.remind_before is None else timedelta(minutes=command.remind_before))
    before = steps.planned_for(deal)
    if before is not None:
        before.close(StepStatus.REPLACED, tx.now)
        steps.save(before)
        tx.emit(NextStepDropped(**of_step(before, deal, tx.now), replaced_by_id=step.id))
    steps.add(step)
    tx.emit(NextStepPlanned(**of_step(step, deal, tx.now)))
    return step_json(step_row(step), tx.now)
