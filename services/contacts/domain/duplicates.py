"""What makes it likely that two partners are one and the same."""

from __future__ import annotations

from enum import StrEnum


class Likeness(StrEnum):
    """What two partners share."""

    TAX_ID = "TAX_ID"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    NAME = "NAME"

    @property
    def weight(self) -> float:
        """How likely this alone makes it that they are one, from 0 to 1."""
        return _WEIGHTS[self]


_WEIGHTS = {Likeness.TAX_ID: 0.95, Likeness.PHONE: 0.7, Likeness.EMAIL: 0.7, Likeness.NAME: 0.6}
