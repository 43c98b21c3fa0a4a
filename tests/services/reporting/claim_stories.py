"""What the claims service tells, by its own rules, on a calendar that works at all hours."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.business_calendar import BusinessCalendar, Hours
from chassis.events import Published
from chassis.ids import new_id
from chassis.wire import decode
from services.claims.domain.claim import AnswerKind, Cause, Claim, ClaimStatus, RootCause
from services.claims.domain.escalation import Escalation, EscalationReason
from services.claims.domain.satisfaction import Scale, SubjectKind
from services.claims.domain.severity import Severity
from services.claims.domain.sla_policy import SlaPolicy, Target
from services.claims.events import (
    ClaimAssigned,
    ClaimChanged,
    ClaimEscalated,
    ClaimRegistered,
    ClaimReopened,
    ClaimResolved,
    ClaimResponded,
    ClaimResumed,
    ClaimWaiting,
    SatisfactionRecorded,
    SatisfactionRequested,
    of_claim,
)
from tests.services.reporting.world import CLAIM, DEAL, PARTNER, Told

ALWAYS = BusinessCalendar(
    zone=ZoneInfo("UTC"), week=frozenset(range(1, 8)), hours=(Hours(opens=time.min, closes=time.min),)
)
TARGETS = {
    Severity.LOW: (48, 400),
    Severity.NORMAL: (24, 200),
    Severity.HIGH: (8, 100),
    Severity.CRITICAL: (2, 24),
}
"""Hours until the first answer and until the resolution."""
POLICY = SlaPolicy(
    id=UUID(int=1),
    version=1,
    valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    targets={
        severity: Target(first_response=timedelta(hours=first), resolution=timedelta(hours=until))
        for severity, (first, until) in TARGETS.items()
    },
    warn_at_percent=None,
)


class ClaimTeller:
    """Tells the story of one claim, as its service would: each of its facts `late` after it happened."""

    def __init__(
        self,
        when: datetime,
        *,
        late: timedelta = timedelta(),
        imported: bool = False,
        severity: Severity = Severity.NORMAL,
        cause: Cause = Cause.GOODS,
        partner_id: UUID | None = None,
        deal_id: UUID | None = None,
        products: Sequence[str] = (),
    ) -> None:
        self._late = late
        self.told: list[Told] = []
        claim = Claim(
            id=new_id(CLAIM), number=1, version=1, partner_id=partner_id or new_id(PARTNER), deal_id=deal_id,
            subject="x", description=None, severity=severity, cause=cause, status=ClaimStatus.REGISTERED,
            assignee_id=None, registered_at=when, last_fact_at=when, resolved_at=None, resolution=None,
            products=tuple(products), imported=imported,
        )  # fmt: skip
        self.claim = claim if imported else claim.under(POLICY)
        self._tell(ClaimRegistered(**self._of()))

    def assign(self, when: datetime, manager_id: UUID) -> None:
        before = self.claim.assignee_id
        self.claim = self.claim.assign(manager_id, at=when, now=when)
        self._tell(ClaimAssigned(**self._of(), previous_manager_id=before))

    def answer(self, when: datetime, kind: AnswerKind) -> None:
        before = self.claim.first_responded_at
        self.claim = self.claim.answer(kind, at=when, now=when)
        self._responded(kind, when, first=before != self.claim.first_responded_at)

    def answer_elsewhere(self, when: datetime, told_at: datetime) -> None:
        """Hear, at a later moment, of an answer."""
        answered = self.claim.answered_elsewhere(when)
        if answered is not None:
            self.claim = answered
            self._responded(AnswerKind.ANSWER, when, first=True, told_at=told_at)

    def wait(self, when: datetime) -> None:
        self.claim = self.claim.wait(at=when, now=when)
        self._tell(ClaimWaiting(**self._of()))

    def resume(self, when: datetime) -> None:
        since = self.claim.waiting_since
        assert since is not None
        self.claim = self.claim.resume(at=when, now=when)
        self._tell(ClaimResumed(**self._of(), waited_since=since))

    def resolve(self, when: datetime, root_cause: RootCause | None = None, by: UUID | None = None) -> None:
        self.claim = self.claim.resolve("x", root_cause=root_cause, by=by, at=when, now=when)
        self._tell(ClaimResolved(**self._of()))

    def reopen(self, when: datetime) -> None:
        resolved_at = self.claim.resolved_at
        assert resolved_at is not None
        self.claim = self.claim.reopen(at=when, now=when)
        self._tell(ClaimReopened(**self._of(), was_resolved_at=resolved_at))

    def change(self, when: datetime, severity: Severity | None, products: tuple[str, ...] | None) -> None:
        before = self.claim
        policy = None if before.imported else POLICY
        self.claim = before.change(severity=severity, products=products, policy=policy, at=when, now=when)
        if self.claim is not before:
            self._tell(ClaimChanged(**self._of(), changed=(), old_severity=before.severity))

    def escalate(self, when: datetime) -> None:
        self.claim = self.claim.escalate(Escalation(reason=EscalationReason.MANUAL), at=when, now=when)
        about: dict[str, Any] = {"reason": EscalationReason.MANUAL, "escalated_to_id": None, "due_at": None}
        self._tell(ClaimEscalated(**self._of(), **about))

    def _responded(
        self, kind: AnswerKind, answered_at: datetime, *, first: bool, told_at: datetime | None = None
    ) -> None:
        about: dict[str, Any] = {"answer_kind": kind, "first": first, "answered_at": answered_at}
        self._tell(ClaimResponded(**self._of(), **about, answered_by_id=None, interaction_id=None), told_at)

    def _of(self) -> dict[str, Any]:
        return of_claim(self.claim, ALWAYS)

    def _tell(self, event: Published, told_at: datetime | None = None) -> None:
        recorded_at = max(told_at or event.occurred_at, event.occurred_at) + self._late
        if self.told:
            recorded_at = max(recorded_at, self.told[-1].recorded_at)
        self.told.append(told(event, recorded_at))


def told(event: Published, recorded_at: datetime) -> Told:
    """Give an event as its source tells it."""
    return Told(
        source="claims",
        type=event.type,
        subject=event.subject_id,
        sequence=event.sequence,
        occurred_at=event.occurred_at,
        recorded_at=recorded_at,
        data=decode(event.body()),
    )


def any_claim(
    draw: random.Random, start: datetime, hours: int, managers: Sequence[UUID], partners: Sequence[UUID]
) -> list[Told]:
    """A claim of which anything may have been told that its service lets happen."""
    moments = sorted(start + timedelta(hours=draw.randrange(hours)) for _ in range(draw.randrange(1, 10)))
    teller = ClaimTeller(
        moments[0],
        late=timedelta(hours=draw.choice([0, 0, 5, 400])),
        imported=draw.random() < 0.2,
        severity=draw.choice(list(Severity)),
        cause=draw.choice(list(Cause)),
        partner_id=draw.choice(partners),
        products=draw.sample(["A", "B", "C"], draw.randrange(3)),
    )
    for when in moments[1:]:  # an answer elsewhere may have been later than the next moment
        draw.choice(_steps(draw, teller, managers))(max(when, teller.claim.last_fact_at))
    return teller.told


def _steps(draw: random.Random, teller: ClaimTeller, managers: Sequence[UUID]) -> list[Callable[[datetime], None]]:
    if teller.claim.status is ClaimStatus.RESOLVED:
        return [teller.reopen, teller.reopen, lambda when: teller.answer(when, AnswerKind.NOTE)]
    others = [manager for manager in managers if manager != teller.claim.assignee_id]
    found: list[Callable[[datetime], None]] = [
        lambda when: teller.assign(when, draw.choice(others)),
        lambda when: teller.answer(when, draw.choice(list(AnswerKind))),
        lambda when: teller.answer_elsewhere(when - timedelta(hours=draw.randrange(-20, 300)), when),
        teller.resume if teller.claim.status is ClaimStatus.WAITING else teller.wait,
        lambda when: teller.resolve(when, draw.choice([None, *RootCause]), draw.choice([None, *managers])),
        teller.resolve,
        lambda when: teller.change(when, draw.choice(list(Severity)), draw.choice([None, (), ("A",)])),
        teller.escalate,
    ]
    return found


def any_satisfaction(
    draw: random.Random, start: datetime, hours: int, managers: Sequence[UUID], partners: Sequence[UUID]
) -> list[Told]:
    """Requests and answers about one thing, of a few respondents and of nobody in particular."""
    kind = draw.choice(list(SubjectKind))
    respondents = [None, new_id(0x104), new_id(0x104)]
    about = {"about_kind": kind, "about_id": new_id(DEAL), "partner_id": draw.choice(partners), "deal_id": None}
    late = timedelta(hours=draw.choice([0, 0, 5, 400]))
    found: list[Told] = []
    open_requests: list[UUID] = []
    for when in sorted(start + timedelta(hours=draw.randrange(hours)) for _ in range(draw.randrange(6))):
        scale = draw.choice(list(Scale))
        common: dict[str, Any] = {
            **about, "claim_id": None, "manager_id": draw.choice([None, *managers]), "scale": scale,
            "respondent_id": draw.choice(respondents), "imported": False, "sequence": 1, "occurred_at": when,
        }  # fmt: skip
        if draw.random() < 0.4:
            open_requests.append(new_id(0x304))
            event: Published = SatisfactionRequested(**common, request_id=open_requests[-1], automatic=False)
        else:
            request_id = open_requests.pop() if open_requests and draw.random() < 0.7 else None
            score = draw.randint(scale.lowest, scale.highest)
            event = SatisfactionRecorded(
                **common, response_id=new_id(0x303), request_id=request_id, score=score, low=scale.is_low(score)
            )
        found.append(told(event, when + late))
    return found
