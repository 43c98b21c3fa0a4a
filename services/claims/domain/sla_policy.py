"""Service levels (норматив): how soon a claim is answered and resolved, by its severity, in business time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.claims.domain.severity import Severity


@dataclass(frozen=True, kw_only=True)
class Target:
    """Business time that is allowed until the first answer and until the resolution."""

    first_response: timedelta
    resolution: timedelta


@dataclass(frozen=True, kw_only=True)
class SlaPolicy:
    """Targets by severity, from a moment on until the next version; claims keep the version they were registered under.

    `warn_at_percent` is the share of a target that may be used until somebody is warned; None warns nobody.
    """

    id: UUID
    version: int
    valid_from: datetime
    targets: Mapping[Severity, Target]
    warn_at_percent: int | None
