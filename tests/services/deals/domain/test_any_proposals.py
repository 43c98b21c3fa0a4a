"""Random work on the proposals of a deal, against a model: what holds after any of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chassis.clock import day_of
from chassis.errors import Refused
from services.deals.domain.deal import Deal
from services.deals.domain.deal_proposals import Answer, DealProposals
from services.deals.domain.exchange_rate import NoRates
from services.deals.domain.lines import Line
from services.deals.domain.offer import Offer, OfferedLine
from services.deals.domain.proposal import FactKind, ResponseKind, VersionStatus
from services.deals.domain.shipped_processes import MANUAL_SALE
from tests.services.deals.domain.test_any_sequence import published

ZONE = ZoneInfo("Asia/Yekaterinburg")
PLACES = st.integers(0, 3)
KINDS = st.sampled_from(ResponseKind)


@dataclass
class Told:
    """A version as the model knows it."""

    until: date
    status: str = "DRAFT"
    response: str | None = None


class ProposalLife(RuleBasedStateMachine):
    """The proposals of one deal, and a model of them that knows only what the domain's text says."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        deal = Deal.open(published(MANUAL_SALE), title="A deal", at=None, now=self.now)
        self.real = DealProposals(deal=deal, zone=ZONE, rates=NoRates("USD"))
        self.model: list[list[Told]] = []

    @property
    def today(self) -> date:
        return day_of(self.now, ZONE)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for proposal, told in zip(self.real.proposals, self.model, strict=True):
            for version, one in zip(proposal.versions, told, strict=True):
                over = one.status == "SENT" and one.until < self.today
                assert self.real.expire(version.id, now=self.now) is over
                if over:
                    one.status, one.response = "EXPIRED", "NO_ANSWER"

    @precondition(lambda self: len(self.model) < 4)
    @rule(days=st.integers(0, 3))
    def draft(self, days: int) -> None:
        until = self.today + timedelta(days=days)
        self.real.draft(self._offer(until), number=f"P{len(self.model)}", now=self.now)
        self.model.append([Told(until)])

    @precondition(lambda self: self.model)
    @rule(place=PLACES, days=st.integers(0, 3))
    def revise(self, place: int, days: int) -> None:
        at = place % len(self.model)
        told, until = self.model[at], self.today + timedelta(days=days)
        expected = "DRAFT_EXISTS" if told[-1].status == "DRAFT" else None
        assert self._code(lambda: self.real.proposals[at].revise(self._offer(until))) == expected
        if expected is None:
            told.append(Told(until))

    @precondition(lambda self: self.model)
    @rule(place=PLACES)
    def send(self, place: int) -> None:
        at = place % len(self.model)
        told = self.model[at]
        expected = None
        if told[-1].status != "DRAFT":
            expected = "NOTHING_TO_SEND"
        elif told[-1].until < self.today:
            expected = "INVALID_VALIDITY"
        proposal = self.real.proposals[at]
        assert self._code(lambda: self.real.send(proposal, terms=None, at=None, now=self.now)) == expected
        if expected is None:
            for one in told:
                if one.status == "SENT":
                    one.status = "SUPERSEDED"
            told[-1].status = "SENT"

    @precondition(lambda self: self.model)
    @rule(place=PLACES, version=PLACES, kind=KINDS)
    def answer(self, place: int, version: int, kind: ResponseKind) -> None:
        at = place % len(self.model)
        number = version % len(self.model[at])
        told, proposal = self.model[at][number], self.real.proposals[at]
        expected = {"DRAFT": "NOT_SENT", "SUPERSEDED": "SUPERSEDED"}.get(told.status)

        def act() -> None:
            answered = proposal.answerable(number + 1)
            self.real.respond(proposal, answered, self._answer(kind), terms=None, at=None, now=self.now)

        assert self._code(act) == expected
        if expected is None:
            self._record(told, kind)

    @rule(kind=KINDS)
    def answer_the_one_that_waits(self, kind: ResponseKind) -> None:
        waiting = [one for told in self.model for one in told if one.status == "SENT"]
        expected = {0: "NO_OPEN_PROPOSAL", 1: None}.get(len(waiting), "SEVERAL_OPEN_PROPOSALS")

        def act() -> None:
            proposal, version = self.real.awaiting_answer()
            self.real.respond(proposal, version, self._answer(kind), terms=None, at=None, now=self.now)

        assert self._code(act) == expected
        if expected is None:
            self._record(waiting[0], kind)

    @invariant()
    def model_and_rules_agree(self) -> None:
        seen = [[(v.status, v.response and v.response.kind) for v in p.versions] for p in self.real.proposals]
        assert seen == [[(one.status, one.response) for one in told] for told in self.model]

    @invariant()
    def what_the_domain_promises(self) -> None:
        versions = [version for proposal in self.real.proposals for version in proposal.versions]
        assert sum(version.is_accepted for version in versions) <= 1
        for version in versions:
            answered = version.status in (VersionStatus.RESPONDED, VersionStatus.EXPIRED)
            assert (version.response is not None) is answered
            assert (version.sent_at is None) is (version.status is VersionStatus.DRAFT)

    @invariant()
    def what_is_told_adds_up_to_how_things_stand(self) -> None:
        facts = self.real.facts()
        for proposal in self.real.proposals:
            sequences = [fact.sequence for fact in proposal.fresh]
            assert sequences == sorted(set(sequences))
            assert proposal.version >= max(sequences, default=0)
            for version in proposal.versions:
                kinds = [fact.kind for fact in facts if fact.version is version]
                assert kinds[:1] == ([] if version.status is VersionStatus.DRAFT else [FactKind.SENT])
                assert FactKind.SENT not in kinds[1:]
                assert FactKind.SUPERSEDED not in kinds[:-1]
        assert all(fact.occurred_at <= self.now for fact in facts)

    def _record(self, told: Told, kind: ResponseKind) -> None:
        if kind is ResponseKind.ACCEPTED:
            for one in (one for of_one in self.model for one in of_one if one is not told):
                if one.status == "SENT" or one.response == "ACCEPTED":
                    one.status, one.response = "SUPERSEDED", None
        told.status, told.response = "RESPONDED", kind.value

    def _answer(self, kind: ResponseKind) -> Answer:
        return Answer(
            kind=kind,
            reason="price" if kind is ResponseKind.REJECTED else None,
            deferred_until=self.today + timedelta(days=1) if kind is ResponseKind.DEFERRED else None,
        )

    def _offer(self, until: date) -> Offer:
        line = Line.of(product="M8", quantity=Decimal(1), price=Decimal(1), currency="USD")
        return Offer.of([OfferedLine(line=line)], valid_until=until, note=None)

    def _code(self, act: Callable[[], object]) -> str | None:
        before = [proposal.version for proposal in self.real.proposals]
        try:
            act()
        except Refused as refusal:
            code = refusal.problems[0].code
        else:
            return None
        assert before == [proposal.version for proposal in self.real.proposals]
        return code


TestProposalLife = ProposalLife.TestCase
TestProposalLife.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
