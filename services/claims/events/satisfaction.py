"""What is told of satisfaction: about what, by whom, how high; never the words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Published
from services.claims.domain.satisfaction import Scale, SubjectKind


@dataclass(frozen=True, kw_only=True)
class OfSatisfaction:
    """What every event of satisfaction carries.

    What it is about is a deal, a claim, an order or a shipment; `deal_id` and `claim_id` are where it belongs. `manager_id` is
    who was responsible when it was told. Without a respondent it is the client itself who is asked, or answers.
    """

    about_kind: SubjectKind
    about_id: UUID
    partner_id: UUID | None
    deal_id: UUID | None
    claim_id: UUID | None
    manager_id: UUID | None
    respondent_id: UUID | None
    scale: Scale
    imported: bool


@dataclass(frozen=True, kw_only=True)
class SatisfactionRequested(OfSatisfaction, Published, type="satisfaction.requested", subject="request_id"):
    """A client was asked how satisfied they are."""

    request_id: UUID
    automatic: bool


@dataclass(frozen=True, kw_only=True)
class SatisfactionRecorded(OfSatisfaction, Published, type="satisfaction.recorded", subject="response_id"):
    """A client told how satisfied they are: the latest answer of a respondent about a subject, on a scale, is what counts.

    `request_id` is what was answered by it, if anything.
    """

    response_id: UUID
    request_id: UUID | None
    score: int
    low: bool


@dataclass(frozen=True, kw_only=True)
class SatisfactionLow(OfSatisfaction, Published, type="satisfaction.low", subject="response_id"):
    """A client is not satisfied, and somebody has to look after them."""

    response_id: UUID
    score: int
