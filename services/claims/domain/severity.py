"""How bad a claim is."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How bad it is for the client, from the least to the worst."""

    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"
