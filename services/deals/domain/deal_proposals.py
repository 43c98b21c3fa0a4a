"""All proposals of one deal: the client accepts at most one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import day_of, midnight
from chassis.errors import refuse
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
from services.deals.domain.exchange_rate import Rates
from services.deals.domain.lines import Totals
from services.deals.domain.offer import Offer, require_validity
from services.deals.domain.problems import together
from services.deals.domain.proposal import (
    Proposal,
    ProposalFact,
    ProposalVersion,
    Response,
    ResponseKind,
    VersionStatus,
)
from services.deals.domain.sale_terms import SaleTerms

ONE_DAY = date.resolution


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a client answers, before it is known whether it fits."""

    kind: ResponseKind
    reason: str | None = None
    competitor_id: UUID | None = None
    deferred_until: date | None = None
    comment: str | None = None
    alternative: str | None = None


@dataclass(kw_only=True)
class DealProposals:
    """The proposals of a deal in the order in which they were begun, the enterprise's time zone and its rates."""

    deal: Deal
    zone: ZoneInfo
    rates: Rates
    proposals: list[Proposal] = field(default_factory=list)

    def get(self, proposal_id: UUID) -> Proposal:
        """Find a proposal of the deal; raise Refused with NOT_FOUND."""
        for proposal in self.proposals:
            if proposal.id == proposal_id:
                return proposal
        raise refuse("NOT_FOUND", f"the deal has no proposal {proposal_id}", "proposal")

    def draft(self, offer: Offer, *, number: str, now: datetime) -> Proposal:
        """Begin a proposal within a deal in progress."""
        self.deal.require_open()
        proposal = Proposal.draft(self.deal.id, number, offer, day_of(now, self.zone))
        self.proposals.append(proposal)
        return proposal

    def send(self, proposal: Proposal, *, terms: SaleTerms | None, at: datetime | None, now: datetime) -> None:
        """Send a proposal's draft; `terms` are those in force, whose currency and greatest discount it has to keep to."""
        self.deal.require_open()
        offer = proposal.unsent().offer
        sent_at = self.deal.place(at, now=now)
        day = day_of(sent_at, self.zone)
        checks = [lambda: require_validity(offer.valid_until, day)]
        if terms is not None:
            checks.append(lambda: terms.require_kept([offered.line for offered in offer.lines]))
        together(*checks)
        proposal.send(at=sent_at, day=day)

    def awaiting_answer(self) -> tuple[Proposal, ProposalVersion]:
        """Find the one version that waits for the client's answer; raise Refused if there is none, or several."""
        waiting = [(p, v) for p, v in self._versions() if v.status is VersionStatus.SENT]
        if not waiting:
            raise refuse("NO_OPEN_PROPOSAL", "no proposal of the deal waits for an answer; name the proposal", "deal")
        if len(waiting) > 1:
            ids = tuple(str(proposal.id) for proposal, _ in waiting)
            message = f"{len(waiting)} proposals of the deal wait for an answer; name the one that is answered"
            raise refuse("SEVERAL_OPEN_PROPOSALS", message, "proposal", details=ids)
        return waiting[0]

    def respond(
        self,
        proposal: Proposal,
        version: ProposalVersion,
        answer: Answer,
        *,
        terms: SaleTerms | None,
        at: datetime | None,
        now: datetime,
    ) -> Response:
        """Let an answer count for a version; an accepted one supersedes what else waits for an answer or was accepted.

        `terms` are those in force on the day of the answer: what is accepted comes to their minimum sum at least.
        """
        accepted = answer.kind is ResponseKind.ACCEPTED
        alternative, totals = answer.alternative, None
        if accepted:
            self.deal.require_open()
            alternative, totals = self._accepted(version.offer, answer.alternative, terms)
        placed_at = self.deal.place(at, now=now)
        response = Response.of(
            answer.kind,
            occurred_at=placed_at,
            day=day_of(placed_at, self.zone),
            reason=answer.reason,
            competitor_id=answer.competitor_id,
            deferred_until=answer.deferred_until,
            comment=answer.comment,
            alternative=alternative,
            amount=self.amount_of(totals, placed_at) if totals else None,
        )
        if accepted:
            self._supersede_others(version, placed_at)
        proposal.respond(version, response)
        return response

    def expire(self, version_id: UUID, *, now: datetime) -> bool:
        """Record that a version was not answered while it was valid; tell whether it was so."""
        for proposal, version in self._versions():
            until = version.offer.valid_until
            if version.id != version_id or version.status is not VersionStatus.SENT or until is None:
                continue
            ended_at = end_of(until, self.zone)
            if ended_at > now:
                return False
            at = self.deal.place(max(ended_at, self.deal.last_fact_at), now=now)
            response = Response.of(ResponseKind.NO_ANSWER, occurred_at=at, day=day_of(at, self.zone))
            proposal.respond(version, response, expired=True)
            return True
        return False

    def amount_of(self, totals: Totals, at: datetime) -> Amount:
        """Give what totals come to, with the base amount at the rate of a moment."""
        return Amount(money=totals.to_pay, base=self.rates.base_of(totals.to_pay, at))

    def facts(self) -> list[ProposalFact]:
        """Give the facts that are not told yet."""
        return [fact for proposal in self.proposals for fact in proposal.fresh]

    def _accepted(self, offer: Offer, named: str | None, terms: SaleTerms | None) -> tuple[str | None, Totals]:
        alternative = offer.chosen(named)
        totals = Totals.of(offer.taken(alternative))
        if terms is not None:
            terms.require_minimum(totals, "response")
        return alternative, totals

    def _supersede_others(self, accepted: ProposalVersion, at: datetime) -> None:
        for proposal, version in list(self._versions()):
            if version is not accepted and (version.status is VersionStatus.SENT or version.is_accepted):
                proposal.supersede(version, at=at)

    def _versions(self) -> Iterator[tuple[Proposal, ProposalVersion]]:
        return ((proposal, version) for proposal in self.proposals for version in proposal.versions)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Give the instant at which a business day is over."""
    return midnight(day + ONE_DAY, zone)
