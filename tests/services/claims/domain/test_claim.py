"""What may be done with a claim, in which order, and who has it then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Refused
from services.claims.domain.claim import AnswerKind, Cause, Claim, ClaimStatus, RootCause, claim_number
from services.claims.domain.severity import Severity

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=365)
MANAGERS = [UUID(int=n) for n in range(1, 4)]

managers = st.sampled_from(MANAGERS)
moments = st.none() | st.integers(-400, 30).map(lambda days: NOW + timedelta(days=days))
kinds = st.sampled_from(["assign", "answer", "note", "wait", "resume", "resolve", "reopen", "worse"])
steps = st.lists(st.tuples(kinds, managers, moments))


def registered() -> Claim:
    return Claim(
        id=UUID(int=9), number=1, version=1, partner_id=UUID(int=8), deal_id=None, subject="Wet", description=None,
        severity=Severity.NORMAL, cause=Cause.GOODS, status=ClaimStatus.REGISTERED, assignee_id=None,
        registered_at=LONG_AGO, last_fact_at=LONG_AGO, resolved_at=None, resolution=None,
    )  # fmt: skip


def step(claim: Claim, kind: str, who: UUID | None, at: datetime | None) -> Claim:
    match kind:
        case "assign":
            assert who is not None
            return claim.assign(who, at=at, now=NOW)
        case "answer":
            return claim.answer(AnswerKind.ANSWER, at=at, now=NOW)
        case "note":
            return claim.answer(AnswerKind.NOTE, at=at, now=NOW)
        case "wait":
            return claim.wait(at=at, now=NOW)
        case "resume":
            return claim.resume(at=at, now=NOW)
        case "reopen":
            return claim.reopen(at=at, now=NOW)
        case "worse":
            return claim.change(severity=Severity.CRITICAL, products=None, policy=None, at=at, now=NOW)
        case _:
            return claim.resolve("paid back", root_cause=RootCause.DEFECT, by=who, at=at, now=NOW)


@given(steps)
def test_whatever_is_asked_a_claim_stays_in_order(asked: list[tuple[str, UUID | None, datetime | None]]) -> None:
    claim = registered()
    for kind, who, at in asked:
        try:
            after = step(claim, kind, who, at)
        except Refused:
            continue
        if after is claim:
            continue
        assert after.version == claim.version + 1
        assert claim.last_fact_at <= after.last_fact_at <= NOW
        assert after.registered_at == LONG_AGO
        assert claim.first_responded_at in (None, after.first_responded_at)
        assert claim.status is not ClaimStatus.RESOLVED or kind in ("reopen", "note")
        claim = after
        resolved = claim.status is ClaimStatus.RESOLVED
        assert resolved == (claim.resolved_at is not None) == (claim.resolution is not None)
        assert (claim.status is ClaimStatus.WAITING) == (claim.waiting_since is not None)
        assert claim.status is not ClaimStatus.ASSIGNED or claim.assignee_id is not None
        assert claim.status is not ClaimStatus.REGISTERED or claim.assignee_id is None
        spans = [moment for pause in claim.pauses for moment in (pause.began_at, pause.ended_at)]
        assert spans == sorted(moment for moment in spans if moment) or spans[-1] is None
        assert (spans[-1:] == [None]) == (claim.status in (ClaimStatus.WAITING, ClaimStatus.RESOLVED))


@pytest.mark.parametrize("kind", ["assign", "resolve"])
def test_a_resolved_claim_is_left_alone(kind: str) -> None:
    resolved = step(registered(), "resolve", None, None)
    with pytest.raises(Refused) as refusal:
        step(resolved, kind, MANAGERS[0], None)
    assert [problem.code for problem in refusal.value.problems] == ["ALREADY_RESOLVED"]


def test_who_has_the_claim_keeps_it_when_another_resolves_it() -> None:
    assigned = step(registered(), "assign", MANAGERS[0], None)
    assert step(assigned, "resolve", MANAGERS[1], None).assignee_id == MANAGERS[0]
    assert step(registered(), "resolve", MANAGERS[1], None).assignee_id == MANAGERS[1]


@pytest.mark.parametrize(
    ("at", "code"),
    [(NOW + timedelta(seconds=1), "OCCURRED_IN_FUTURE"), (LONG_AGO - timedelta(1), "OCCURRED_BEFORE_LAST_FACT")],
)
def test_a_fact_has_its_place_in_time(at: datetime, code: str) -> None:
    for kind in ("assign", "resolve"):
        with pytest.raises(Refused) as refusal:
            step(registered(), kind, MANAGERS[0], at)
        assert [(p.code, p.field) for p in refusal.value.problems] == [(code, ("occurredAt",))]


def test_the_number_is_one_that_people_can_say() -> None:
    assert claim_number(123) == "CLM-000123"
    assert claim_number(1_234_567) == "CLM-1234567"
