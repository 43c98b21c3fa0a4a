"""What claims publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.claims.domain.claim import Cause, Severity


@dataclass(frozen=True, kw_only=True)
class ClaimRegistered(Published, type="claim.registered", subject="claim_id"):
    """A client complained."""

    claim_id: UUID
    partner_id: UUID
    deal_id: UUID | None
    severity: Severity
    cause: Cause


@dataclass(frozen=True, kw_only=True)
class ClaimAssigned(Published, type="claim.assigned", subject="claim_id"):
    """A manager got the claim, the first one or after another."""

    claim_id: UUID
    partner_id: UUID
    deal_id: UUID | None
    manager_id: UUID
    previous_manager_id: UUID | None
    severity: Severity


@dataclass(frozen=True, kw_only=True)
class ClaimResolved(Published, type="claim.resolved", subject="claim_id"):
    """The work on the claim ended; `manager_id` is who had it then, if anyone."""

    claim_id: UUID
    partner_id: UUID
    deal_id: UUID | None
    manager_id: UUID | None
    registered_at: datetime
    severity: Severity
