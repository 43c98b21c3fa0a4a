"""When somebody above is to be told of a claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.business_calendar import BusinessCalendar, Hours
from services.claims.domain.claim import AnswerKind, Cause, Claim, ClaimStatus
from services.claims.domain.escalation import upcoming
from services.claims.domain.severity import Severity

HOUR = timedelta(hours=1)
BEGAN = datetime(2026, 3, 2, tzinfo=UTC)
ALWAYS = BusinessCalendar(
    zone=ZoneInfo("UTC"), week=frozenset(range(1, 8)), hours=(Hours(opens=time.min, closes=time.min),)
)
CLAIM = Claim(
    id=UUID(int=9), number=1, version=1, partner_id=UUID(int=8), deal_id=None, subject="Wet", description=None,
    severity=Severity.NORMAL, cause=Cause.GOODS, status=ClaimStatus.REGISTERED, assignee_id=None,
    registered_at=BEGAN, last_fact_at=BEGAN, resolved_at=None, resolution=None, policy_id=UUID(int=1),
    warn_at_percent=50, first_response_target=10 * HOUR, resolution_target=40 * HOUR,
)  # fmt: skip


def coming(claim: Claim) -> list[tuple[str, int]]:
    return [(one.escalation.reason.value, (one.at - BEGAN) // HOUR) for one in upcoming(claim, ALWAYS)]


def test_a_deadline_that_nears_is_told_before_one_that_has_passed() -> None:
    near, passed = ("FIRST_RESPONSE_NEAR", 5), ("FIRST_RESPONSE_PASSED", 10)
    later = [("RESOLUTION_NEAR", 20), ("RESOLUTION_PASSED", 40)]
    assert coming(CLAIM) == [near, passed, *later]
    first, second = upcoming(CLAIM, ALWAYS)[:2]
    assert (first.deadline, second.deadline) == (BEGAN + 10 * HOUR, BEGAN + 10 * HOUR)
    warned = CLAIM.escalate(first.escalation, at=BEGAN + 5 * HOUR, now=BEGAN + 5 * HOUR)
    assert coming(warned) == [passed, *later]
    assert coming(CLAIM.escalate(second.escalation, at=None, now=BEGAN + 11 * HOUR)) == later
    assert coming(replace(CLAIM, warn_at_percent=None)) == [passed, later[1]]


def test_what_waits_and_goes_on_is_told_of_once_and_later() -> None:
    answered = CLAIM.answer(AnswerKind.ANSWER, at=BEGAN + HOUR, now=BEGAN + HOUR)
    waiting = answered.wait(at=BEGAN + 10 * HOUR, now=BEGAN + 10 * HOUR)
    assert (coming(waiting), waiting.resolution_due_at(ALWAYS)) == ([], None)
    goes_on = waiting.resume(at=BEGAN + 30 * HOUR, now=BEGAN + 30 * HOUR)
    assert coming(goes_on) == [("RESOLUTION_NEAR", 40), ("RESOLUTION_PASSED", 60)]
    worse = replace(goes_on, resolution_target=8 * HOUR)  # which had passed before it waited
    assert coming(worse) == [("RESOLUTION_NEAR", 4), ("RESOLUTION_PASSED", 8)]
