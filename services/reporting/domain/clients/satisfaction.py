"""How satisfied a client is: the latest answer of a respondent about a subject, on a scale, counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from services.reporting.domain.period import month_of
from services.reporting.domain.ratio import Ratio
from services.reporting.domain.satisfaction import Scale, is_detractor, is_promoter, is_satisfied


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answered about something; `request_id` is the request that it answers, if any."""

    id: UUID
    about_id: UUID
    respondent_id: UUID | None
    scale: Scale
    score: int
    at: datetime
    request_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """That somebody was asked."""

    id: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The scores of one scale that count."""

    scale: Scale
    scores: tuple[int, ...]

    @property
    def ratio(self) -> Ratio:
        """CSAT or NPS."""
        if self.scale is Scale.CSAT:
            return Ratio(numerator=sum(map(is_satisfied, self.scores)), denominator=len(self.scores))
        promoters, detractors = sum(map(is_promoter, self.scores)), sum(map(is_detractor, self.scores))
        return Ratio(numerator=promoters - detractors, denominator=len(self.scores))


def effective(answers: Iterable[Answer]) -> list[Answer]:
    """Give the answers that count, the oldest first; of two of one moment the one that was registered later."""
    latest: dict[tuple[UUID, UUID | None, Scale], Answer] = {}
    for answer in sorted(answers, key=lambda one: (one.at, one.id)):
        latest[answer.about_id, answer.respondent_id, answer.scale] = answer
    return sorted(latest.values(), key=lambda one: (one.at, one.id))


def scored(answers: Iterable[Answer], scale: Scale) -> Scores:
    """Give the scores of a scale among answers that count."""
    return Scores(scale=scale, scores=tuple(answer.score for answer in answers if answer.scale is scale))


def by_month(answers: Iterable[Answer], zone: ZoneInfo) -> list[tuple[str, list[Answer]]]:
    """Put answers that count under the business months in which they were given, those with any, in their order."""
    months: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        months[month_of(answer.at, zone)].append(answer)
    return sorted(months.items())


def response_rate(requests: Iterable[Request], answers: Iterable[Answer]) -> Ratio:
    """Tell which part of the requests was answered, by any answer, also one that counts no more."""
    answered = {answer.request_id for answer in answers}
    asked = list(requests)
    return Ratio(numerator=sum(one.id in answered for one in asked), denominator=len(asked))
