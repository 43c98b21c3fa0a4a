"""What is told of service levels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.claims.domain.severity import Severity


@dataclass(frozen=True, kw_only=True)
class TargetTold:
    """What is allowed at a severity, in seconds of business time."""

    severity: Severity
    first_response_seconds: int
    resolution_seconds: int


@dataclass(frozen=True, kw_only=True)
class SlaPolicyRegistered(Published, type="sla_policy.registered", subject="policy_id"):
    """Claims registered from a moment on have these targets."""

    policy_id: UUID
    policy_version: int
    valid_from: datetime
    targets: tuple[TargetTold, ...]
    warn_at_percent: int | None
