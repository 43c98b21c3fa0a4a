"""Next steps in the database."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.next_step import NextStep, StepKind, StepStatus
from services.deals.storage.audit import Subject, conflict, note_changes, note_made
from services.deals.storage.deals import Deals
from services.deals.storage.reach import within_reach_or_charge
from services.deals.storage.tables import deals, next_steps


class NextSteps:
    """The steps that an actor reaches: those of deals within reach, and those that they or their team are to do."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self.deals = Deals(tx, actor)
        self._tx = tx
        self._actor = actor
        self._as_read: dict[UUID, dict[str, Any]] = {}

    def hold(self, step_id: UUID, *, expected_version: int | None = None) -> tuple[NextStep, Deal]:
        """Read a step and its deal, and hold them until the transaction ends; raise Refused with NOT_FOUND or CONFLICT."""
        s = next_steps.c
        reach = within_reach_or_charge(self._actor, deals.c.manager_id, s.assignee_id)
        deal_id = self._tx.connection.execute(
            sa.select(s.deal_id).join(deals, deals.c.id == s.deal_id).where(s.id == step_id, *reach)
        ).scalar()
        if deal_id is None:
            raise refuse("NOT_FOUND", f"there is no step {step_id}", "step")
        deal = self.deals.hold(deal_id)
        step = self._read(self._tx.connection.execute(sa.select(next_steps).where(s.id == step_id)).one())
        if expected_version is not None and expected_version != step.version:
            raise conflict(
                self._tx.connection, "next_step", step.id,
                version=step.version, expected=expected_version, field="expectedVersion",
            )  # fmt: skip
        return step, deal

    def planned_for(self, deal: Deal) -> NextStep | None:
        """Read the step that is planned for a deal that is held."""
        s = next_steps.c
        where = sa.and_(s.deal_id == deal.id, s.status == StepStatus.PLANNED)
        row = self._tx.connection.execute(sa.select(next_steps).where(where)).first()
        return self._read(row) if row else None

    def add(self, step: NextStep) -> None:
        """Store a new step."""
        self._tx.connection.execute(next_steps.insert(), step_row(step))
        note_made(self._tx, [(_subject(step), step_row(step))])

    def save(self, step: NextStep) -> None:
        """Write a step that was read here, and what was changed of it."""
        row = step_row(step)
        self._tx.connection.execute(next_steps.update().where(next_steps.c.id == step.id), row)
        note_changes(self._tx, _subject(step), before=self._as_read[step.id], after=row)

    def _read(self, row: sa.Row[Any]) -> NextStep:
        self._as_read[row.id] = row._asdict()
        return NextStep(
            id=row.id,
            version=row.version,
            deal_id=row.deal_id,
            kind=StepKind(row.kind),
            subject=row.subject,
            due_at=row.due_at,
            assignee_id=row.assignee_id,
            remind_at=row.remind_at,
            status=StepStatus(row.status),
            planned_at=row.planned_at,
            closed_at=row.closed_at,
        )


def step_row(step: NextStep) -> dict[str, Any]:
    """Give a step as its row."""
    return {
        "id": step.id,
        "version": step.version,
        "deal_id": step.deal_id,
        "kind": step.kind.value,
        "subject": step.subject,
        "due_at": step.due_at,
        "assignee_id": step.assignee_id,
        "remind_at": step.remind_at,
        "status": step.status.value,
        "planned_at": step.planned_at,
        "closed_at": step.closed_at,
    }


def _subject(step: NextStep) -> Subject:
    return Subject(kind="next_step", id=step.id, version=step.version, deal_id=step.deal_id)
