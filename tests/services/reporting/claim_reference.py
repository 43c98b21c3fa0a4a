"""The figures of claims and of satisfaction once more, plain and slow, from their definitions and nothing but facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from services.claims.domain.severity import Severity
from tests.services.reporting.claim_stories import TARGETS
from tests.services.reporting.reference import History, quantile, ratio, within
from tests.services.reporting.world import Told

Key = str | None
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Claim:
    """What is known of a claim: the facts that had happened by a moment, and all that were recorded."""

    facts: History
    recorded: History
    at: datetime

    @property
    def registered_at(self) -> datetime:
        return self.facts[0].occurred_at

    @property
    def last(self) -> dict[str, Any]:
        return self.facts[-1].data

    @property
    def first_answer(self) -> datetime | None:
        """The first answer of a human to the client: it counts at its own moment, whenever it was told."""
        answers = [
            datetime.fromisoformat(fact.data["answered_at"])
            for fact in self.recorded
            if fact.type == "claim.responded" and fact.data["answer_kind"] == "ANSWER"
        ]
        return min((one for one in answers if one <= self.at), default=None)

    @property
    def resolved_at(self) -> datetime | None:
        turns = [fact for fact in self.facts if fact.type in ("claim.resolved", "claim.reopened")]
        return turns[-1].occurred_at if turns and turns[-1].type == "claim.resolved" else None

    @property
    def worked(self) -> timedelta:
        """What passed since the registration, but for waiting on the client and closed gaps."""
        passed, since = timedelta(), self.registered_at
        running = True
        for fact in self.facts:
            if fact.type in ("claim.waiting", "claim.resolved"):
                passed += fact.occurred_at - since if running else timedelta()
                running = False
            elif fact.type in ("claim.resumed", "claim.reopened"):
                running, since = True, fact.occurred_at
        return passed + (self.at - since if running else timedelta())

    @property
    def targets(self) -> tuple[timedelta, timedelta] | None:
        if self.last["imported"]:
            return None
        first, until = TARGETS[Severity(self.last["severity"])]
        return first * _HOUR, until * _HOUR

    @property
    def answered_in_time(self) -> bool | None:
        if self.targets is None:
            return None
        due = self.registered_at + self.targets[0]
        if self.first_answer is not None:
            return self.first_answer <= due
        return False if (self.resolved_at or self.at) > due else None

    @property
    def resolved_in_time(self) -> bool | None:
        if self.targets is None:
            return None
        if self.worked > self.targets[1]:
            return False
        return True if self.resolved_at else None


def known_claims(histories: Sequence[History], as_of: datetime, known_at: datetime | None) -> list[Claim]:
    """What had happened by a moment, as far as it was recorded by another."""
    found = []
    for history in histories:
        recorded = [fact for fact in history if known_at is None or fact.recorded_at <= known_at]
        facts = [fact for fact in recorded if fact.occurred_at <= as_of]
        if facts:
            found.append(Claim(facts, recorded, as_of))
    return found


def claim_rows(
    claims: Sequence[Claim],
    period: dict[str, str] | None,
    zone: ZoneInfo,
    keys_of: Callable[[Claim, datetime | None], Iterable[Key]],
    *,
    grouped: bool = True,
) -> list[dict[str, Any]]:
    """The figures under each key."""

    def under(key: Key, counted: Iterable[tuple[Claim, datetime | None]]) -> list[Claim]:
        return [claim for claim, when in counted if key in keys_of(claim, when)]

    registered = [(c, c.registered_at) for c in claims if within(c.registered_at, period, zone)]
    resolved = [(c, c.resolved_at) for c in claims if c.resolved_at and within(c.resolved_at, period, zone)]
    reopened = [
        (c, fact.occurred_at)
        for c in claims
        for fact in c.facts
        if fact.type == "claim.reopened" and within(fact.occurred_at, period, zone)
    ]
    still_open = [(c, None) for c in claims if c.resolved_at is None]
    everything: list[tuple[Claim, datetime | None]] = [*registered, *resolved, *reopened, *still_open]
    keys = {key for claim, when in everything for key in keys_of(claim, when)} if grouped else {None}
    rows = []
    for key in sorted(keys, key=lambda one: (one is None, one or "")):
        cohort = under(key, registered)
        answers = [c.first_answer - c.registered_at for c in cohort if c.first_answer]
        ends = [c.worked for c in cohort if c.resolved_at]
        rows.append(
            {
                "key": key,
                "registered": len(cohort),
                "resolved": len(under(key, resolved)),
                "reopened": len(under(key, reopened)),
                "open": len(under(key, still_open)),
                "late": sum(c.resolved_in_time is False for c in under(key, still_open)),
                "first_response": _times(answers),
                "resolution": _times(ends),
                "first_response_compliance": _compliance([c.answered_in_time for c in cohort]),
                "resolution_compliance": _compliance([c.resolved_in_time for c in cohort]),
            }
        )
    return rows


def resolved_in_time(
    claims: Sequence[Claim], period: dict[str, str] | None, zone: ZoneInfo
) -> dict[str, tuple[int, dict[str, Any]]]:
    """How many claims each manager resolved in a period, and the share of those in time."""
    mine: dict[str, list[Claim]] = {}
    for claim in claims:
        manager = claim.last["manager_id"]
        if manager and claim.resolved_at and within(claim.resolved_at, period, zone):
            mine.setdefault(manager, []).append(claim)
    return {
        manager: (len(of), _compliance([claim.resolved_in_time for claim in of]))
        for manager, of in sorted(mine.items())
    }


def answered_in_time(
    claims: Sequence[Claim], period: dict[str, str] | None, zone: ZoneInfo
) -> dict[str, dict[str, Any]]:
    """Of the claims with a target that were first answered in a period the share in time, by who had them then."""
    mine: dict[str, list[bool | None]] = {}
    for claim in claims:
        answer = claim.first_answer
        if answer is not None and claim.targets is not None and within(answer, period, zone):
            manager = [fact for fact in claim.facts if fact.occurred_at <= answer][-1].data["manager_id"]
            if manager:
                mine.setdefault(manager, []).append(claim.answered_in_time)
    return {manager: _compliance(met) for manager, met in mine.items()}


def known_facts(facts: Sequence[Told], as_of: datetime, known_at: datetime | None) -> list[Told]:
    """Requests and answers of before a moment, as far as they were recorded by another."""
    return [f for f in facts if f.occurred_at <= as_of and (known_at is None or f.recorded_at <= known_at)]


def satisfaction_rows(
    facts: Sequence[Told],
    period: dict[str, str] | None,
    zone: ZoneInfo,
    key_of: Callable[[Told], Key],
    *,
    grouped: bool = True,
) -> list[dict[str, Any]]:
    """CSAT, NPS and the response rate under each key."""
    responses = [f for f in facts if f.type == "satisfaction.recorded"]
    latest: dict[Any, Told] = {}
    for fact in sorted(responses, key=lambda f: (f.occurred_at, f.recorded_at, str(f.subject))):
        latest[fact.data["about_id"], fact.data["respondent_id"], fact.data["scale"]] = fact
    answers = [f for f in latest.values() if within(f.occurred_at, period, zone)]
    asked = [f for f in facts if f.type == "satisfaction.requested" and within(f.occurred_at, period, zone)]
    answered = {f.data["request_id"] for f in responses}
    keys = {key_of(fact) for fact in [*answers, *asked]} if grouped else {None}
    rows = []
    for key in sorted(keys, key=lambda one: (one is None, one or "")):
        scores: dict[str, list[int]] = {"CSAT": [], "NPS": []}
        for fact in answers:
            if key_of(fact) == key:
                scores[fact.data["scale"]].append(fact.data["score"])
        mine = [f.data["request_id"] in answered for f in asked if key_of(f) == key]
        promoters, detractors = sum(s >= 9 for s in scores["NPS"]), sum(s <= 6 for s in scores["NPS"])
        rows.append(
            {
                "key": key,
                "csat": ratio(sum(s >= 4 for s in scores["CSAT"]), len(scores["CSAT"])),
                "nps": ratio(promoters - detractors, len(scores["NPS"])),
                "promoters": promoters,
                "detractors": detractors,
                "response_rate": ratio(sum(mine), len(mine)),
            }
        )
    return rows


def _times(times: Sequence[timedelta]) -> dict[str, Any]:
    seconds = sorted(one // timedelta(seconds=1) for one in times)
    return {
        "count": len(seconds),
        "median_seconds": float(quantile(seconds, Fraction(1, 2))) if seconds else None,
        "p90_seconds": float(quantile(seconds, Fraction(9, 10))) if seconds else None,
    }


def _compliance(found: Sequence[bool | None]) -> dict[str, Any]:
    return ratio(sum(one is True for one in found), sum(one is not None for one in found))
