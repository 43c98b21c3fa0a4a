"""Random commands in the three modes, against a model: what holds after any of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chassis.errors import Refused
from chassis.ids import new_id
from services.deals.domain.deal import Deal
from services.deals.domain.hold import put_on_hold, resume
from services.deals.domain.merge import merge, unmerge
from services.deals.domain.process import ControlMode, Process, WonBy
from services.deals.domain.shipped_processes import FREE_DEAL, MANUAL_SALE, SHIPPED, TYPICAL_SALE, ShippedProcess
from services.deals.domain.transition import Outcome, Transition, TransitionKind
from services.deals.domain.void import unvoid, void

ZONE = ZoneInfo("Asia/Yekaterinburg")
STAGES = sorted({stage.key for definition in SHIPPED for stage in definition.stages} | {"moon"})
PAPERS = {"presentation": "proposal_sent", "preparation": "proposal_accepted", "fulfilment": "order_confirmed"}
"""What has to be there before a stage of the typical sale."""


class Facts:
    """Facts as a test sets them."""

    def __init__(self, partner_id: UUID | None, terms: bool, papers: frozenset[str] = frozenset()) -> None:
        self.entering = "any"
        self.partner_id = partner_id
        self._terms = terms
        self._papers = papers

    def has_effective_terms(self) -> bool:
        return self._terms

    def has_confirmed_order(self) -> bool:
        return "order_confirmed" in self._papers

    def has_received(self, percent: int) -> bool:
        return True

    def has_shortage(self) -> bool:
        return False

    def is_shipped(self) -> bool:
        return True

    def has_sent_proposal(self) -> bool:
        return "proposal_sent" in self._papers

    def has_accepted_proposal(self) -> bool:
        return "proposal_accepted" in self._papers

    def is_filled(self, field: str) -> bool:
        return field == "partner" and self.partner_id is not None

    def is_approved(self) -> bool:
        return False

    def has_open_critical_claim(self) -> bool:
        return False

    def has_open_stage_tasks(self) -> bool:
        return False


def published(definition: ShippedProcess) -> Process:
    return definition.published(new_id(0x201), definition.version)


CORRECTIONS = (TransitionKind.VOIDED, TransitionKind.UNVOIDED, TransitionKind.MERGED, TransitionKind.UNMERGED)


def replayed(transitions: list[Transition]) -> tuple[Outcome, str | None, int]:
    """Tell outcome, stage and highest rank from the facts alone."""
    outcome, stage, highest = Outcome.IN_PROGRESS, None, 0
    for fact in transitions:
        if fact.kind in (TransitionKind.WON, TransitionKind.LOST):
            outcome = Outcome(fact.kind.value)
        elif fact.kind in (TransitionKind.OPENED, TransitionKind.MOVED, TransitionKind.REOPENED):
            outcome = Outcome.IN_PROGRESS
            stage = fact.to_stage.key if fact.to_stage else None
            highest = max(highest, fact.to_stage.rank if fact.to_stage else 0)
    return outcome, stage, highest


def standing(transitions: list[Transition]) -> tuple[bool, bool, bool]:
    """Tell from the facts alone whether a deal is on hold, voided, merged."""
    held = voided = merged = False
    for fact in transitions:
        match fact.kind:
            case TransitionKind.HELD:
                held = True
            case TransitionKind.RESUMED | TransitionKind.LOST:
                held = False
            case TransitionKind.VOIDED | TransitionKind.UNVOIDED:
                voided = fact.kind is TransitionKind.VOIDED
            case TransitionKind.MERGED | TransitionKind.UNMERGED:
                merged = fact.kind is TransitionKind.MERGED
    return held, voided, merged


def state_of(deal: Deal) -> dict[str, object]:
    """Give all that a deal is, but for how many facts that took."""
    return {name: value for name, value in vars(deal).items() if name not in ("version", "fresh")}


class DealLife(RuleBasedStateMachine):
    """One deal, and a model of it that knows only what the domain's text says."""

    @initialize(definition=st.sampled_from([TYPICAL_SALE, MANUAL_SALE, FREE_DEAL]))
    def begin(self, definition: ShippedProcess) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.process = published(definition)
        self.deal = Deal.open(self.process, title="A deal", at=None, now=self.now)
        self.terms = False
        self.papers: frozenset[str] = frozenset()
        self.outcome = Outcome.IN_PROGRESS
        self.rank = 1 if definition.stages else 0
        self.highest = self.rank
        self.shipped = False
        self.held = self.voided = self.merged = False
        self.survivor = Deal.open(self.process, title="The same deal", at=None, now=self.now)
        self.before: dict[str, object] = {}

    @rule(papers=st.frozensets(st.sampled_from(sorted(PAPERS.values())), min_size=1))
    def papers_come(self, papers: frozenset[str]) -> None:
        self.papers |= papers

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def register_terms(self) -> None:
        self.terms = True

    @rule(known=st.booleans())
    def change_partner(self, known: bool) -> None:
        partner = new_id(0x101) if known else None
        keeps = self.process.control is ControlMode.CONTROLLED and self.rank >= 2
        expected = self._closed() or ("PARTNER_REQUIRED" if keeps and not known and self.deal.partner_id else None)
        assert self._code(lambda: self.deal.change({"partner_id": partner})) == expected

    @rule(key=st.sampled_from(STAGES))
    def move(self, key: str) -> None:
        expected = self._stuck() or self._move_refused(key)
        facts = Facts(self.deal.partner_id, self.terms, self.papers)
        assert self._code(lambda: self.deal.enter(key, facts=facts, at=None, now=self.now)) == expected
        if expected is None:
            self.rank = self._rank(key)
            self.highest = max(self.highest, self.rank)

    @rule()
    def win(self) -> None:
        controlled = self.process.control is ControlMode.CONTROLLED
        expected = self._stuck() or ("SHIPMENT_REQUIRED" if controlled and not self.shipped else None)
        assert self._code(lambda: self.deal.win(at=None, now=self.now)) == expected
        if expected is None:
            self.outcome = Outcome.WON

    @rule()
    def lose(self) -> None:
        expected = self._closed()
        assert self._code(lambda: self.deal.lose(reason="price", at=None, now=self.now)) == expected
        if expected is None:
            self.outcome, self.held = Outcome.LOST, False

    @rule()
    def reopen(self) -> None:
        expected = self._uncounted() or ("NOT_CLOSED" if self.outcome is Outcome.IN_PROGRESS else None)
        assert self._code(lambda: self.deal.reopen(at=None, now=self.now)) == expected
        if expected is None:
            self.outcome = Outcome.IN_PROGRESS

    @rule(complete=st.booleans())
    def ship(self, complete: bool) -> None:
        controlled = self.process.control is ControlMode.CONTROLLED
        expected = self._stuck() or ("NOT_AT_FULFILMENT" if controlled and self.rank != 7 else None)
        assert self._code(lambda: self._ship(complete)) == expected
        if expected is None and complete:
            self.shipped, self.outcome = True, Outcome.WON

    @rule(hours=st.none() | st.integers(-1, 60))
    def hold(self, hours: int | None) -> None:
        until = None if hours is None else self.now + timedelta(hours=hours)
        expected = self._stuck() or ("HOLD_UNTIL_PAST" if hours is not None and hours <= 0 else None)
        assert self._code(lambda: put_on_hold(self.deal, reason="later", until=until, now=self.now)) == expected
        self.held = self.held or expected is None

    @rule()
    def resume(self) -> None:
        expected = self._closed() or (None if self.held else "NOT_ON_HOLD")
        assert self._code(lambda: resume(self.deal, now=self.now)) == expected
        if expected is None:
            self.held = False

    @rule()
    def void(self) -> None:
        before, expected = state_of(self.deal), self._uncounted()
        assert self._code(lambda: void(self.deal, reason="a mistake", now=self.now)) == expected
        if expected is None:
            self.voided, self.before = True, before

    @rule()
    def unvoid(self) -> None:
        expected = None if self.voided else "NOT_VOIDED"
        assert self._code(lambda: unvoid(self.deal, now=self.now)) == expected
        if expected is None:
            self.voided = False
            assert state_of(self.deal) == self.before

    @rule()
    def merge(self) -> None:
        before = state_of(self.deal)
        expected = self._uncounted() or ("DUPLICATE_IS_WON" if self.outcome is Outcome.WON else None)
        assert self._code(lambda: merge(self.deal, self.survivor, same_partner=True, now=self.now)) == expected
        if expected is None:
            self.merged, self.before = True, before

    @rule()
    def unmerge(self) -> None:
        expected = None if self.merged else "NOT_MERGED"
        assert self._code(lambda: unmerge(self.deal, now=self.now)) == expected
        if expected is None:
            self.merged = False
            assert state_of(self.deal) == self.before

    @invariant()
    def model_and_replay_agree(self) -> None:
        if not hasattr(self, "deal"):
            return
        deal = self.deal
        assert (deal.outcome, deal.stage.key if deal.stage else None, deal.highest_rank) == replayed(deal.fresh)
        assert (self.held, self.voided, self.merged) == standing(deal.fresh)
        assert (deal.hold is not None, deal.voided_at is not None, deal.merged_into_id is not None) == (
            self.held,
            self.voided,
            self.merged,
        )
        assert (self.outcome, self.rank, self.highest) == (
            deal.outcome,
            deal.stage.rank if deal.stage else 0,
            deal.highest_rank,
        )
        assert (deal.closed_at is None) == (deal.outcome is Outcome.IN_PROGRESS)
        assert (deal.loss_reason is None) == (deal.outcome is not Outcome.LOST)

    @invariant()
    def a_controlled_deal_is_never_won_without_shipment(self) -> None:
        if hasattr(self, "deal") and self.deal.outcome is Outcome.WON and self.process.won_by is WonBy.SHIPMENT:
            assert self.shipped

    @invariant()
    def facts_are_in_order(self) -> None:
        if not hasattr(self, "deal"):
            return
        moments = [fact.occurred_at for fact in self.deal.fresh if fact.kind not in CORRECTIONS]
        sequences = [fact.sequence for fact in self.deal.fresh]
        assert moments == sorted(moments)
        assert sequences == sorted(set(sequences))
        assert self.deal.version >= sequences[-1]
        assert moments[-1] <= self.now

    def _uncounted(self) -> str | None:
        return "DEAL_VOIDED" if self.voided else "DEAL_MERGED" if self.merged else None

    def _closed(self) -> str | None:
        return self._uncounted() or (None if self.outcome is Outcome.IN_PROGRESS else "DEAL_CLOSED")

    def _stuck(self) -> str | None:
        return self._closed() or ("DEAL_ON_HOLD" if self.held else None)

    def _move_refused(self, key: str) -> str | None:
        if self.process.control is ControlMode.UNMANAGED:
            return "NO_STAGES"
        if self._rank(key) == 0:
            return "UNKNOWN_STAGE"
        if self._rank(key) == self.rank:
            return "SAME_STAGE"
        if self.process.control is ControlMode.MANUAL:
            return None
        if self._rank(key) != self.rank + 1:
            return "NOT_NEXT_STAGE"
        needs_partner = self._rank(key) in (2, 3) and self.deal.partner_id is None
        no_terms = key == "proposal" and not self.terms
        no_paper = key in PAPERS and PAPERS[key] not in self.papers
        return "GUARDS_UNMET" if needs_partner or no_terms or no_paper else None

    def _rank(self, key: str) -> int:
        return next((stage.rank for stage in self.process.stages if stage.key == key), 0)

    def _ship(self, complete: bool) -> None:
        day = self.now.astimezone(ZONE).date()
        shipment = self.deal.ship(number="S", shipped_on=day, complete=complete, now=self.now, zone=ZONE)
        if complete:
            self.deal.win(at=shipment.occurred_at, now=self.now)

    def _code(self, act: object) -> str | None:
        before = (state_of(self.deal), self.deal.version, len(self.deal.fresh))
        try:
            act()  # type: ignore[operator]
        except Refused as refusal:
            assert before == (state_of(self.deal), self.deal.version, len(self.deal.fresh))
            return refusal.problems[0].code
        return None


TestDealLife = DealLife.TestCase
TestDealLife.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
