"""How satisfied clients are (оценка удовлетворённости): CSAT from 1 to 5, NPS from 0 to 10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse


class Scale(StrEnum):
    """On which scale a client tells how satisfied they are."""

    CSAT = "CSAT"
    NPS = "NPS"

    @property
    def lowest(self) -> int:
        """The lowest score."""
        return 1 if self is Scale.CSAT else 0

    @property
    def highest(self) -> int:
        """The highest score."""
        return 5 if self is Scale.CSAT else 10

    def is_low(self, score: int) -> bool:
        """Tell whether somebody has to look after who answers so: 1 and 2 of CSAT, detractors (0 to 6) of NPS."""
        return score <= (2 if self is Scale.CSAT else 6)


class SubjectKind(StrEnum):
    """What a client is asked about."""

    DEAL = "DEAL"
    CLAIM = "CLAIM"
    SHIPMENT = "SHIPMENT"
    ORDER = "ORDER"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What satisfaction is about, and to whom and where it belongs."""

    kind: SubjectKind
    id: UUID
    partner_id: UUID | None
    deal_id: UUID | None
    claim_id: UUID | None
    manager_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class SatisfactionRequest:
    """That somebody was asked; without a respondent it is the client."""

    id: UUID
    subject: Subject
    respondent_id: UUID | None
    scale: Scale
    requested_at: datetime
    automatic: bool
    imported: bool


@dataclass(frozen=True, kw_only=True)
class SatisfactionResponse:
    """What somebody answered: the latest one of a respondent about a subject, on a scale, is what counts."""

    id: UUID
    subject: Subject
    respondent_id: UUID | None
    scale: Scale
    score: int
    comment: str | None
    answered_at: datetime
    request_id: UUID | None
    imported: bool

    @property
    def is_low(self) -> bool:
        """Whether somebody has to look after the respondent."""
        return self.scale.is_low(self.score)


def checked_score(scale: Scale, score: int) -> int:
    """Give a score that is one of its scale; raise Refused for another."""
    if not scale.lowest <= score <= scale.highest:
        message = f"{scale.value} goes from {scale.lowest} to {scale.highest}"
        raise refuse("INVALID", message, "score")
    return score
