"""How satisfied clients are: CSAT, NPS and how many of those who were asked answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.reporting.domain.ratio import Ratio
from services.reporting.domain.satisfaction import Scale, is_detractor, is_promoter, is_satisfied


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answered, which counts: the latest of a respondent about one thing, on one scale."""

    scale: Scale
    score: int
    about_kind: str
    partner_id: UUID | None
    manager_id: UUID | None
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """That somebody was asked, and whether they have answered."""

    about_kind: str
    partner_id: UUID | None
    manager_id: UUID | None
    requested_at: datetime
    answered: bool


@dataclass(slots=True, kw_only=True)
class Satisfaction:
    """What the answers and requests under one key add up to."""

    key: str | None
    satisfied: int = 0
    csat_answers: int = 0
    promoters: int = 0
    detractors: int = 0
    nps_answers: int = 0
    asked: int = 0
    answered: int = 0

    def count(self, answer: Answer) -> None:
        """Count one answer."""
        if answer.scale is Scale.CSAT:
            self.csat_answers += 1
            self.satisfied += is_satisfied(answer.score)
        else:
            self.nps_answers += 1
            self.promoters += is_promoter(answer.score)
            self.detractors += is_detractor(answer.score)

    @property
    def csat(self) -> Ratio:
        """Give the share of answers 4 and 5 of CSAT."""
        return Ratio(numerator=self.satisfied, denominator=self.csat_answers)

    @property
    def nps(self) -> Ratio:
        """Give the share of promoters (9, 10) less that of detractors (0 to 6), in [-1, 1]."""
        return Ratio(numerator=self.promoters - self.detractors, denominator=self.nps_answers)

    @property
    def response_rate(self) -> Ratio:
        """Give the share of requests that were answered."""
        return Ratio(numerator=self.answered, denominator=self.asked)


def satisfaction_rows(
    answers: Iterable[tuple[str | None, Answer]], requests: Iterable[tuple[str | None, Request]]
) -> list[Satisfaction]:
    """Add up under each key, in the order of the keys, what has none last."""
    rows: dict[str | None, Satisfaction] = {}
    for key, answer in answers:
        rows.setdefault(key, Satisfaction(key=key)).count(answer)
    for key, request in requests:
        row = rows.setdefault(key, Satisfaction(key=key))
        row.asked += 1
        row.answered += request.answered
    return [rows[key] for key in sorted(rows, key=lambda one: (one is None, one or ""))]
