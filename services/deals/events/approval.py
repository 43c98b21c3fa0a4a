"""What is told of approvals: for which stage they are asked and what was decided, never what people wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.approval import Approval, ApprovalStatus
from services.deals.domain.deal import Deal
from services.deals.events.document import OfDocument, of_document


@dataclass(frozen=True, kw_only=True)
class ApprovalRequested(OfDocument, Published, type="approval.requested", subject="approval_id"):
    """Somebody asks the head of sales to let a deal enter a stage; `task_id` is the task of whoever is to decide."""

    approval_id: UUID
    stage: str
    task_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ApprovalDecided(OfDocument, Published, type="approval.decided", subject="approval_id"):
    """The head of sales has approved or rejected that a deal enter a stage."""

    approval_id: UUID
    stage: str
    status: ApprovalStatus


def request_told(approval: Approval, deal: Deal) -> ApprovalRequested:
    """Make the event for a request."""
    told = _told(approval, deal, approval.requested_at)
    return ApprovalRequested(**told, task_id=approval.task_id)


def decision_told(approval: Approval, deal: Deal) -> ApprovalDecided:
    """Make the event for a decision."""
    decided_at = approval.decided_at or approval.requested_at
    return ApprovalDecided(**_told(approval, deal, decided_at), status=approval.status)


def _told(approval: Approval, deal: Deal, occurred_at: datetime) -> dict[str, Any]:
    return of_document(deal) | {
        "sequence": approval.version,
        "occurred_at": occurred_at,
        "approval_id": approval.id,
        "stage": approval.stage,
    }
