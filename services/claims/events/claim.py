"""What is told of claims: how they stand, and how their clocks do; never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.business_calendar import BusinessCalendar
from chassis.events import Published
from services.claims.domain.claim import AnswerKind, Cause, Claim, ClaimStatus, RootCause
from services.claims.domain.escalation import EscalationReason
from services.claims.domain.severity import Severity


@dataclass(frozen=True, kw_only=True)
class OfClaim:
    """What every event of a claim carries: the claim as it stands after the event.

    Times in seconds are business time; what is due is null where no policy sets a target, and while the clock of the
    resolution stands still before it. `resolution_seconds` is what was spent on the claim by the moment of the event.
    """

    claim_id: UUID
    partner_id: UUID
    deal_id: UUID | None
    manager_id: UUID | None
    severity: Severity
    cause: Cause
    root_cause: RootCause | None
    status: ClaimStatus
    products: tuple[str, ...]
    registered_at: datetime
    imported: bool
    policy_id: UUID | None
    first_response_target_seconds: int | None
    first_response_due_at: datetime | None
    first_responded_at: datetime | None
    first_response_seconds: int | None
    resolution_target_seconds: int | None
    resolution_due_at: datetime | None
    resolution_seconds: int
    waiting_since: datetime | None
    resolved_at: datetime | None
    times_reopened: int


@dataclass(frozen=True, kw_only=True)
class ClaimRegistered(OfClaim, Published, type="claim.registered", subject="claim_id"):
    """A client complained."""


@dataclass(frozen=True, kw_only=True)
class ClaimAssigned(OfClaim, Published, type="claim.assigned", subject="claim_id"):
    """A manager got the claim, the first one or after another."""

    manager_id: UUID
    previous_manager_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ClaimChanged(OfClaim, Published, type="claim.changed", subject="claim_id"):
    """What the claim is about, or how bad it is, has changed."""

    changed: tuple[str, ...]
    old_severity: Severity


@dataclass(frozen=True, kw_only=True)
class ClaimResponded(OfClaim, Published, type="claim.responded", subject="claim_id"):
    """Something was said about the claim; `first` tells whether it is the first answer of a human to the client.

    `answered_at` is when that was: what is told of late lies before the claim's last fact.
    """

    answer_kind: AnswerKind
    first: bool
    answered_at: datetime
    answered_by_id: UUID | None
    interaction_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ClaimWaiting(OfClaim, Published, type="claim.waiting", subject="claim_id"):
    """The work on the claim waits on the client."""


@dataclass(frozen=True, kw_only=True)
class ClaimResumed(OfClaim, Published, type="claim.resumed", subject="claim_id"):
    """The work on the claim goes on."""

    waited_since: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimEscalated(OfClaim, Published, type="claim.escalated", subject="claim_id"):
    """Somebody above is told of the claim; null where nobody is above whoever has it."""

    reason: EscalationReason
    escalated_to_id: UUID | None
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ClaimResolved(OfClaim, Published, type="claim.resolved", subject="claim_id"):
    """The work on the claim ended; `manager_id` is who had it then, if anyone."""


@dataclass(frozen=True, kw_only=True)
class ClaimReopened(OfClaim, Published, type="claim.reopened", subject="claim_id"):
    """The work on the claim began again."""

    was_resolved_at: datetime


def of_claim(claim: Claim, calendar: BusinessCalendar) -> dict[str, Any]:
    """Give the fields of an event that a claim's last fact makes."""
    first_response = claim.first_response_time(calendar)
    return {
        "sequence": claim.version,
        "occurred_at": claim.last_fact_at,
        "claim_id": claim.id,
        "partner_id": claim.partner_id,
        "deal_id": claim.deal_id,
        "manager_id": claim.assignee_id,
        "severity": claim.severity,
        "cause": claim.cause,
        "root_cause": claim.root_cause,
        "status": claim.status,
        "products": claim.products,
        "registered_at": claim.registered_at,
        "imported": claim.imported,
        "policy_id": claim.policy_id,
        "first_response_target_seconds": _seconds(claim.first_response_target),
        "first_response_due_at": claim.first_response_due_at(calendar),
        "first_responded_at": claim.first_responded_at,
        "first_response_seconds": _seconds(first_response),
        "resolution_target_seconds": _seconds(claim.resolution_target),
        "resolution_due_at": claim.resolution_due_at(calendar),
        "resolution_seconds": _seconds(claim.resolution_time(calendar)),
        "waiting_since": claim.waiting_since,
        "resolved_at": claim.resolved_at,
        "times_reopened": claim.times_reopened,
    }


def _seconds(time: timedelta | None) -> int | None:
    return None if time is None else time // timedelta(seconds=1)
