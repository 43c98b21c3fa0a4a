"""Claims, as far as figures need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ClaimKind(StrEnum):
    """What a fact of a claim says."""

    REGISTERED = "REGISTERED"
    ASSIGNED = "ASSIGNED"
    CHANGED = "CHANGED"
    RESPONDED = "RESPONDED"
    WAITING = "WAITING"
    RESUMED = "RESUMED"
    ESCALATED = "ESCALATED"
    RESOLVED = "RESOLVED"
    REOPENED = "REOPENED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimState:
    """A claim as it stood at a moment; seconds are business time, counted by claims' own service.

    Of what claims are grouped by only what was asked for is read, the rest is None. `first_responded_at` is what is known of it, and None where it lies after the moment.
    """

    claim_id: UUID
    registered_at: datetime
    partner_id: UUID | None
    manager_id: UUID | None
    severity: str | None
    cause: str | None
    root_cause: str | None
    products: tuple[str, ...]
    has_targets: bool
    first_response_due_at: datetime | None
    first_responded_at: datetime | None
    first_response_seconds: int | None
    resolution_due_at: datetime | None
    resolution_seconds: int | None
    waiting_since: datetime | None
    resolved_at: datetime | None

    def first_response_met(self, at: datetime) -> bool | None:
        """Tell whether the first answer came by its deadline; None where that is open, or was never to be.

        A claim that was resolved without an answer missed it only if its deadline had passed by then.
        """
        if not self.has_targets or self.first_response_due_at is None:
            return None
        if self.first_responded_at is not None:
            return self.first_responded_at <= self.first_response_due_at
        return False if (self.resolved_at or at) > self.first_response_due_at else None

    def resolution_met(self, at: datetime) -> bool | None:
        """Tell whether the claim was resolved by its deadline; None where that is open, or it has none.

        Without a deadline at the moment its clock stands still, in time.
        """
        if not self.has_targets:
            return None
        stopped_at = self.resolved_at or self.waiting_since or at
        if self.resolution_due_at is not None and stopped_at > self.resolution_due_at:
            return False
        return True if self.resolved_at is not None else None
