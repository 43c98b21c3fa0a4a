"""The figures once more, plain and slow, written from their definitions: lists of facts, one deal at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from tests.services.reporting.telling import Process
from tests.services.reporting.world import Told

History = Sequence[Told]
_CLOSES = {"deal.won": "WON", "deal.lost": "LOST"}
_CORRECTIONS = {"deal.voided", "deal.unvoided", "deal.merged", "deal.unmerged"}


@dataclass(frozen=True)
class Deal:
    """What is known of a deal, asked of its facts each time."""

    facts: History

    @property
    def last(self) -> dict[str, Any]:
        return self.facts[-1].data

    @property
    def created_at(self) -> datetime:
        return self.facts[0].occurred_at

    @property
    def end(self) -> Told | None:
        """The close that still holds: the last of won, lost and reopened, unless it reopened."""
        turns = [fact for fact in self.facts if fact.type in {*_CLOSES, "deal.reopened"}]
        return turns[-1] if turns and turns[-1].type in _CLOSES else None

    @property
    def outcome(self) -> str:
        return _CLOSES[self.end.type] if self.end else "IN_PROGRESS"

    @property
    def manager(self) -> str | None:
        manager = (self.end.data if self.end else self.last)["manager_id"]
        return str(manager) if manager else None

    @property
    def base(self) -> Fraction:
        amount = self.last["amount"]
        return Fraction(amount["base"]) if amount and amount["base"] else Fraction(0)

    @property
    def is_unconverted(self) -> bool:
        amount = self.last["amount"]
        return amount is not None and amount["base"] is None

    @property
    def stages(self) -> list[tuple[str, int]]:
        """Every stage that it stood at, in order, with its rank in the deal's own version."""
        found = []
        for fact in self.facts:
            data = fact.data
            if data.get("new_stage"):
                found.append((data["new_stage"], data["new_rank"]))
            elif fact.type == "deal.opened" and data["stage"]:
                found.append((data["stage"], data["stage_rank"]))
        return found


def known(deals: Sequence[History], as_of: datetime | None, known_at: datetime | None) -> list[Deal]:
    """What had happened by a moment, as far as it was recorded by another."""
    found = []
    for history in deals:
        facts = [
            fact
            for fact in history
            if fact.type not in _CORRECTIONS
            and (as_of is None or fact.occurred_at <= as_of)
            and (known_at is None or fact.recorded_at <= known_at)
        ]
        if facts and not _put_away(history, known_at):
            found.append(Deal(facts))
    return found


def _put_away(history: History, known_at: datetime | None) -> bool:
    """Whether it was known by a moment that a deal was a mistake, or registered twice: it is then in no figure at all."""
    told = [f.type for f in history if f.type in _CORRECTIONS and (known_at is None or f.recorded_at <= known_at)]
    return bool(told) and told[-1] in ("deal.voided", "deal.merged")


def within(instant: datetime, period: dict[str, str] | None, zone: ZoneInfo) -> bool:
    """Whether a period has an instant, by the business day on which it falls."""
    day = instant.astimezone(zone).date().isoformat()
    first, end = (period or {}).get("from"), (period or {}).get("to")
    return (first is None or first <= day) and (end is None or day < end)


def funnel(deals: Sequence[Deal], newest: Process) -> dict[str, Any]:
    """The funnel of a cohort, all of one family whose versions only ever added stages."""
    keys = list(newest.stages)
    place = {key: rank for rank, key in enumerate(keys, 1)}

    def highest(deal: Deal) -> int:
        key, _ = max(deal.stages, key=lambda one: one[1])
        return place[key]

    def lost_at(key: str) -> list[Deal]:
        return [d for d in deals if d.outcome == "LOST" and d.stages[-1][0] == key]

    def reached(k: int) -> list[Deal]:
        return [d for d in deals if d.outcome == "WON" or highest(d) >= k]

    def still_open(k: int) -> list[Deal]:
        return [d for d in deals if d.outcome == "IN_PROGRESS" and d.stages[-1][0] == keys[k - 1]]

    all_lost = sum(len(lost_at(key)) for key in keys)
    stages = []
    for k, key in enumerate(keys, 1):
        entered = [d for d in deals if key in {stage for stage, _ in d.stages}]
        here, gone = reached(k), len(lost_at(key))
        waiting = [d for d in deals if d.outcome == "IN_PROGRESS" and highest(d) == k]
        follow = len(reached(k + 1))
        last = k == len(keys)
        stages.append(
            {
                "key": key,
                "rank": k,
                "reached": len(here),
                "entered": len(entered),
                "open": len(still_open(k)),
                "lost": gone,
                "furthest_lost": sum(d.outcome == "LOST" and highest(d) == k for d in deals),
                "reached_amount": money(here),
                "lost_amount": money(lost_at(key)),
                "conversion": None if last else ratio(follow, len(here)),
                "mature_conversion": None if last else ratio(follow, len(here) - len(waiting)),
                "loss_share": ratio(gone, all_lost),
                "hazard": ratio(gone, len(entered) - len(still_open(k))),
            }
        )
    worst = max(keys, key=lambda key: (len(lost_at(key)), sum(d.base for d in lost_at(key)), -place[key]))
    return {
        "stages": stages,
        "unconverted": sum(d.is_unconverted for d in deals),
        "most_lost_at": worst if lost_at(worst) else None,
    }


def outcomes(
    deals: Sequence[Deal],
    period: dict[str, str] | None,
    zone: ZoneInfo,
    keys_of: Callable[[Deal], Sequence[str | None]],
    *,
    grouped: bool = True,
) -> list[dict[str, Any]]:
    """Outcomes under each key."""
    counted = [d for d in deals if d.end is None or within(d.end.occurred_at, period, zone)]
    keys = {key for d in counted for key in keys_of(d)} if grouped else {None}
    rows = []
    for key in sorted(keys, key=lambda one: (one is None, one or "")):
        mine = [d for d in counted if key in keys_of(d)]
        won, lost = _having(mine, "WON"), _having(mine, "LOST")
        rows.append(
            {
                "key": key,
                "won": len(won),
                "lost": len(lost),
                "in_progress": len(_having(mine, "IN_PROGRESS")),
                "won_amount": money(won),
                "lost_amount": money(lost),
                "win_rate": ratio(len(won), len(won) + len(lost)),
                "currency": "USD",
                "unconverted": sum(d.is_unconverted for d in won + lost),
            }
        )
    return rows


def standing(talk: History, as_of: datetime | None, known_at: datetime | None) -> list[Told]:
    """The interactions between people that stood by a moment, as far as was recorded by another."""
    recorded = [one for one in talk if known_at is None or one.recorded_at <= known_at]
    corrected = {one.data.get("corrects_id") for one in recorded}
    return [
        one
        for one in recorded
        if one.subject not in corrected and not one.data["automatic"] and (as_of is None or one.occurred_at <= as_of)
    ]


def overdue(tasks: Sequence[History], as_of: datetime, known_at: datetime | None) -> list[str]:
    """Whose each task was that was due before a moment and open at it, as far as was recorded by another."""
    found = []
    for facts in tasks:
        known_then = [f for f in facts if f.occurred_at <= as_of and (known_at is None or f.recorded_at <= known_at)]
        if not known_then:
            continue
        last = known_then[-1].data
        is_open, due, assignee = last["status"] not in ("DONE", "CANCELLED"), last["due_at"], last["assignee_id"]
        if is_open and due and due < as_of and assignee:
            found.append(str(assignee))
    return found


def managers(
    deals: Sequence[Deal], talk: Sequence[Told], late: Sequence[str], period: dict[str, str] | None, zone: ZoneInfo
) -> list[dict[str, Any]]:
    """What each manager has done."""
    counted = [d for d in deals if d.end is None or within(d.end.occurred_at, period, zone)]
    talked = [str(id) for one in talk if within(one.occurred_at, period, zone) for id in one.data["manager_ids"]]
    rows = []
    for manager in sorted({d.manager for d in counted if d.manager} | set(talked) | set(late)):
        mine = [d for d in counted if d.manager == manager]
        won, lost = _having(mine, "WON"), _having(mine, "LOST")
        cycles = [(d.end.occurred_at - d.created_at) // timedelta(microseconds=1) for d in won if d.end]
        rows.append(
            {
                "manager_id": manager,
                "won": len(won),
                "lost": len(lost),
                "in_progress": len(_having(mine, "IN_PROGRESS")),
                "won_amount": money(won),
                "currency": "USD",
                "unconverted": sum(d.is_unconverted for d in won),
                "win_rate": ratio(len(won), len(won) + len(lost)),
                "median_cycle_days": median(cycles) / 86_400_000_000 if cycles else None,
                "interactions": talked.count(manager),
                "overdue_tasks": late.count(manager),
                "claims_resolved": 0,
                "claims_resolved_in_time": ratio(0, 0),
            }
        )
    return rows


def ratio(numerator: int, denominator: int) -> dict[str, Any]:
    value = numerator / denominator if denominator else None
    return {"value": value, "numerator": str(numerator), "denominator": str(denominator)}


def money(deals: Sequence[Deal]) -> str:
    cents = sum((d.base for d in deals), Fraction(0)) * 100
    assert cents.denominator == 1
    return f"{cents.numerator // 100}.{cents.numerator % 100:02}"


def _having(deals: Sequence[Deal], outcome: str) -> list[Deal]:
    return [d for d in deals if d.outcome == outcome]
