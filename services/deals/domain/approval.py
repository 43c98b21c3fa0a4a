"""Approvals: the head of sales says whether a deal may enter a stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.deals.domain.deal import Deal
from services.deals.domain.guards.approved_by_head_of_sales import ApprovedByHeadOfSales
from services.deals.domain.kinds import APPROVAL


class ApprovalStatus(StrEnum):
    """How a request for an approval stands."""

    REQUESTED = "REQUESTED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A request that a deal be let into a stage of its process version, and what was decided.

    `task_id` is the task of whoever is to decide; `note` and `decision_note` are what people wrote with either.
    """

    id: UUID
    deal_id: UUID
    process_id: UUID
    stage: str
    requested_at: datetime
    requested_by: str
    note: str | None = None
    task_id: UUID | None = None
    status: ApprovalStatus = ApprovalStatus.REQUESTED
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision_note: str | None = None
    version: int = 1

    @classmethod
    def request(
        cls, deal: Deal, key: str, before: Iterable[Approval], *, by: str, note: str | None, now: datetime
    ) -> Approval:
        """Ask for the approval of a stage that needs one; `before` are the deal's approvals. A rejected one may be repeated."""
        deal.require_open()
        stage = deal.process.stage(key)
        if not stage.has_guard(ApprovedByHeadOfSales.name):
            raise refuse("NO_APPROVAL_NEEDED", f"{key!r} is entered without an approval of the head of sales", "stage")
        for one in before:
            if (one.process_id, one.stage) != (deal.process.id, key):
                continue
            if one.status is ApprovalStatus.REQUESTED:
                raise refuse("APPROVAL_PENDING", f"the approval for {key!r} is asked for already", "stage")
            if one.status is ApprovalStatus.APPROVED:
                raise refuse("ALREADY_APPROVED", f"{key!r} is approved already; move the deal", "stage")
        return cls(
            id=new_id(APPROVAL),
            deal_id=deal.id,
            process_id=deal.process.id,
            stage=key,
            requested_at=now,
            requested_by=by,
            note=note,
        )

    def decide(self, *, approved: bool, by: str, note: str | None, now: datetime) -> Approval:
        """Decide a request, once."""
        if self.status is not ApprovalStatus.REQUESTED:
            raise refuse("ALREADY_DECIDED", f"the request is {self.status.lower()} already; ask anew", "approval")
        return replace(
            self,
            status=ApprovalStatus.APPROVED if approved else ApprovalStatus.REJECTED,
            decided_at=now,
            decided_by=by,
            decision_note=note,
            version=self.version + 1,
        )
