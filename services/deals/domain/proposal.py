"""Proposals (коммерческое предложение): what we offer a client within a deal, version by version, and the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chassis.errors import Problem, Refused, refuse
from chassis.ids import new_id
from services.deals.domain.amount import Amount
from services.deals.domain.kinds import PROPOSAL, PROPOSAL_RESPONSE, PROPOSAL_VERSION
from services.deals.domain.offer import Offer


class VersionStatus(StrEnum):
    """How a version of a proposal stands."""

    DRAFT = "DRAFT"
    SENT = "SENT"
    """The client has it and has not answered yet."""
    RESPONDED = "RESPONDED"
    EXPIRED = "EXPIRED"
    """Its validity ended without an answer; an answer that comes late makes it RESPONDED."""
    SUPERSEDED = "SUPERSEDED"
    """Another version took its place; no answer to it counts any more."""


class ResponseKind(StrEnum):
    """How a client reacted to a version."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    COUNTER_OFFER = "COUNTER_OFFER"
    DEFERRED = "DEFERRED"
    NO_ANSWER = "NO_ANSWER"


@dataclass(frozen=True, kw_only=True)
class Response:
    """What a client said to a version; `reason` is a loss reason's key, `amount` what an accepted version comes to."""

    id: UUID
    kind: ResponseKind
    occurred_at: datetime
    reason: str | None = None
    competitor_id: UUID | None = None
    deferred_until: date | None = None
    comment: str | None = None
    alternative: str | None = None
    amount: Amount | None = None

    @classmethod
    def of(
        cls,
        kind: ResponseKind,
        *,
        occurred_at: datetime,
        day: date,
        reason: str | None = None,
        competitor_id: UUID | None = None,
        deferred_until: date | None = None,
        comment: str | None = None,
        alternative: str | None = None,
        amount: Amount | None = None,
    ) -> Response:
        """Make a response of a business day; raise Refused, naming all that does not fit its kind."""
        problems = [
            *_unfitting(kind, reason=reason, competitor=competitor_id, alternative=alternative),
            *_deferral(kind, deferred_until, day),
        ]
        if problems:
            raise Refused(*problems)
        return cls(
            id=new_id(PROPOSAL_RESPONSE),
            kind=kind,
            occurred_at=occurred_at,
            reason=reason,
            competitor_id=competitor_id,
            deferred_until=deferred_until,
            comment=comment,
            alternative=alternative,
            amount=amount,
        )


@dataclass(kw_only=True)
class ProposalVersion:
    """A version: a draft until it is sent, then unchangeable; `response` is the one that counts."""

    id: UUID
    number: int
    offer: Offer
    status: VersionStatus = VersionStatus.DRAFT
    sent_at: datetime | None = None
    response: Response | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the client has accepted it."""
        return self.response is not None and self.response.kind is ResponseKind.ACCEPTED


class FactKind(StrEnum):
    """What happened to a version."""

    SENT = "SENT"
    RESPONDED = "RESPONDED"
    SUPERSEDED = "SUPERSEDED"


@dataclass(frozen=True, kw_only=True)
class ProposalFact:
    """A fact about a version of a proposal; `sequence` is the proposal's version after it."""

    kind: FactKind
    proposal: Proposal
    version: ProposalVersion
    sequence: int
    occurred_at: datetime


@dataclass(kw_only=True)
class Proposal:
    """A proposal; all that changes it raises `version` by one, and `fresh` holds the facts that are not told yet."""

    id: UUID
    deal_id: UUID
    number: str
    dated_on: date
    version: int = 0
    versions: list[ProposalVersion] = field(default_factory=list)
    fresh: list[ProposalFact] = field(default_factory=list)

    @classmethod
    def draft(cls, deal_id: UUID, number: str, offer: Offer, day: date) -> Proposal:
        """Begin a proposal with a draft."""
        proposal = cls(id=new_id(PROPOSAL), deal_id=deal_id, number=number, dated_on=day)
        proposal._begin(offer)
        return proposal

    @property
    def latest(self) -> ProposalVersion:
        """The newest version."""
        return self.versions[-1]

    @property
    def has_draft(self) -> bool:
        """Whether the newest version is not sent yet."""
        return self.latest.status is VersionStatus.DRAFT

    def require_version(self, expected: int | None) -> None:
        """Raise Refused with CONFLICT if the proposal has changed since somebody read it."""
        if expected is not None and expected != self.version:
            message = f"the proposal has changed since: its version is {self.version}, not {expected}; read it again"
            raise refuse("CONFLICT", message, "expectedVersion")

    def unsent(self) -> ProposalVersion:
        """Give the draft; raise Refused if the newest version is sent already."""
        if not self.has_draft:
            raise refuse("NOTHING_TO_SEND", "the newest version is sent already; give what is new", "proposal")
        return self.latest

    def change(self, offer: Offer) -> None:
        """Change the draft; raise Refused if the newest version is sent already."""
        if not self.has_draft:
            raise refuse(
                "NOT_A_DRAFT", "what is sent stays as it is; revise the proposal for a new version", "proposal"
            )
        self.latest.offer = offer
        self.version += 1

    def revise(self, offer: Offer) -> None:
        """Begin the next version as a draft; raise Refused if there is one already."""
        if self.has_draft:
            raise refuse("DRAFT_EXISTS", "the newest version is not sent yet; change that draft", "proposal")
        self._begin(offer)

    def send(self, *, at: datetime, day: date) -> None:
        """Send the draft on a business day; what the client had from this proposal without answering is superseded."""
        sent = self.unsent()
        for version in self.versions:
            if version.status is VersionStatus.SENT:
                self.supersede(version, at=at)
        sent.status, sent.sent_at = VersionStatus.SENT, at
        self.dated_on = day
        self._add(FactKind.SENT, sent, at)

    def respond(self, version: ProposalVersion, response: Response, *, expired: bool = False) -> None:
        """Let a response count for a version, in place of the one before if there is one."""
        version.response = response
        version.status = VersionStatus.EXPIRED if expired else VersionStatus.RESPONDED
        self._add(FactKind.RESPONDED, version, response.occurred_at)

    def supersede(self, version: ProposalVersion, *, at: datetime) -> None:
        """Let another version take a version's place: no response to it counts any more."""
        version.status, version.response = VersionStatus.SUPERSEDED, None
        self._add(FactKind.SUPERSEDED, version, at)

    def answerable(self, number: int | None) -> ProposalVersion:
        """Find the version that a response is about, the newest sent one unless named; raise Refused if there is none."""
        sent = [version for version in self.versions if version.sent_at is not None]
        if number is None:
            found = sent[-1] if sent else None
        else:
            found = next((version for version in sent if version.number == number), None)
        if found is None:
            what = "the proposal" if number is None else f"version {number} of the proposal"
            raise refuse("NOT_SENT", f"{what} has not been sent; nobody can have answered", "proposal")
        if found.status is VersionStatus.SUPERSEDED:
            raise refuse("SUPERSEDED", f"version {found.number} is superseded; answers to it count no more", "proposal")
        return found

    def _begin(self, offer: Offer) -> None:
        number = len(self.versions) + 1
        self.versions.append(ProposalVersion(id=new_id(PROPOSAL_VERSION), number=number, offer=offer))
        self.version += 1

    def _add(self, kind: FactKind, version: ProposalVersion, at: datetime) -> None:
        self.version += 1
        fact = ProposalFact(kind=kind, proposal=self, version=version, sequence=self.version, occurred_at=at)
        self.fresh.append(fact)


def _unfitting(kind: ResponseKind, **given: object) -> list[Problem]:
    allowed = {"alternative"} if kind is ResponseKind.ACCEPTED else {"reason", "competitor"}
    problems = [
        Problem(code="NOT_APPLICABLE", message=f"a response {kind} has no {name}; leave it out", field=(name,))
        for name, value in given.items()
        if value is not None and name not in allowed
    ]
    if kind is ResponseKind.REJECTED and given["reason"] is None:
        problems.append(Problem(code="REQUIRED", message="say why: the key of a loss reason", field=("reason",)))
    return problems


def _deferral(kind: ResponseKind, until: date | None, day: date) -> list[Problem]:
    deferred = kind is ResponseKind.DEFERRED
    if deferred and until is None:
        code, message = "REQUIRED", "say until when the client puts it off"
    elif deferred and until is not None and until <= day:
        code, message = "INVALID_DEFERRAL", f"it is put off to a day after the answer; {until} is not"
    elif not deferred and until is not None:
        code, message = "NOT_APPLICABLE", f"a response {kind} has no day to which it is put off; leave it out"
    else:
        return []
    return [Problem(code=code, message=message, field=("deferredUntil",))]
