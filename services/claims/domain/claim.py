"""A claim (претензия): registered, assigned to a manager, resolved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Refused, refuse
from services.claims.domain.moment import placed


class Severity(StrEnum):
    """How bad it is for the client, from the least to the worst."""

    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"


class Cause(StrEnum):
    """What the client complains about."""

    DELIVERY = "DELIVERY"
    GOODS = "GOODS"
    DOCUMENTS = "DOCUMENTS"
    SERVICE = "SERVICE"


class ClaimStatus(StrEnum):
    """How far the work on a claim has come."""

    REGISTERED = "REGISTERED"
    ASSIGNED = "ASSIGNED"
    RESOLVED = "RESOLVED"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A client's complaint; `last_fact_at` is when the last thing happened to it."""

    id: UUID
    number: int
    version: int
    partner_id: UUID
    deal_id: UUID | None
    subject: str
    description: str | None
    severity: Severity
    cause: Cause
    status: ClaimStatus
    assignee_id: UUID | None
    registered_at: datetime
    last_fact_at: datetime
    resolved_at: datetime | None
    resolution: str | None

    def assign(self, manager_id: UUID, *, at: datetime | None, now: datetime) -> Claim:
        """Give the claim to a manager, also to another one than before; raise Refused if it is theirs or resolved."""
        self._require_unresolved()
        if manager_id == self.assignee_id:
            raise refuse("SAME_ASSIGNEE", f"{claim_number(self.number)} is with this manager already", "manager")
        moment = placed(at, now=now, after=self.last_fact_at)
        return replace(
            self,
            version=self.version + 1,
            status=ClaimStatus.ASSIGNED,
            assignee_id=manager_id,
            last_fact_at=moment,
        )

    def resolve(self, resolution: str, *, by: UUID | None, at: datetime | None, now: datetime) -> Claim:
        """End the work on the claim; who resolves a claim that nobody has takes it. Raise Refused if it is resolved."""
        self._require_unresolved()
        moment = placed(at, now=now, after=self.last_fact_at)
        return replace(
            self,
            version=self.version + 1,
            status=ClaimStatus.RESOLVED,
            assignee_id=self.assignee_id or by,
            last_fact_at=moment,
            resolved_at=moment,
            resolution=resolution,
        )

    def _require_unresolved(self) -> None:
        if self.status is ClaimStatus.RESOLVED:
            raise already_resolved(self)


def already_resolved(claim: Claim) -> Refused:
    """Say that nothing more can be done with a claim."""
    return refuse(
        "ALREADY_RESOLVED", f"{claim_number(claim.number)} is resolved; register a new claim for what is new", "claim"
    )


def claim_number(number: int) -> str:
    """Give the number by which people call a claim: CLM-000123."""
    return f"CLM-{number:06d}"
