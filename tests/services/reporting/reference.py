"""The figures once more, plain and slow, written from their definitions: lists of facts, one deal at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from chassis.business_calendar import BusinessCalendar
from tests.services.reporting.telling import Process
from tests.services.reporting.world import Told

History = Sequence[Told]
_CLOSES = {"deal.won": "WON", "deal.lost": "LOST"}
_TURNS = {*_CLOSES, "deal.reopened"}
_CORRECTIONS = {"deal.voided", "deal.unvoided", "deal.merged", "deal.unmerged"}


@dataclass(frozen=True)
class Deal:
    """What is known of a deal, asked of its facts each time."""

    facts: History

    @property
    def told(self) -> History:
        """All but what later rates made of its amount."""
        return [fact for fact in self.facts if fact.type != "deal.revalued"]

    @property
    def last(self) -> dict[str, Any]:
        return self.told[-1].data

    @property
    def id(self) -> str:
        return str(self.facts[0].subject)

    @property
    def process(self) -> str:
        return str(self.last["process_key"])

    @property
    def created_at(self) -> datetime:
        return self.facts[0].occurred_at

    @property
    def end(self) -> Told | None:
        """The close that still holds: the last of won, lost and reopened, unless it reopened."""
        turns = [fact for fact in self.facts if fact.type in _TURNS]
        return turns[-1] if turns and turns[-1].type in _CLOSES else None

    @property
    def outcome(self) -> str:
        return _CLOSES[self.end.type] if self.end else "IN_PROGRESS"

    @property
    def manager(self) -> str | None:
        manager = (self.end.data if self.end else self.last)["manager_id"]
        return str(manager) if manager else None

    @property
    def partner(self) -> str | None:
        partner = self.last["partner_id"]
        return str(partner) if partner else None

    @property
    def amount(self) -> dict[str, str | None] | None:
        """What it is worth: as it was told last, with what a later rate made of the same money."""
        amount: dict[str, str | None] | None = None
        for fact in self.facts:
            told = fact.data["amount"]
            same = amount and told and (amount["amount"], amount["currency"]) == (told["amount"], told["currency"])
            if fact.type != "deal.revalued" or same or (amount is None and told is None):
                amount = told
        return amount

    @property
    def base(self) -> Fraction:
        amount = self.amount
        return Fraction(amount["base"]) if amount and amount["base"] else Fraction(0)

    @property
    def is_unconverted(self) -> bool:
        amount = self.amount
        return amount is not None and amount["base"] is None

    @property
    def here(self) -> History:
        """What was told of it in the process in which it is now."""
        key = self.process
        strangers = [n for n, fact in enumerate(self.told) if fact.data["process_key"] != key]
        return self.told[strangers[-1] + 1 :] if strangers else self.told

    @property
    def stages(self) -> list[tuple[str, int]]:
        """Every stage that it stood at, in order, with its rank in the version that the deal had then."""
        found = []
        for fact in self.here:
            data = fact.data
            if data.get("new_stage"):
                found.append((data["new_stage"], data["new_rank"]))
            elif fact.type == "deal.opened" and data["stage"]:
                found.append((data["stage"], data["stage_rank"]))
        return found

    @property
    def stage(self) -> str | None:
        return self.stages[-1][0] if self.stages else None

    @property
    def highest(self) -> str | None:
        return self._furthest[0]

    @property
    def highest_rank(self) -> int:
        return self._furthest[1] or 0

    @property
    def _furthest(self) -> tuple[str | None, int]:
        """The furthest stage: as it was told where it last went on elsewhere, or of those after that."""
        best: tuple[str | None, int] = (None, 0)
        for fact in self.here:
            data = fact.data
            if fact.type == "deal.process_changed":
                best = (data["highest_stage"], data["highest_rank"])
            elif fact.type == "deal.stage_changed" and data["new_rank"] > best[1]:
                best = (data["new_stage"], data["new_rank"])
            elif fact.type == "deal.opened" and data["stage"]:
                best = (data["stage"], data["stage_rank"])
        return best

    @property
    def visits(self) -> list[tuple[str, datetime, datetime | None]]:
        """When it stood at which stage, in progress and not on hold; the end is None where it still does."""
        found: list[tuple[str, datetime, datetime | None]] = []
        stage: str | None = None
        turns = _TURNS | {"deal.held", "deal.resumed"}
        before = [fact.type for fact in self.told[: len(self.told) - len(self.here)] if fact.type in turns]
        closed, held = False, before[-1:] == ["deal.held"]  # it may have come from another process on hold
        since: datetime | None = None
        for fact in self.here:
            if fact.type == "deal.held":
                held = True
            elif fact.type in ("deal.resumed", *_CLOSES, "deal.reopened"):
                held = False
            if fact.type in _CLOSES or fact.type == "deal.reopened":
                closed = fact.type in _CLOSES
            now = fact.data.get("new_stage") or (fact.data["stage"] if fact.type == "deal.opened" else stage)
            stands = None if closed or held else now
            if since is not None and stage is not None and (stands is None or now != stage):
                found.append((stage, since, fact.occurred_at))
                since = None
            if stands is not None and since is None:
                since = fact.occurred_at
            stage = now
        return [*found, (stage, since, None)] if stage is not None and since is not None else found

    def dwell(self, stage: str) -> timedelta | None:
        """How long it was at a stage that it was at and has left, or where it was closed."""
        if stage not in {one for one, _ in self.stages} or (stage == self.stage and not self.end):
            return None
        return sum((end - since for at, since, end in self.visits if at == stage and end), timedelta(0))


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


def known_by(histories: Sequence[History], as_of: datetime | None, known_at: datetime | None) -> list[list[Told]]:
    """What of each history had happened by a moment, as far as it was recorded by another."""
    return [
        [
            fact
            for fact in history
            if (as_of is None or fact.occurred_at <= as_of) and (known_at is None or fact.recorded_at <= known_at)
        ]
        for history in histories
    ]


def put_away(deals: Sequence[History], known_at: datetime | None) -> set[str]:
    """The deals of which it was known by a moment that they were a mistake, or registered twice."""
    return {str(history[0].subject) for history in deals if _put_away(history, known_at)}


def _put_away(history: History, known_at: datetime | None) -> bool:
    """Whether it was known by a moment that a deal was a mistake, or registered twice: it is then in no figure at all."""
    told = [f.type for f in history if f.type in _CORRECTIONS and (known_at is None or f.recorded_at <= known_at)]
    return bool(told) and told[-1] in ("deal.voided", "deal.merged")


@dataclass(frozen=True)
class Partner:
    """What is known of a deal's partner: all that are one with it, where it came from, its segments."""

    ids: set[str]
    source: str | None
    segments: set[str]


def is_asked_for(deal: Deal, filter: dict[str, Any], partner: Partner, processes: Sequence[Process]) -> bool:
    """Whether a filter lets a deal through."""
    keys = {process.key for process in processes if str(process.id) in filter.get("process_ids", ())}
    return (
        ("manager_ids" not in filter or deal.manager in filter["manager_ids"])
        and ("partner_ids" not in filter or not partner.ids.isdisjoint(filter["partner_ids"]))
        and ("sources" not in filter or partner.source in filter["sources"])
        and ("segment_ids" not in filter or not partner.segments.isdisjoint(filter["segment_ids"]))
        and ("process_ids" not in filter or deal.process in keys)
    )


def within(instant: datetime, period: dict[str, str] | None, zone: ZoneInfo) -> bool:
    """Whether a period has an instant, by the business day on which it falls."""
    day = instant.astimezone(zone).date().isoformat()
    first, end = (period or {}).get("from"), (period or {}).get("to")
    return (first is None or first <= day) and (end is None or day < end)


def furthest(deal: Deal, keys: Sequence[str]) -> int:
    """How far along the newest version's stages it got, of a family whose versions only ever added stages."""
    return keys.index(deal.highest) + 1 if deal.highest is not None else 0


def behind(deals: Sequence[Deal], keys: Sequence[str], number: str, key: str) -> list[Deal]:
    """The deals behind a number of the funnel at a stage."""
    k = keys.index(key) + 1
    which: dict[str, Callable[[Deal], bool]] = {
        "REACHED": lambda d: d.outcome == "WON" or furthest(d, keys) >= k,
        "ENTERED": lambda d: key in {stage for stage, _ in d.stages},
        "OPEN": lambda d: d.outcome == "IN_PROGRESS" and d.stage == key,
        "LOST": lambda d: d.outcome == "LOST" and d.stage == key,
        "FURTHEST_LOST": lambda d: d.outcome == "LOST" and furthest(d, keys) == k,
    }
    return [deal for deal in deals if which[number](deal)]


def funnel(deals: Sequence[Deal], newest: Process) -> dict[str, Any]:
    """The funnel of a cohort."""
    keys = list(newest.stages)
    place = {key: rank for rank, key in enumerate(keys, 1)}

    def lost_at(key: str) -> list[Deal]:
        return behind(deals, keys, "LOST", key)

    all_lost = sum(len(lost_at(key)) for key in keys)
    stages = []
    for k, key in enumerate(keys, 1):
        here, entered, still, gone, stopped = (
            behind(deals, keys, number, key) for number in ("REACHED", "ENTERED", "OPEN", "LOST", "FURTHEST_LOST")
        )
        waiting = [d for d in deals if d.outcome == "IN_PROGRESS" and furthest(d, keys) == k]
        last = k == len(keys)
        follow = 0 if last else len(behind(deals, keys, "REACHED", keys[k]))
        stages.append(
            {
                "key": key,
                "rank": k,
                "reached": len(here),
                "entered": len(entered),
                "open": len(still),
                "lost": len(gone),
                "furthest_lost": len(stopped),
                "reached_amount": money(here),
                "lost_amount": money(gone),
                "conversion": None if last else ratio(follow, len(here)),
                "mature_conversion": None if last else ratio(follow, len(here) - len(waiting)),
                "loss_share": ratio(len(gone), all_lost),
                "hazard": ratio(len(gone), len(entered) - len(still)),
                "dwell": durations([d.dwell(key) for d in deals]),
            }
        )
    worst = max(keys, key=lambda key: (len(lost_at(key)), sum(d.base for d in lost_at(key)), -place[key]))
    return {
        "stages": stages,
        "unconverted": sum(d.is_unconverted for d in deals),
        "most_lost_at": worst if lost_at(worst) else None,
    }


def durations(spans: Sequence[timedelta | None]) -> dict[str, Any]:
    """Median, mean and 90th percentile, in days, of what is told."""
    told = sorted(Fraction(one // timedelta(microseconds=1), 86_400_000_000) for one in spans if one is not None)
    if not told:
        return {"deals": 0, "median_days": None, "mean_days": None, "p90_days": None}
    return {
        "deals": len(told),
        "median_days": float(quantile(told, Fraction(1, 2))),
        "mean_days": float(sum(told) / len(told)),
        "p90_days": float(quantile(told, Fraction(9, 10))),
    }


def quantile(ordered: Sequence[Fraction | int], part: Fraction) -> Fraction:
    """That part of the way from the first value to the last, between two neighbours in proportion."""
    at = part * (len(ordered) - 1)
    low, high = ordered[int(at)], ordered[min(int(at) + 1, len(ordered) - 1)]
    return low + (high - low) * (at - int(at))


def compared(now: dict[str, Any], before: dict[str, Any]) -> list[dict[str, Any]]:
    """What is different between two funnels, stage by stage."""
    rows = []
    for one, other in zip(now["stages"], before["stages"], strict=True):
        row: dict[str, Any] = {"key": one["key"]}
        for name in ("reached", "entered", "open", "lost", "furthest_lost", "reached_amount", "lost_amount"):
            a, b = Fraction(one[name]), Fraction(other[name])
            row[name] = {
                "now": one[name],
                "before": other[name],
                "difference": _cents(a - b) if name.endswith("amount") else one[name] - other[name],
                "ratio": {
                    "value": float(a / b) if b else None,
                    "numerator": str(one[name]),
                    "denominator": str(other[name]),
                },
            }
        for name in ("conversion", "mature_conversion", "loss_share", "hazard"):
            a_share, b_share = _share(one[name]), _share(other[name])
            known_both = a_share is not None and b_share is not None
            row[name] = {
                "now": one[name],
                "before": other[name],
                "difference": float(a_share - b_share) if known_both else None,  # type: ignore[operator]
            }
        rows.append(row)
    return rows


def _share(told: dict[str, Any] | None) -> Fraction | None:
    if told is None or told["denominator"] == "0":
        return None
    return Fraction(int(told["numerator"]), int(told["denominator"]))


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
                "win_rate_by_amount": share(won, won + lost),
                "currency": "USD",
                "unconverted": sum(d.is_unconverted for d in won + lost),
            }
        )
    return rows


def buckets(first: date, end: date, bucket: str) -> list[tuple[date, date]]:
    """A period cut where the calendar begins something new."""
    begins: dict[str, Callable[[date], Any]] = {
        "DAY": lambda day: day,
        "WEEK": lambda day: day.isocalendar()[:2],
        "MONTH": lambda day: (day.year, day.month),
        "QUARTER": lambda day: (day.year, (day.month - 1) // 3),
        "YEAR": lambda day: day.year,
    }
    days = [first + timedelta(days=n) for n in range((end - first).days)]
    starts = [day for n, day in enumerate(days) if n == 0 or begins[bucket](day) != begins[bucket](days[n - 1])]
    return list(zip(starts, [*starts[1:], end], strict=True)) if starts else []


def over_time(
    deals: Sequence[Deal], cut: Sequence[tuple[date, date]], zone: ZoneInfo, as_of: datetime
) -> list[dict[str, Any]]:
    """What happened in each bucket, and what was in progress at its end."""
    rows = []
    for first, end in cut:
        period = {"from": first.isoformat(), "to": end.isoformat()}
        opened = [d for d in deals if within(d.created_at, period, zone)]
        closed = [d for d in deals if d.end and within(d.end.occurred_at, period, zone)]
        won, lost = _having(closed, "WON"), _having(closed, "LOST")
        until = {"to": end.isoformat()}
        there = 0
        for deal in deals:
            turns = [f.type for f in deal.facts if within(f.occurred_at, until, zone) and f.type in _TURNS]
            there += within(deal.created_at, until, zone) and (not turns or turns[-1] == "deal.reopened")
        begun = datetime.combine(first, time(), zone) <= as_of
        rows.append(
            {
                "from": first.isoformat(),
                "to": end.isoformat(),
                "opened": len(opened),
                "won": len(won),
                "lost": len(lost),
                "in_progress": there if begun else None,
                "opened_amount": money(opened),
                "won_amount": money(won),
                "lost_amount": money(lost),
                "win_rate": ratio(len(won), len(won) + len(lost)),
                "win_rate_by_amount": share(won, won + lost),
                "currency": "USD",
                "unconverted": sum(d.is_unconverted for d in won + lost),
            }
        )
    return rows


def cycle(deals: Sequence[Deal]) -> dict[str, Any]:
    """How long it took to win those that are won."""
    return durations([d.end.occurred_at - d.created_at for d in deals if d.end and d.outcome == "WON"])


def velocity(deals: Sequence[Deal], as_of: datetime) -> dict[str, Any]:
    """Open deals × mean won amount × win rate / cycle days, over 90 days."""
    lately = [d for d in deals if d.end and d.end.occurred_at >= as_of - timedelta(days=90)]
    won, lost = _having(lately, "WON"), _having(lately, "LOST")
    under_way = len(_having(deals, "IN_PROGRESS"))
    priced = [d for d in won if not d.is_unconverted]
    spans = [Fraction((d.end.occurred_at - d.created_at) // timedelta(microseconds=1)) for d in won if d.end]
    per_day = None
    if priced and sum(spans):
        mean = sum((d.base for d in priced), Fraction(0)) / len(priced)
        days = sum(spans) / len(spans) / 86_400_000_000
        exact = under_way * mean * Fraction(len(won), len(won) + len(lost)) / days
        per_day = _cents(Fraction(round(exact * 100), 100))  # half to even
    return {
        "per_day": per_day,
        "open": under_way,
        "won": len(won),
        "lost": len(lost),
        "win_rate": ratio(len(won), len(won) + len(lost)),
        "cycle": cycle(won),
        "unconverted": len(won) - len(priced),
    }


def assess(
    deal: Deal, work: Sequence[Told], roles: Sequence[str], allowed: dict[str, int], day: datetime, zone: ZoneInfo
) -> dict[str, Any]:
    """What a deal in progress asks attention for at a moment, of what was known of it and around it by then."""
    today = day.astimezone(zone).date().isoformat()
    plan = [fact.data for fact in deal.facts if fact.type in ("deal.opened", "deal.changed")][-1]
    start, close = plan.get("planned_start_on"), plan.get("expected_close_on")
    held = [fact.type for fact in deal.facts if fact.type in {"deal.held", "deal.resumed", *_TURNS}]
    last: dict[Any, Told] = {}
    for fact in work:
        last[fact.subject] = fact
    steps = [fact.data["due_at"] for fact in last.values() if fact.type == "next_step.planned"]
    late = [
        fact
        for fact in last.values()
        if fact.type.startswith("task.")
        and fact.data["status"] == "PLANNED"
        and fact.data["due_at"]
        and fact.data["due_at"] <= day
    ]
    own = [fact.occurred_at for fact in deal.told if fact.type != "deal.changed"]
    documents = [fact.occurred_at for fact in work if fact.type.startswith("payment.")]
    anything = [fact.occurred_at for fact in (*deal.told, *work)]
    dwell = None
    if deal.stage is not None:
        here = [(since, end or day) for stage, since, end in deal.visits if stage == deal.stage]
        dwell = sum((end - since for since, end in here), timedelta(0))
    bound = allowed.get(deal.stage or "")
    first = deal.highest_rank <= 1 and max(own + documents) <= deal.created_at
    state = "WORKED_ON"
    if held and held[-1] == "deal.held":
        state = "ON_HOLD"
    elif start is not None and start > today:
        state = "COMING"
    asks = {
        "DWELL_EXCEEDED": dwell is not None and bound is not None and dwell > timedelta(days=bound),
        "NEXT_STEP_OVERDUE": any(due <= day for due in steps),
        "NO_NEXT_STEP": not steps,
        "CLOSE_DATE_PASSED": close is not None and close < today,
        "ROTTING": max(anything) < day - timedelta(days=14),
        "PLANNED_START_PASSED": start is not None and start < today and first,
        "TASKS_OVERDUE": bool(late),
    }
    client = "EXISTING_CLIENT" if "CLIENT" in roles else "PROSPECT" if "PROSPECT" in roles else "UNKNOWN"
    return {
        "deal_id": deal.id,
        "state": state,
        "client_kind": client,
        "age_days": (day - deal.created_at).days,
        "dwell_days": dwell / timedelta(days=1) if dwell is not None else None,
        "allowed_dwell_days": bound,
        "reasons": [reason for reason, holds in asks.items() if holds] if state == "WORKED_ON" else [],
    }


def _is(wanted: dict[str, Any]) -> Callable[[dict[str, Any]], bool]:
    return lambda found: all(found[name] == value for name, value in wanted.items())


def _asks(reason: str) -> Callable[[dict[str, Any]], bool]:
    return lambda found: reason in found["reasons"]


def unfinished(assessed: Sequence[tuple[Deal, dict[str, Any]]]) -> dict[str | None, dict[str, Any]]:
    """Deals in progress by manager, counted."""
    rows: dict[str | None, dict[str, Any]] = {}
    for manager in {deal.manager for deal, _ in assessed}:
        mine = [(deal, found) for deal, found in assessed if deal.manager == manager]

        def counted(which: Callable[[dict[str, Any]], bool], mine: Any = mine) -> dict[str, Any]:
            those = [deal for deal, found in mine if which(found)]
            return {"count": len(those), "amount": money(those)}

        def clients(state: str, counted: Any = counted) -> dict[str, Any]:
            kinds = ("EXISTING_CLIENT", "PROSPECT", "UNKNOWN")
            return {kind.lower(): counted(_is({"state": state, "client_kind": kind})) for kind in kinds}

        ages = [found["age_days"] for _, found in mine if found["state"] == "WORKED_ON"]
        rows[manager] = {
            "worked_on": counted(lambda f: f["state"] == "WORKED_ON"),
            "need_attention": counted(lambda f: bool(f["reasons"])),
            "on_hold": counted(lambda f: f["state"] == "ON_HOLD"),
            "coming": counted(lambda f: f["state"] == "COMING"),
            "reasons": {
                reason.lower(): counted(_asks(reason))
                for reason in (
                    "DWELL_EXCEEDED", "NEXT_STEP_OVERDUE", "NO_NEXT_STEP", "CLOSE_DATE_PASSED", "ROTTING",
                    "PLANNED_START_PASSED", "TASKS_OVERDUE",
                )
            },
            "clients": clients("WORKED_ON"),
            "coming_clients": clients("COMING"),
            "unconverted": sum(deal.is_unconverted for deal, _ in mine),
            "oldest_age_days": max(ages) if ages else None,
        }  # fmt: skip
    return rows


def losses(deals: Sequence[Deal], key_of: Callable[[Deal], str | None]) -> dict[str | None, dict[str, Any]]:
    """Lost deals by a key, with where they were lost."""
    lost = _having(deals, "LOST")
    rows: dict[str | None, dict[str, Any]] = {}
    for key in {key_of(d) for d in lost}:
        mine = [d for d in lost if key_of(d) == key]
        rows[key] = {
            "lost": len(mine),
            "lost_amount": money(mine),
            "unconverted": sum(d.is_unconverted for d in mine),
            "share": ratio(len(mine), len(lost)),
            "amount_share": share(mine, lost),
            "stages": sorted(
                (process, stage, len(there), money(there))
                for process, stage in {(d.process, d.stage) for d in mine}
                for there in [[d for d in mine if (d.process, d.stage) == (process, stage)]]
            ),
        }
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


def whose_tasks(
    tasks: Sequence[History],
    put_away: set[str],
    in_progress: set[str],
    as_of: datetime,
    known_at: datetime | None,
    period: dict[str, str] | None,
    zone: ZoneInfo,
) -> list[tuple[str, str, bool]]:
    """Of each task what became of it by a moment, whose it was, and whether it was due in a period: done IN_TIME or LATE, or OVERDUE.

    Nothing is left to do in deals that are not in progress; of those that are put away not even what was done counts.
    """
    found = []
    for facts in known_by(tasks, as_of, known_at):
        if not facts:
            continue
        last = facts[-1].data
        due, assignee, deal = last["due_at"], last["assignee_id"], str(last["deal_id"])
        if not due or not assignee or deal in put_away:
            continue
        became = None
        if last["status"] == "DONE":
            became = "IN_TIME" if last["completed_at"] <= due else "LATE"
        elif last["status"] != "CANCELLED" and due < as_of and (deal == "None" or deal in in_progress):
            became = "OVERDUE"
        if became is not None:
            found.append((became, str(assignee), within(due, period, zone)))
    return found


def responses(talk: Sequence[Told], calendar: BusinessCalendar) -> list[tuple[str, datetime, timedelta | None]]:
    """Of each wait of a client for an answer, among interactions between people: who owed it, when it began, how long it took."""
    found = []
    for partner in {partner for one in talk for partner in one.data["partner_ids"]}:
        said = [one for one in talk if partner in one.data["partner_ids"]]
        asked = [one for one in said if one.data["direction"] == "IN" and one.data["kind"] in ("EMAIL", "MESSAGE")]
        told = [one.occurred_at for one in said if one.data["direction"] == "OUT" and one.data["kind"] != "NOTE"]
        for one in asked:
            earlier = [
                other
                for other in asked
                if (other.occurred_at, other.subject) < (one.occurred_at, one.subject)
                and not any(other.occurred_at < moment <= one.occurred_at for moment in told)
            ]
            if not earlier and one.data["manager_ids"]:
                after = [moment for moment in told if moment > one.occurred_at]
                took = calendar.business_time_between(one.occurred_at, min(after)) if after else None
                found.append((str(one.data["manager_ids"][0]), one.occurred_at, took))
    return found


def hand_overs(deals: Sequence[Deal]) -> list[tuple[str, str, Told]]:
    """From whom deals went to whom, each with the fact that told of it; nobody hands nothing over."""
    found = []
    for deal in deals:
        for before, now in zip(deal.told, deal.told[1:], strict=False):
            old, new = before.data["manager_id"], now.data["manager_id"]
            if old and new and old != new:
                found.append((str(old), str(new), now))
    return found


def deal_parts(deal: Deal, talk: Sequence[Told], as_of: datetime) -> list[dict[str, Any]]:
    """What each owner of a deal did in it."""
    runs: list[list[Told]] = []
    for fact in deal.told:
        if not runs or runs[-1][-1].data["manager_id"] != fact.data["manager_id"]:
            runs.append([])
        runs[-1].append(fact)
    over = min(deal.end.occurred_at, as_of) if deal.end else as_of
    found, stage = [], None
    for run, after in zip(runs, [*runs[1:], None], strict=True):
        since, until, manager = run[0].occurred_at, after[0].occurred_at if after else None, run[0].data["manager_id"]
        entered = []
        for fact in run:
            here = fact.data.get("new_stage") or fact.data.get("stage")
            if here and here != stage:
                entered.append(here)
            stage = here or stage
        ends = deal.end is not None and deal.end in run
        won = ends and deal.outcome == "WON" and deal.amount and deal.amount["base"]
        found.append(
            {
                "manager_id": str(manager) if manager else None,
                "since": since.isoformat(),
                "until": until.isoformat() if until else None,
                "days": max((min(until or over, over) - since) / timedelta(days=1), 0.0),
                "stages": entered,
                "interactions": sum(
                    manager in one.data["manager_ids"]
                    for one in talk
                    if deal.id in map(str, one.data["deal_ids"])
                    and since <= one.occurred_at
                    and (until is None or one.occurred_at < until)
                ),
                "outcome": deal.outcome if ends else None,
                "won_amount": money([deal]) if won else None,
            }
        )
    return found


def _handed(told: Sequence[Told]) -> dict[str, Any]:
    amounts = [fact.data["amount"] for fact in told if fact.data["amount"]]
    return {
        "deals": len(told),
        "amount": _cents(sum((Fraction(amount["base"]) for amount in amounts if amount["base"]), Fraction(0))),
        "unconverted": sum(amount["base"] is None for amount in amounts),
    }


def business_times(took: Sequence[timedelta]) -> dict[str, Any]:
    """Median and 90th percentile, in seconds."""
    told = sorted(Fraction(one // timedelta(microseconds=1), 1_000_000) for one in took)
    return {
        "count": len(told),
        "median_seconds": float(quantile(told, Fraction(1, 2))) if told else None,
        "p90_seconds": float(quantile(told, Fraction(9, 10))) if told else None,
    }


def managers(
    deals: Sequence[Deal],
    talk: Sequence[Told],
    tasks: Sequence[tuple[str, str, bool]],
    waits: Sequence[tuple[str, datetime, timedelta | None]],
    period: dict[str, str] | None,
    zone: ZoneInfo,
) -> list[dict[str, Any]]:
    """What each manager has done."""
    counted = [d for d in deals if d.end is None or within(d.end.occurred_at, period, zone)]
    talks = [
        (str(id), one.data["kind"], one.data["direction"])
        for one in talk
        if within(one.occurred_at, period, zone)
        for id in one.data["manager_ids"]
    ]
    late = {who for became, who, asked in tasks if asked or became == "OVERDUE"}
    waited = [(who, took) for who, began, took in waits if within(began, period, zone)]
    handed = [one for one in hand_overs(deals) if within(one[2].occurred_at, period, zone)]
    active = (
        {who for who, _, _ in talks} | late | {who for who, _ in waited} | {who for one in handed for who in one[:2]}
    )
    rows = []
    for manager in sorted({d.manager for d in counted if d.manager} | active):
        due = Counter(became for became, who, asked in tasks if asked and who == manager)
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
                "unconverted": sum(d.is_unconverted for d in won + lost),
                "win_rate": ratio(len(won), len(won) + len(lost)),
                "win_rate_by_amount": share(won, won + lost),
                "median_cycle_days": median(cycles) / 86_400_000_000 if cycles else None,
                "interactions": sum(who == manager for who, _, _ in talks),
                "activities": {
                    f"{kind.lower()}s": {
                        name: talks.count((manager, kind, direction))
                        for name, direction in (("incoming", "IN"), ("outgoing", "OUT"), ("internal", "INTERNAL"))
                    }
                    for kind in ("CALL", "MEETING", "EMAIL", "MESSAGE", "NOTE")
                },
                "response_times": business_times([took for who, took in waited if who == manager and took is not None]),
                "unanswered": sum(who == manager and took is None for who, took in waited),
                "handed_over": _handed([fact for who, _, fact in handed if who == manager]),
                "taken_over": _handed([fact for _, who, fact in handed if who == manager]),
                "overdue_tasks": sum(became == "OVERDUE" and who == manager for became, who, _ in tasks),
                "due_tasks": {"in_time": due["IN_TIME"], "late": due["LATE"], "overdue": due["OVERDUE"]},
                "tasks_done_in_time": ratio(due["IN_TIME"], due.total()),
                "claims_resolved": 0,
                "claims_resolved_in_time": ratio(0, 0),
                "claims_answered_in_time": ratio(0, 0),
            }
        )
    return rows


def plan(
    targets: Sequence[History],
    deals: Sequence[Deal],
    talk: Sequence[Told],
    members: Callable[[str], set[str]],
    period: dict[str, str],
    zone: ZoneInfo,
) -> list[dict[str, Any]]:
    """What was planned for whoever has a target that lies within a period, on the days that have one, and what was achieved on these."""

    def day_of(instant: datetime) -> date:
        return instant.astimezone(zone).date()

    of: dict[tuple[bool, str, str], list[tuple[list[date], Fraction]]] = {}
    for facts in targets:
        last = facts[-1].data if facts else None
        if last is None or facts[-1].type == "sales_target.withdrawn":
            continue
        if period.get("from", "") <= last["first_on"] and last["end_on"] <= period.get("to", "9"):
            key = bool(last.get("team_id")), str(last.get("team_id") or last["manager_id"]), last["measure"]
            days = _days(date.fromisoformat(last["first_on"]), date.fromisoformat(last["end_on"]))
            of.setdefault(key, []).append((days, Fraction(last["value"])))
    rows = []
    for (of_team, owner, measure), asked in sorted(of.items()):
        planned, covered = Fraction(0), set[date]()
        for days, value in sorted(asked, key=lambda one: -len(one[0])):  # the longest first, no day twice
            if covered.isdisjoint(days):
                planned, covered = planned + value, covered | set(days)
        whose = members(owner) if of_team else {owner}
        won = [
            d for d in _having(deals, "WON") if d.end and day_of(d.end.occurred_at) in covered and d.manager in whose
        ]
        talks = [str(id) for one in talk if day_of(one.occurred_at) in covered for id in one.data["manager_ids"]]
        fact = {
            "WON_AMOUNT": sum((d.base for d in won), Fraction(0)),
            "WON_COUNT": Fraction(len(won)),
            "INTERACTIONS": Fraction(sum(id in whose for id in talks)),
        }[measure]
        first = date.fromisoformat(period["from"]) if "from" in period else min(covered)
        end = date.fromisoformat(period["to"]) if "to" in period else max(covered) + timedelta(days=1)
        bare = [day for day in _days(first, end) if day not in covered]
        shown = _cents if measure == "WON_AMOUNT" else str
        rows.append(
            {
                "manager_id": None if of_team else owner,
                "team_id": owner if of_team else None,
                "measure": measure,
                "planned": shown(planned),
                "fact": shown(fact),
                "deviation": shown(fact - planned),
                "attainment": {
                    "value": float(fact / planned) if planned else None,
                    "numerator": shown(fact),
                    "denominator": shown(planned),
                },
                "unconverted": sum(d.is_unconverted for d in won) if measure == "WON_AMOUNT" else 0,
                "uncovered_days": len(bare),
                "uncovered": [
                    {"from": day.isoformat(), "to": (end_of(day, bare)).isoformat()}
                    for day in bare
                    if day - timedelta(days=1) not in bare
                ],
            }
        )
    return rows


def end_of(day: date, days: Sequence[date]) -> date:
    """The first day after one that is not among some days."""
    while day in days:
        day += timedelta(days=1)
    return day


def _days(first: date, end: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((end - first).days)]


def share(part: Sequence[Deal], whole: Sequence[Deal]) -> dict[str, Any]:
    """What part of the amount of some deals others have."""
    a, b = (sum((d.base for d in deals), Fraction(0)) for deals in (part, whole))
    return {"value": float(a / b) if b else None, "numerator": money(part), "denominator": money(whole)}


def ratio(numerator: int, denominator: int) -> dict[str, Any]:
    value = numerator / denominator if denominator else None
    return {"value": value, "numerator": str(numerator), "denominator": str(denominator)}


def money(deals: Sequence[Deal]) -> str:
    return _cents(sum((d.base for d in deals), Fraction(0)))


def _cents(amount: Fraction) -> str:
    cents = amount * 100
    assert cents.denominator == 1
    sign, whole = ("-" if cents < 0 else ""), abs(cents.numerator)
    return f"{sign}{whole // 100}.{whole % 100:02}"


def _having(deals: Sequence[Deal], outcome: str) -> list[Deal]:
    return [d for d in deals if d.outcome == outcome]
