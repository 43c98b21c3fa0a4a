"""What claims publishes."""

from __future__ import annotations

from services.claims.events.claim import (
    ClaimAssigned,
    ClaimChanged,
    ClaimEscalated,
    ClaimRegistered,
    ClaimReopened,
    ClaimResolved,
    ClaimResponded,
    ClaimResumed,
    ClaimWaiting,
    of_claim,
)
from services.claims.events.satisfaction import SatisfactionLow, SatisfactionRecorded, SatisfactionRequested
from services.claims.events.sla_policy import SlaPolicyRegistered, TargetTold

__all__ = [
    "ClaimAssigned",
    "ClaimChanged",
    "ClaimEscalated",
    "ClaimRegistered",
    "ClaimReopened",
    "ClaimResolved",
    "ClaimResponded",
    "ClaimResumed",
    "ClaimWaiting",
    "SatisfactionLow",
    "SatisfactionRecorded",
    "SatisfactionRequested",
    "SlaPolicyRegistered",
    "TargetTold",
    "of_claim",
]
