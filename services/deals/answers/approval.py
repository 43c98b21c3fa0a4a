"""Approvals, as they are answered."""

from __future__ import annotations

from chassis.wire import Json
from services.deals.domain.approval import Approval


def approval_json(approval: Approval) -> Json:
    """Give an approval."""
    return {
        "id": approval.id,
        "version": approval.version,
        "deal_id": approval.deal_id,
        "process_id": approval.process_id,
        "stage": approval.stage,
        "status": approval.status,
        "task_id": approval.task_id,
        "note": approval.note,
        "requested_at": approval.requested_at,
        "requested_by": approval.requested_by,
        "decided_at": approval.decided_at,
        "decided_by": approval.decided_by,
        "decision_note": approval.decision_note,
    }
