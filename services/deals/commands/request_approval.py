"""Ask the head of sales to let a deal enter a stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import approval_json
from services.deals.commands.inputs import Remark
from services.deals.domain.approval import Approval
from services.deals.domain.deal import Deal
from services.deals.domain.kinds import TASK
from services.deals.domain.task import Task
from services.deals.events import TaskCreated, of_task, request_told
from services.deals.storage.approvals import Approvals
from services.deals.storage.copies import head_over
from services.deals.storage.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class RequestApproval:
    """Ask for the approval that a stage of a deal needs."""

    deal_id: UUID
    stage: str
    note: Remark | None = None


def request_approval(command: RequestApproval, tx: Transaction, actor: Actor) -> Json:
    """Ask for an approval, which becomes a task of the head over the deal's manager; answer the request."""
    tasks, approvals = Tasks(tx, actor), Approvals(tx)
    deal = tasks.deals.get(command.deal_id)
    by = actor.subject[:200]
    approval = Approval.request(deal, command.stage, approvals.of(deal), by=by, note=command.note or None, now=tx.now)
    task = _task(approval, deal, tx)
    tasks.plan_of(deal).add(task)
    tasks.add([task])
    approval = replace(approval, task_id=task.id)
    approvals.add(approval)
    tx.emit(request_told(approval, deal))
    tx.emit(TaskCreated(**of_task(task, deal, tx.now)))
    return approval_json(approval)


def _task(approval: Approval, deal: Deal, tx: Transaction) -> Task:
    return Task(
        id=new_id(TASK),
        deal_id=deal.id,
        title=f"Approve or reject: entering {deal.process.stage(approval.stage).name}",
        assignee_id=head_over(tx, deal.manager_id) or deal.manager_id,
        created_at=tx.now,
    )
