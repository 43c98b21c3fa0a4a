"""A deal with a client: all work towards one sale, from the first contact to shipment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis.clock import day_of, midnight
from chassis.errors import Refused, refuse
from chassis.ids import new_id
from services.deals.domain.amount import Amount
from services.deals.domain.dwell import Dwell
from services.deals.domain.exchange_rate import Rates
from services.deals.domain.external_ref import ExternalRef
from services.deals.domain.guards import StageFacts, Unmet, unmet
from services.deals.domain.kinds import DEAL, SHIPMENT, TRANSITION
from services.deals.domain.moment import placed
from services.deals.domain.process import ControlMode, Process, Stage, WonBy
from services.deals.domain.shipment import Shipment
from services.deals.domain.stage_entry import StageEntry
from services.deals.domain.standing import Hold, merged_refusal
from services.deals.domain.transition import Outcome, Transition, TransitionKind

CHANGEABLE = frozenset(
    {"title", "partner_id", "manager_id", "amount", "products", "expected_close_on", "planned_start_on", "probability"}
)


@dataclass(kw_only=True)
class Deal:
    """A deal; each of its facts raises `version` by one.

    `fresh` holds the transitions that are not stored yet, `replaced` what the last change took the place of.
    """

    id: UUID
    process: Process
    title: str
    created_at: datetime
    last_fact_at: datetime
    version: int = 0
    number: int | None = None
    stage: Stage | None = None
    highest_rank: int = 0
    outcome: Outcome = Outcome.IN_PROGRESS
    partner_id: UUID | None = None
    manager_id: UUID | None = None
    amount: Amount | None = None
    products: tuple[str, ...] = ()
    expected_close_on: date | None = None
    planned_start_on: date | None = None
    probability: Decimal | None = None
    """The chance of winning it; None: that of its stage."""
    closed_at: datetime | None = None
    loss_reason: str | None = None
    competitor_id: UUID | None = None
    shipped: bool = False
    hold: Hold | None = None
    voided_at: datetime | None = None
    merged_into_id: UUID | None = None
    external_ref: ExternalRef | None = None
    stood: Dwell = field(default_factory=Dwell)
    fresh: list[Transition] = field(default_factory=list)
    replaced: Mapping[str, Any] = field(default_factory=dict)
    valued_at: datetime | None = None
    """The moment whose rate gives the base amount; None where the amount is in the base currency itself."""
    rates: Rates | None = None

    @classmethod
    def open(
        cls,
        process: Process,
        *,
        title: str,
        at: datetime | None,
        now: datetime,
        stage: Stage | None = None,
        partner_id: UUID | None = None,
        manager_id: UUID | None = None,
        amount: Amount | None = None,
        products: tuple[str, ...] = (),
        expected_close_on: date | None = None,
        planned_start_on: date | None = None,
        probability: Decimal | None = None,
        external_ref: ExternalRef | None = None,
        rates: Rates | None = None,
    ) -> Deal:
        """Open a deal at the first stage of a process (history may tell of another `stage`)."""
        opened_at = placed(at, now=now)
        deal = cls(
            id=new_id(DEAL),
            process=process,
            title=title,
            created_at=opened_at,
            last_fact_at=opened_at,
            partner_id=partner_id,
            manager_id=manager_id,
            amount=amount,
            products=products,
            expected_close_on=expected_close_on,
            planned_start_on=planned_start_on,
            probability=probability,
            external_ref=external_ref,
            rates=rates,
        )
        deal._value(opened_at)
        deal._stand_at(stage or process.first)
        deal.add_fact(TransitionKind.OPENED, opened_at, from_stage=None, to_stage=deal.stage)
        return deal

    @property
    def dwell(self) -> Dwell:
        """How long it has stood where: what was stored, with what its fresh transitions add."""
        return reduce(Dwell.after, self.fresh, self.stood)

    def enter(self, key: str, *, facts: StageFacts, at: datetime | None, now: datetime) -> Transition:
        """Enter a stage; raise Refused where the process does not let the deal, with all guards that are missing."""
        self.require_moving()
        stage = self.process.stage(key)
        self._require_way_into(stage, facts)
        return self._move(stage, placed(at, now=now, after=self.last_fact_at))

    def entry(self, stage: Stage, facts: StageFacts) -> StageEntry:
        """Tell whether the deal may enter a stage of its process, by the rule of `enter`, and what is missing there.

        Guards of the stages ahead are looked at also where another one comes first.
        """
        problem = None
        try:
            self.require_moving()
            self._require_way_into(stage, facts)
        except Refused as refusal:
            (problem,) = refusal.problems
        return StageEntry(stage=stage, problem=problem, missing=self._missing_for(stage, facts))

    def record_move(self, key: str, *, at: datetime, now: datetime) -> Transition:
        """Record a move that history tells of: it happened, so neither order nor guards are asked for."""
        self.require_moving()
        stage = self.process.stage(key)
        self._require_elsewhere(stage)
        return self._move(stage, placed(at, now=now, after=self.last_fact_at))

    def win(self, *, at: datetime | None, now: datetime) -> Transition:
        """Win the deal; raise Refused where only a complete shipment does."""
        self.require_moving()
        if self.process.won_by is WonBy.SHIPMENT and not self.shipped:
            raise refuse(
                "SHIPMENT_REQUIRED",
                f"a deal of the process {self.process.key!r} is won by the shipment that completes it; register that",
                "deal",
            )
        return self.record_win(at=at, now=now)

    def record_win(self, *, at: datetime | None, now: datetime) -> Transition:
        """Record a win that history tells of."""
        self.require_moving()
        won_at = placed(at, now=now, after=self.last_fact_at)
        self.outcome, self.closed_at = Outcome.WON, won_at
        self._value(won_at)
        return self.add_fact(TransitionKind.WON, won_at, from_stage=self.stage, to_stage=None)

    def lose(self, *, reason: str, competitor_id: UUID | None = None, at: datetime | None, now: datetime) -> Transition:
        """Lose the deal for a reason of the managed list, to a competitor where one is known."""
        self.require_open()
        lost_at = placed(at, now=now, after=self.last_fact_at)
        self.outcome, self.closed_at = Outcome.LOST, lost_at
        self.hold = None
        self._value(lost_at)
        self.loss_reason, self.competitor_id = reason, competitor_id
        return self.add_fact(
            TransitionKind.LOST,
            lost_at,
            from_stage=self.stage,
            to_stage=None,
            reason=reason,
            competitor_id=competitor_id,
        )

    def go_on_in(self, process: Process, *, stage: Stage | None, highest: Stage | None, now: datetime) -> Transition:
        """Go on in another version or process, at a stage of it; `highest` is the furthest one that counts as reached."""
        self.require_open()
        if process.id == self.process.id:
            raise refuse(
                "SAME_PROCESS", f"the deal is in version {process.version} of {process.key!r} already", "process"
            )
        if self.partner_id is None and process.needs_partner(stage):
            raise refuse("PARTNER_REQUIRED", "a deal that is qualified there has a partner; give it one", "deal")
        before, old = self.stage, self.process
        self.process, self.stage, self.highest_rank = process, stage, highest.rank if highest else 0
        at = placed(None, now=now, after=self.last_fact_at)
        return self.add_fact(TransitionKind.PROCESS_CHANGED, at, from_stage=before, to_stage=stage, from_process=old)

    def reopen(self, *, reason: str | None = None, at: datetime | None, now: datetime) -> Transition:
        """Put a closed deal in progress again, at the stage where it was closed."""
        self.require_counted()
        if self.outcome is Outcome.IN_PROGRESS:
            raise refuse("NOT_CLOSED", "the deal is in progress; only a won or lost one can be reopened", "deal")
        reopened_at = placed(at, now=now, after=self.last_fact_at)
        previous, self.outcome = self.outcome, Outcome.IN_PROGRESS
        self.closed_at = self.loss_reason = self.competitor_id = None
        self._value(reopened_at)
        return self.add_fact(
            TransitionKind.REOPENED,
            reopened_at,
            from_stage=None,
            to_stage=self.stage,
            reason=reason,
            previous_outcome=previous,
        )

    def ship(self, *, number: str, shipped_on: date, complete: bool, now: datetime, zone: ZoneInfo) -> Shipment:
        """Register a shipment; a complete one is to be followed by the win, in the same transaction."""
        self.require_moving()
        if self.process.won_by is WonBy.SHIPMENT and self.stage != self.process.last:
            last = self.process.last.key if self.process.last else None
            raise refuse("NOT_AT_FULFILMENT", f"goods leave at the stage {last!r}; move the deal there first", "deal")
        occurred_at = self._day_of_fact(shipped_on, now, zone)
        self.shipped = self.shipped or complete
        self.last_fact_at = occurred_at
        self.version += 1
        return Shipment(
            id=new_id(SHIPMENT),
            deal_id=self.id,
            sequence=self.version,
            number=number,
            shipped_on=shipped_on,
            complete=complete,
            occurred_at=occurred_at,
        )

    def place(self, at: datetime | None, *, now: datetime) -> datetime:
        """Give the moment of a fact of one of the deal's documents; from then on it is the deal's last fact."""
        self.last_fact_at = placed(at, now=now, after=self.last_fact_at)
        return self.last_fact_at

    def change(self, changes: Mapping[str, Any], *, at: datetime | None = None) -> tuple[str, ...]:
        """Change what people may change, of a deal in progress; give the names of what differs from before.

        An amount gets the rate of the moment `at`, of the deal's last fact where none is given.
        """
        self.require_open()
        return self.correct(changes, at=at)

    def revalue(self) -> bool:
        """Work the base amount out anew, for rates that came later; tell whether it is another one."""
        before = self.amount
        if self.valued_at is not None:
            self._value(self.valued_at)
        if self.amount == before:
            return False
        self.version += 1
        return True

    def correct(self, changes: Mapping[str, Any], *, at: datetime | None = None) -> tuple[str, ...]:
        """Change the same of a deal however it stands, as an importer may; give the names of what differs."""
        unknown = changes.keys() - CHANGEABLE
        if unknown:
            raise KeyError(f"no one changes {sorted(unknown)}")
        changed = tuple(sorted(name for name, value in changes.items() if self._differs(name, value)))
        if changed:
            self.require_counted()
        if "partner_id" in changed and changes["partner_id"] is None and self.process.needs_partner(self.stage):
            raise refuse("PARTNER_REQUIRED", "a deal that is qualified keeps a partner; name another one", "partner")
        self.replaced = {name: getattr(self, name) for name in changed}
        for name in changed:
            setattr(self, name, changes[name])
        if "amount" in changed:
            self._value(self.closed_at or at or self.last_fact_at)
        if changed:
            self.version += 1
        return changed

    def _differs(self, name: str, value: Any) -> bool:
        known = getattr(self, name)
        if name == "amount" and known is not None and value is not None:
            return bool(known.money != value.money)  # the same money keeps the rate it has
        return bool(known != value)

    def _value(self, at: datetime) -> None:
        """Give the amount its base amount at a moment's rate."""
        self.valued_at = None
        if self.amount is not None and self.rates is not None:
            money = self.amount.money
            base = self.rates.base_of(money, at)
            self.amount = Amount(money=money, base=base)
            if base is None or base.currency != money.currency:
                self.valued_at = at

    def _require_way_into(self, stage: Stage, facts: StageFacts) -> None:
        self._require_elsewhere(stage)
        if self.process.control is not ControlMode.CONTROLLED:
            return
        if not self.process.follows(stage, self.stage):
            raise refuse("NOT_NEXT_STAGE", self._where_to_next(stage), "stage")
        missing = self._missing_for(stage, facts)
        if missing:
            what = "; ".join(one.what_to_do for one in missing)
            guards = tuple(one.guard for one in missing)
            raise refuse("GUARDS_UNMET", f"to enter {stage.key!r}: {what}", "stage", details=guards)

    def _missing_for(self, stage: Stage, facts: StageFacts) -> tuple[Unmet, ...]:
        behind = self.stage is not None and stage.rank <= self.stage.rank
        guarded = self.process.control is ControlMode.CONTROLLED and self.outcome is Outcome.IN_PROGRESS
        return unmet(stage.guards, facts) if guarded and not behind else ()

    def _require_elsewhere(self, stage: Stage) -> None:
        if stage == self.stage:
            raise refuse("SAME_STAGE", f"the deal already stands at {stage.key!r}", "stage")

    def _where_to_next(self, stage: Stage) -> str:
        after = self.process.after(self.stage)
        allowed = f"the next one is {after.key!r}" if after else "the deal stands at the last one"
        return f"stages of this process are entered one after another: {stage.key!r} is not next; {allowed}"

    @property
    def is_counted(self) -> bool:
        """Whether the deal is neither voided nor merged into another one."""
        return self.voided_at is None and self.merged_into_id is None

    def require_counted(self) -> None:
        """Raise Refused if the deal was voided or merged into another one: nothing more happens to it."""
        if self.voided_at is not None:
            raise refuse("DEAL_VOIDED", "the deal was registered by mistake; take that back first", "deal")
        if self.merged_into_id is not None:
            raise merged_refusal(self.merged_into_id)

    def require_open(self) -> None:
        """Raise Refused with DEAL_CLOSED unless the deal is in progress."""
        self.require_counted()
        if self.outcome is not Outcome.IN_PROGRESS:
            raise refuse("DEAL_CLOSED", f"the deal is {self.outcome.lower()}; reopen it first", "deal")

    def require_moving(self) -> None:
        """Raise Refused unless the deal is in progress and not on hold."""
        self.require_open()
        if self.hold is not None:
            raise refuse("DEAL_ON_HOLD", "the deal is on hold; resume it first", "deal")

    def _move(self, stage: Stage, at: datetime) -> Transition:
        before = self.stage
        self._stand_at(stage)
        return self.add_fact(TransitionKind.MOVED, at, from_stage=before, to_stage=stage)

    def _stand_at(self, stage: Stage | None) -> None:
        self.stage = stage
        if stage is not None:
            self.highest_rank = max(self.highest_rank, stage.rank)

    def _day_of_fact(self, day: date, now: datetime, zone: ZoneInfo) -> datetime:
        """Place a fact of which only the day is known: not before the last fact of that same day."""
        if day > day_of(now, zone):
            raise refuse("OCCURRED_IN_FUTURE", f"{day} has not come yet; a fact lies in the past", "shippedOn")
        last_day = day_of(self.last_fact_at, zone)
        if day < last_day:
            raise refuse(
                "OCCURRED_BEFORE_LAST_FACT", f"{day} is before the deal's last fact, of {last_day}", "shippedOn"
            )
        return max(midnight(day, zone), self.last_fact_at)

    def add_correction(self, kind: TransitionKind, at: datetime, *, reason: str | None = None) -> Transition:
        """Add a fact about the record of the deal and not about the deal: what happens next may be told of earlier."""
        last_fact_at = self.last_fact_at
        correction = self.add_fact(kind, at, reason=reason)
        self.last_fact_at = last_fact_at
        return correction

    def add_fact(
        self,
        kind: TransitionKind,
        at: datetime,
        *,
        from_stage: Stage | None = None,
        to_stage: Stage | None = None,
        previous_outcome: Outcome | None = None,
        reason: str | None = None,
        competitor_id: UUID | None = None,
        from_process: Process | None = None,
    ) -> Transition:
        """Add a transition; it raises the version."""
        self.version += 1
        self.last_fact_at = at
        transition = Transition(
            id=new_id(TRANSITION),
            deal_id=self.id,
            sequence=self.version,
            kind=kind,
            from_stage=from_stage,
            to_stage=to_stage,
            occurred_at=at,
            previous_outcome=previous_outcome,
            reason=reason,
            competitor_id=competitor_id,
            from_process=from_process,
            to_process=self.process if from_process else None,
        )
        self.fresh.append(transition)
        return transition
