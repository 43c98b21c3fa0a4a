"""A claim (претензия): registered, assigned, answered, waiting on the client, resolved, and reopened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.business_calendar import BusinessCalendar
from chassis.errors import Refused, refuse
from services.claims.domain.clock import Pause, PauseKind, Run, due_at, runs_between, time_used
from services.claims.domain.escalation import Escalation
from services.claims.domain.moment import placed
from services.claims.domain.severity import Severity
from services.claims.domain.sla_policy import SlaPolicy, Target


class Cause(StrEnum):
    """What the client complains about."""

    DELIVERY = "DELIVERY"
    GOODS = "GOODS"
    DOCUMENTS = "DOCUMENTS"
    SERVICE = "SERVICE"


class RootCause(StrEnum):
    """Why it came to the claim, as found when it was resolved."""

    DEFECT = "DEFECT"
    DAMAGE_IN_TRANSIT = "DAMAGE_IN_TRANSIT"
    SHORTAGE = "SHORTAGE"
    WRONG_GOODS = "WRONG_GOODS"
    LATE_DELIVERY = "LATE_DELIVERY"
    DOCUMENT_ERROR = "DOCUMENT_ERROR"
    PRICE_ERROR = "PRICE_ERROR"
    STAFF_ERROR = "STAFF_ERROR"
    CLIENT_ERROR = "CLIENT_ERROR"
    UNFOUNDED = "UNFOUNDED"
    OTHER = "OTHER"


class ClaimStatus(StrEnum):
    """How far the work on a claim has come."""

    REGISTERED = "REGISTERED"
    ASSIGNED = "ASSIGNED"
    WAITING = "WAITING"
    RESOLVED = "RESOLVED"


class AnswerKind(StrEnum):
    """What was said about a claim: an answer to the client, a note among us, or what a machine replied."""

    ANSWER = "ANSWER"
    NOTE = "NOTE"
    AUTOMATIC_REPLY = "AUTOMATIC_REPLY"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A client's complaint; `last_fact_at` is when the last thing happened to it.

    `first_response_target` and `resolution_target` are what its policy allows at its severity; an imported claim has none.
    """

    id: UUID
    number: int
    version: int
    partner_id: UUID
    deal_id: UUID | None
    subject: str
    description: str | None
    severity: Severity
    cause: Cause
    status: ClaimStatus
    assignee_id: UUID | None
    registered_at: datetime
    last_fact_at: datetime
    resolved_at: datetime | None
    resolution: str | None
    products: tuple[str, ...] = ()
    root_cause: RootCause | None = None
    imported: bool = False
    policy_id: UUID | None = None
    warn_at_percent: int | None = None
    first_response_target: timedelta | None = None
    resolution_target: timedelta | None = None
    first_responded_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    times_reopened: int = 0
    escalations: tuple[Escalation, ...] = ()

    @property
    def waiting_since(self) -> datetime | None:
        """Since when the claim waits on the client."""
        return self.pauses[-1].began_at if self.status is ClaimStatus.WAITING else None

    @property
    def runs(self) -> tuple[Run, ...]:
        """When the clock of the resolution ran."""
        return runs_between(self.registered_at, self.pauses)

    def under(self, policy: SlaPolicy) -> Claim:
        """Give the claim the targets of a policy, at its severity."""
        target: Target = policy.targets[self.severity]
        return replace(
            self,
            policy_id=policy.id,
            warn_at_percent=policy.warn_at_percent,
            first_response_target=target.first_response,
            resolution_target=target.resolution,
        )

    def assign(self, manager_id: UUID, *, at: datetime | None, now: datetime) -> Claim:
        """Give the claim to a manager, also to another one than before; raise Refused if it is theirs or resolved.

        A claim that waits goes on waiting, and no clock begins anew.
        """
        self._require_unresolved()
        if manager_id == self.assignee_id:
            raise refuse("SAME_ASSIGNEE", f"{claim_number(self.number)} is with this manager already", "manager")
        status = self.status if self.status is ClaimStatus.WAITING else ClaimStatus.ASSIGNED
        return self._after(self._moment(at, now), assignee_id=manager_id, status=status)

    def answer(self, kind: AnswerKind, *, at: datetime | None, now: datetime) -> Claim:
        """Note that something was said; the first answer of a human to the client is the first response.

        Notes may be made about a resolved claim, too.
        """
        if kind is not AnswerKind.NOTE:
            self._require_unresolved()
        moment = self._moment(at, now)
        first = kind is AnswerKind.ANSWER and self.first_responded_at is None
        return self._after(moment, first_responded_at=moment if first else self.first_responded_at)

    def answered_elsewhere(self, at: datetime) -> Claim | None:
        """Note an answer that was given at a moment and told of only now; None where it is not the first one.

        The moment of the answer is what counts; the claim's facts stay in their order.
        """
        if at < self.registered_at or (self.first_responded_at is not None and self.first_responded_at <= at):
            return None
        return self._after(max(at, self.last_fact_at), first_responded_at=at)

    def wait(self, *, at: datetime | None, now: datetime) -> Claim:
        """Wait on the client: the clock of the resolution stands still. Raise Refused if it waits or is resolved."""
        self._require_unresolved()
        if self.status is ClaimStatus.WAITING:
            raise refuse("ALREADY_WAITING", f"{claim_number(self.number)} waits on the client already", "claim")
        moment = self._moment(at, now)
        pauses = (*self.pauses, Pause(kind=PauseKind.WAITING, began_at=moment))
        return self._after(moment, status=ClaimStatus.WAITING, pauses=pauses)

    def resume(self, *, at: datetime | None, now: datetime) -> Claim:
        """Go on with a claim that waits on the client; raise Refused if it does not."""
        if self.status is not ClaimStatus.WAITING:
            raise refuse("NOT_WAITING", f"{claim_number(self.number)} does not wait on the client", "claim")
        moment = self._moment(at, now)
        return self._after(moment, status=self._open_status(), pauses=self._pauses_until(moment))

    def resolve(
        self, resolution: str, *, root_cause: RootCause | None, by: UUID | None, at: datetime | None, now: datetime
    ) -> Claim:
        """End the work on the claim; who resolves a claim that nobody has takes it. Raise Refused if it is resolved."""
        self._require_unresolved()
        moment = self._moment(at, now)
        waited = self._pauses_until(moment) if self.status is ClaimStatus.WAITING else self.pauses
        return self._after(
            moment,
            status=ClaimStatus.RESOLVED,
            assignee_id=self.assignee_id or by,
            resolved_at=moment,
            resolution=resolution,
            root_cause=root_cause,
            pauses=(*waited, Pause(kind=PauseKind.CLOSED, began_at=moment)),
        )

    def reopen(self, *, at: datetime | None, now: datetime) -> Claim:
        """Take a resolved claim up again: its clock goes on where it stopped. Raise Refused if it is not resolved."""
        if self.status is not ClaimStatus.RESOLVED:
            raise refuse("NOT_RESOLVED", f"{claim_number(self.number)} is not resolved; work on it goes on", "claim")
        moment = self._moment(at, now)
        return self._after(
            moment,
            status=self._open_status(),
            resolved_at=None,
            resolution=None,
            root_cause=None,
            pauses=self._pauses_until(moment),
            times_reopened=self.times_reopened + 1,
        )

    def change(
        self,
        *,
        severity: Severity | None,
        products: tuple[str, ...] | None,
        policy: SlaPolicy | None,
        at: datetime | None,
        now: datetime,
    ) -> Claim:
        """Change what the claim is about or how bad it is; its targets become those of its policy at that severity."""
        self._require_unresolved()
        changed = replace(
            self,
            severity=severity or self.severity,
            products=self.products if products is None else products,
        )
        if changed == self:
            return self
        return (changed.under(policy) if policy else changed)._after(self._moment(at, now))

    def escalate(self, escalation: Escalation, *, at: datetime | None, now: datetime) -> Claim:
        """Note that somebody above was told; raise Refused if the claim is resolved."""
        self._require_unresolved()
        return self._after(self._moment(at, now), escalations=(*self.escalations, escalation))

    def first_response_due_at(self, calendar: BusinessCalendar) -> datetime | None:
        """Give the deadline of the first response: nothing but business time moves it."""
        if self.first_response_target is None:
            return None
        return due_at([Run(began_at=self.registered_at)], self.first_response_target, calendar)

    def first_response_time(self, calendar: BusinessCalendar) -> timedelta | None:
        """Tell how much business time passed until the first response; None as long as there is none."""
        if self.first_responded_at is None:
            return None
        return calendar.business_time_between(self.registered_at, self.first_responded_at)

    def resolution_due_at(self, calendar: BusinessCalendar) -> datetime | None:
        """Give the deadline of the resolution; None without a target, and while the clock stands still before it."""
        if self.resolution_target is None:
            return None
        return due_at(self.runs, self.resolution_target, calendar)

    def resolution_time(self, calendar: BusinessCalendar) -> timedelta:
        """Tell how much business time was spent on the claim by its last fact."""
        return time_used(self.runs, self.last_fact_at, calendar)

    def _moment(self, at: datetime | None, now: datetime) -> datetime:
        return placed(at, now=now, after=self.last_fact_at)

    def _after(self, moment: datetime, **changes: Any) -> Claim:
        return replace(self, version=self.version + 1, last_fact_at=moment, **changes)

    def _open_status(self) -> ClaimStatus:
        return ClaimStatus.REGISTERED if self.assignee_id is None else ClaimStatus.ASSIGNED

    def _pauses_until(self, moment: datetime) -> tuple[Pause, ...]:
        return (*self.pauses[:-1], replace(self.pauses[-1], ended_at=moment))

    def _require_unresolved(self) -> None:
        if self.status is ClaimStatus.RESOLVED:
            raise already_resolved(self)


def already_resolved(claim: Claim) -> Refused:
    """Say that nothing more can be done with a claim as long as it is resolved."""
    message = f"{claim_number(claim.number)} is resolved; reopen it, or register a new claim for what is new"
    return refuse("ALREADY_RESOLVED", message, "claim")


def claim_number(number: int) -> str:
    """Give the number by which people call a claim: CLM-000123."""
    return f"CLM-{number:06d}"
