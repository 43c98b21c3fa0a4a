"""Primary interest: where a new partner came from and what they asked for, until that is met or given up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from chassis.money import Money
from services.contacts.domain.kinds import INTEREST
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import optional_line, optional_text

_TEXT_LENGTH = 2000
_REASON_LENGTH = 1000


class InterestStatus(StrEnum):
    """Whether what was asked for was sold."""

    OPEN = "OPEN"
    MET = "MET"
    UNMET = "UNMET"


@dataclass(frozen=True, kw_only=True)
class Interest:
    """What a partner asked for; `amount` is what they would have spent, where that is known."""

    id: UUID
    version: int
    partner_id: UUID
    source: str | None
    campaign: str | None
    text: str | None
    amount: Money | None
    status: InterestStatus
    reason: str | None
    occurred_at: datetime
    recorded_at: datetime
    closed_at: datetime | None

    @classmethod
    def register(
        cls,
        partner_id: UUID,
        *,
        at: datetime,
        now: datetime,
        source: str | None = None,
        campaign: str | None = None,
        text: str | None = None,
        amount: Money | None = None,
    ) -> Interest:
        """Make a new interest; raise Refused if nothing is said of it, or with all that does not fit."""
        made = cls(
            id=new_id(INTEREST), version=1, partner_id=partner_id, source=None, campaign=None, text=None, amount=amount,
            status=InterestStatus.OPEN, reason=None, occurred_at=at, recorded_at=now, closed_at=None,
        )  # fmt: skip
        problems = Problems()
        with problems.under():
            made = replace(made, source=optional_line(source, "source", longest=200))
        with problems.under():
            made = replace(made, campaign=optional_line(campaign, "campaign", longest=200))
        with problems.under():
            made = replace(made, text=optional_text(text, "text", longest=_TEXT_LENGTH))
        with problems.under():
            if amount is not None and amount.minor < 0:
                raise refuse("INVALID_AMOUNT", "an interest is worth nothing or more", "amount", "amount")
        problems.settle()
        if made.source is None and made.campaign is None and made.text is None:
            raise refuse("REQUIRED", "say what was asked for, or where it came from", "text")
        return made

    def close(self, status: InterestStatus, reason: str | None, at: datetime) -> Interest:
        """Say that the interest was met, or why it was not; raise Refused if it is closed, or the reason is missing."""
        if self.status is not InterestStatus.OPEN:
            raise refuse("CLOSED_ALREADY", f"this interest is {self.status} already", "interest")
        if status is InterestStatus.OPEN:
            raise refuse("INVALID", "an interest is closed as MET or UNMET", "status")
        why = optional_text(reason, "reason", longest=_REASON_LENGTH)
        if status is InterestStatus.UNMET and why is None:
            raise refuse("REQUIRED", "say why it was not met", "reason")
        if at < self.occurred_at:
            raise refuse("OCCURRED_TOO_EARLY", "an interest is not closed before it was there", "occurredAt")
        return replace(self, version=self.version + 1, status=status, reason=why, closed_at=at)
