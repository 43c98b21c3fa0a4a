"""Decide whether a deal may enter a stage."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import Refused
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import approval_json
from services.deals.commands.inputs import Remark
from services.deals.domain.approval import Approval
from services.deals.domain.deal import Deal
from services.deals.events import TaskCompleted, decision_told, of_task
from services.deals.storage.approvals import Approvals, not_found
from services.deals.storage.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class DecideApproval:
    """Say whether what was asked for is approved."""

    approval_id: UUID
    approved: bool
    note: Remark | None = None
    expected_version: int | None = None


def decide_approval(command: DecideApproval, tx: Transaction, actor: Actor) -> Json:
    """Approve or reject, once; the task that came of the request is done by it. Answer the approval."""
    actor.require("approve")
    tasks, approvals = Tasks(tx, actor), Approvals(tx)
    deal = _deal(command.approval_id, tasks, approvals)
    before = approvals.get(command.approval_id, expected_version=command.expected_version)
    after = before.decide(approved=command.approved, by=actor.subject[:200], note=command.note or None, now=tx.now)
    approvals.save(before, after)
    tx.emit(decision_told(after, deal))
    _finish_task(after, deal, tasks, tx)
    return approval_json(after)


def _deal(approval_id: UUID, tasks: Tasks, approvals: Approvals) -> Deal:
    try:
        return tasks.deals.get(approvals.deal_of(approval_id))
    except Refused:
        raise not_found(approval_id) from None


def _finish_task(approval: Approval, deal: Deal, tasks: Tasks, tx: Transaction) -> None:
    plan = tasks.plan_of(deal)
    task = next((one for one in plan.tasks if one.id == approval.task_id and one.status.is_open), None)
    if task is None or plan.waits_for(task):  # somebody finished it by hand, or made it wait for others
        return
    plan.complete(task, tx.now)
    tasks.save(task)
    tx.emit(TaskCompleted(**of_task(task, deal, tx.now)))
