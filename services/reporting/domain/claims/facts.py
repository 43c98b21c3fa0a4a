"""Claims, as far as figures need them."""

from __future__ import annotations

from enum import StrEnum


class ClaimKind(StrEnum):
    """What a fact of a claim says."""

    REGISTERED = "REGISTERED"
    ASSIGNED = "ASSIGNED"
    RESOLVED = "RESOLVED"
