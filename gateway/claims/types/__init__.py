"""Claims, service levels, and how satisfied clients are."""

from __future__ import annotations

from gateway.claims.satisfaction import (
    SatisfactionConnection,
    SatisfactionRequest,
    SatisfactionRequestConnection,
    SatisfactionResponse,
    SatisfactionScale,
    SatisfactionSubject,
)
from gateway.claims.types.claim import (
    Claim,
    ClaimAnswer,
    ClaimAnswerKind,
    ClaimCause,
    ClaimConnection,
    ClaimRootCause,
    ClaimSeverity,
    ClaimStatus,
)
from gateway.claims.types.sla_policy import SlaPolicy, SlaTarget

__all__ = [
    "Claim",
    "ClaimAnswer",
    "ClaimAnswerKind",
    "ClaimCause",
    "ClaimConnection",
    "ClaimRootCause",
    "ClaimSeverity",
    "ClaimStatus",
    "SatisfactionConnection",
    "SatisfactionRequest",
    "SatisfactionRequestConnection",
    "SatisfactionResponse",
    "SatisfactionScale",
    "SatisfactionSubject",
    "SlaPolicy",
    "SlaTarget",
]
