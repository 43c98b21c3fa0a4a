"""The reports at two numbers of deals: what costs the same however many there are, and what may take its time."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.figures import Figure, Figures
from benchmarks.load import multiply_reports
from chassis.clock import utc_now
from chassis.store.database import Database
from chassis.store.migrate import migrate
from services.reporting.domain.deals.losses import losses
from services.reporting.domain.deals.outcomes import outcomes as outcome_rows
from services.reporting.domain.percentiles import middle
from services.reporting.domain.period import Period
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.deal_rows import now
from services.reporting.storage.deals.live_cells import LiveCells
from services.reporting.storage.deals.past_cells import PastCells
from services.reporting.storage.deals.stated_cells import StatedCells
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import metadata
from tests.services.reporting.telling import (
    Process,
    Teller,
    claim,
    document,
    eur,
    interaction,
    manager,
    partner,
    step,
    target,
    task,
    team,
    usd,
)
from tests.services.reporting.world import Told, World, at
from tests.support.databases import migrations_of
from tests.support.postgres import Postgres

DEALS = 10_000
_ROUNDS, _SLOW_ROUNDS, _AT_ONCE, _BATCH = 100, 3, 500, 500
_MOST_GROWTH, _MOST_MS, _MOST_SECONDS, _MOST_MB = 1.2, 50.0, 5.0, 300.0
_BEGIN, _DAYS = at("2023-01-01"), 3 * 365
_MONTHS = {"from": "2023-11-01", "to": "2025-10-01"}
_SOME_DAYS = {"from": "2023-11-13", "to": "2025-10-07"}
_SALE = Process(key="sale", stages=("contact", "need", "offer", "talks", "terms", "contract", "delivery"))
_SUPPLY = Process(key="supply", stages=("request", "offer", "contract"))


class _Enterprise:
    """An enterprise over three years: who works there, whom it deals with, and what it is told to have done."""

    def __init__(self) -> None:
        self._random = random.Random(7)  # the same in each run
        self.teams = [team() for _ in range(6)]
        self.managers = [manager(self.teams[n % 6].subject) for n in range(30)]
        self.partners = [partner(self._random.choice(["fair", "web", "call", None])) for _ in range(300)]

    def people(self) -> list[Told]:
        """What is told of all but the deals."""
        return [_SALE.published(), _SUPPLY.published(), *self.teams, *self.managers, *self.partners, *self._targets()]

    def _targets(self) -> Iterator[Told]:
        for owner in (*self.managers, *self.teams):
            for month in range(36):
                first, end = (date(2023 + at // 12, at % 12 + 1, 1).isoformat() for at in (month, month + 1))
                for measure in ("WON_AMOUNT", "WON_COUNT"):
                    yield from target(owner.subject, measure, first, end, ("set", _BEGIN, "10"))

    def deals(self, count: int) -> Iterator[list[Told]]:
        """What is told of deals and of the work on them, some hundreds of deals at a time, in the order in which it happened."""
        for start in range(0, count, _AT_ONCE):
            told = [event for _ in range(min(_AT_ONCE, count - start)) for event in self._deal()]
            yield sorted(told, key=lambda event: event.recorded_at)

    def _deal(self) -> list[Told]:
        draw = self._random
        owner = draw.choice(self.managers).subject
        when = _BEGIN + timedelta(seconds=draw.randrange(_DAYS * 86_400))
        deal = Teller(
            _SALE if draw.random() < 0.7 else _SUPPLY,
            manager_id=owner,
            partner_id=draw.choice(self.partners).subject,
            amount=draw.choice([usd(f"{draw.randrange(100, 90_000)}.50"), usd("1000.00"), None, eur("70.00")]),
            products=[f"product {draw.randrange(20)}" for _ in range(draw.randrange(3))],
            planned_start_on=_day(when, draw.randrange(-30, 60)) if draw.random() < 0.1 else None,
            expected_close_on=_day(when, draw.randrange(10, 300)) if draw.random() < 0.9 else None,
            probability="0.35" if draw.random() < 0.1 else None,
        )
        deal.open(when)
        for stage in deal.process.stages[1 : draw.randrange(2, len(deal.process.stages) + 2)]:
            when = self._later(when)
            deal.move(when, stage)
            if draw.random() < 0.6:
                when = self._later(when, hours=20)
                deal.change(when, manager_id=owner if draw.random() < 0.95 else draw.choice(self.managers).subject)
        when = self._later(when)
        if draw.random() < 0.05:
            deal.hold(when)
            when = self._later(when)
            if draw.random() < 0.8:
                deal.resume(when)
        if draw.random() < 0.75:
            self._close(deal, when)
            if draw.random() < 0.03:
                deal.reopen(when := self._later(when))
        if draw.random() < 0.01:
            deal.correct("voided", when + timedelta(days=2))
        told = [*deal.told, *self._work(deal, owner)]
        return [event for event in told if event.recorded_at < utc_now()]

    def _close(self, deal: Teller, when: datetime) -> None:
        draw = self._random
        if draw.random() < 0.6:
            deal.win(when)
        else:
            competitor = draw.choice(self.partners[:10]).subject if draw.random() < 0.5 else None
            deal.lose(when, draw.choice(["price", "timing"]), competitor=competitor)

    def _work(self, deal: Teller, owner: UUID) -> Iterator[Told]:
        draw = self._random
        began = deal.told[0].occurred_at
        client, wrote = [deal.about["partner_id"]], self._later(began)
        answered, automatic = self._later(wrote, hours=60), draw.random() < 0.1
        yield interaction(wrote, owner, kind="EMAIL", direction="IN", partners=client, deals=[deal.id])
        yield interaction(answered, owner, kind="EMAIL", partners=client, deals=[deal.id], automatic=automatic)
        made, due, done = (self._later(began, hours=hours) for hours in (24, 400, 600))
        steps: list[tuple[str, str, str | None, UUID | None]] = [("task.created", _text(made), _text(due), owner)]
        if draw.random() < 0.9:
            steps.append(("task.completed", _text(max(made, done)), _text(due), owner))
        yield from task(*steps, deal_id=deal.id)
        if draw.random() < 0.4:
            ended = [("done", max(made, done))] if draw.random() < 0.7 else []
            yield from step(deal.id, due, ("planned", made), *ended)
        if draw.random() < 0.3:
            yield document(deal.id, due)
        if draw.random() < 0.05:
            yield from claim(_text(began), _text(self._later(began)), owner, deal_id=deal.id)

    def _later(self, when: datetime, hours: int = 400) -> datetime:
        return when + timedelta(
            seconds=self._random.randrange(60, hours * 3600), microseconds=self._random.randrange(999)
        )


def _day(moment: datetime, later: int) -> str:
    return (moment + timedelta(days=later)).date().isoformat()


def _text(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()


@dataclass(frozen=True)
class _Question:
    """A report and what it is asked with."""

    report: str
    asked: Mapping[str, Any]

    def ask(self, world: World) -> float:
        """Ask it; give the milliseconds that the answer took."""
        began = time.perf_counter()
        world.ask(self.report, **self.asked)
        return (time.perf_counter() - began) * 1000


def bench_reporting(server: Postgres, deals: int, say: Callable[[str], None]) -> dict[str, Figures]:
    """Apply the events of some deals, multiply these, and ask both in turn; say each question as it is answered."""
    enterprise = _Enterprise()
    few = _world(server, "reports_few")
    rate = _apply(few, enterprise)
    few.database.close()
    url = server.create("reports_many", template="reports_few")
    facts, there = multiply_reports(url, max(1, deals // DEALS))
    few, many = (
        World(Database("reporting", server.url_of(name), metadata)) for name in ("reports_few", "reports_many")
    )
    results: dict[str, Figures] = {
        f"applying what is told of {DEALS:,} deals": {"events/s, in batches of 500": rate},
        "filled": {"deals": there, "facts of deals": facts},
    }
    try:
        for name in ("reports_few", "reports_many"):
            server.execute("VACUUM (ANALYZE)", database=name)
        _compare_counts(many)
        _forget_memory()
        for name, question in _quick(enterprise).items():
            results[name] = _growth(question, few, many)
            say(name)
        for name, question in _slow(enterprise).items():
            seconds = max(question.ask(many) for _ in range(_SLOW_ROUNDS)) / 1000
            say(f"{name}: {seconds:.1f} s")
            results[name] = {"s": Figure(value=seconds, at_most=_MOST_SECONDS)}
        results["memory while asking"] = {"MB": Figure(value=_memory(), at_most=_MOST_MB)}
    finally:
        few.database.close()
        many.database.close()
    return results


def _world(server: Postgres, name: str) -> World:
    database = Database("reporting", server.create(name), metadata)
    migrate(database, migrations_of("reporting"))
    return World(database)


def _apply(world: World, enterprise: _Enterprise) -> float:
    """Let the service hear everything; give the events a second, of what is told of deals and the work on them."""
    world.hear(*enterprise.people())
    took, count = 0.0, 0
    for told in enterprise.deals(DEALS):
        messages = world.bus.publish(*told)
        began = time.perf_counter()
        for start in range(0, len(messages), _BATCH):
            world.inbox.receive(messages[start : start + _BATCH])
        took += time.perf_counter() - began
        count += len(messages)
    return count / took


def _compare_counts(world: World) -> None:
    """Make sure that what is asked is answered rightly: the counts that are kept up tell what the deals tell."""
    zone, period = world.database.enterprise.zone, Period(start=at(_MONTHS["from"]), end=at(_MONTHS["to"]))
    with world.database.reading() as reading:
        scope = Scope(moment=Moment(as_of=reading.now))
        live, stated = LiveCells(reading.connection, scope, zone), StatedCells(reading.connection, now(scope))
        past = PastCells(reading.connection, scope, scope.moment, zone)
        for by in (None, Grouping.MANAGER, Grouping.COMPETITOR):
            assert outcome_rows(stated.outcomes(period, by)) == outcome_rows(past.outcomes(period, by))
        for by in (Grouping.LOSS_REASON, Grouping.COMPETITOR):
            assert losses(stated.losses(period, by)) == losses(past.losses(period, by))
        assert _sorted(stated.dwells(_SALE.key, period, middle)) == _sorted(past.dwells(_SALE.key, period, middle))
        for by in (None, Grouping.MANAGER):
            for asked in (Period(), period):
                assert _sorted(live.outcomes(asked, by)) == _sorted(stated.outcomes(asked, by))
                assert _sorted(live.cycles(asked, by, middle)) == _sorted(stated.cycles(asked, by, middle))


def _sorted(cells: list[Any]) -> list[str]:
    return sorted(map(repr, cells))


def _quick(enterprise: _Enterprise) -> dict[str, _Question]:
    """What costs the same however many deals there are."""
    whose: dict[str, dict[str, Any]] = {
        "": {},
        ", of a manager": {"manager_ids": [enterprise.managers[0].subject]},
        ", of a team": {"team_ids": [enterprise.teams[0].subject]},
    }
    periods: dict[str, dict[str, Any]] = {"": {}, ", of 23 months": {"period": _MONTHS}}
    return {
        f"{report}{when}{who}": _Question(report, _about(report, filter) | period)
        for report in ("funnel", "outcomes", "manager_performance")
        for when, period in periods.items()
        for who, filter in whose.items()
    }


def _slow(enterprise: _Enterprise) -> dict[str, _Question]:
    """What may take its time."""
    some = [one.subject for one in enterprise.partners[:5]]
    filters: dict[str, dict[str, Any]] = {
        "of some partners": {"partner_ids": some},
        "of sources": {"sources": ["fair", "web"]},
        "of products": {"products": ["product 1", "product 2"]},
    }
    then = at("2025-01-15")
    moments: dict[str, dict[str, Any]] = {
        "as of a day": {"as_of": then},
        "as known on a day": {"known_at": then},
        "as of and as known on a day": {"as_of": then, "known_at": then},
        "as known now": {"known_at": utc_now()},
    }
    found = {}
    for report in ("funnel", "outcomes", "manager_performance"):
        found[f"{report} of some days"] = _Question(report, _about(report, {}) | {"period": _SOME_DAYS})
        for name, filter in filters.items():
            found[f"{report} {name}"] = _Question(report, _about(report, filter))
        for name, moment in moments.items():
            found[f"{report} {name}"] = _Question(report, _about(report, {}) | moment)
        found[f"{report} of products, as of and as known on a day"] = _Question(
            report, _about(report, filters["of products"]) | moments["as of and as known on a day"]
        )
    for name, question in _of_deals(enterprise).items():
        for name_of_moment, moment in {"": {}, " as of a day": moments["as of a day"]}.items():
            found[name + name_of_moment] = _Question(question.report, {**question.asked, **moment})
    return found


def _of_deals(enterprise: _Enterprise) -> dict[str, _Question]:
    """What is asked for now and as of a day."""
    sale: dict[str, Any] = {"process_id": _SALE.id}
    page = {"total": True}
    of_manager = {"manager_id": enterprise.managers[0].subject}
    return {
        "funnel with dwell": _Question("funnel", sale | {"dwell": True}),
        "stage dwell": _Question("stage_dwell", sale),
        "two funnels": _Question("funnel_comparison", sale | {"period": _MONTHS, "compared_with": _SOME_DAYS}),
        "deals that entered a stage": _Question(
            "stage_deals", sale | {"stage": "offer", "kind": "ENTERED", "page": page}
        ),
        "outcomes by partner": _Question("outcomes", {"group_by": "PARTNER"}),
        "outcomes by competitor": _Question("outcomes", {"group_by": "COMPETITOR"}),
        "outcomes day by day": _Question("outcomes_over_time", {"bucket": "DAY", "period": _SOME_DAYS}),
        "cycle of some days": _Question("sales_cycle", {"period": _SOME_DAYS}),
        "velocity": _Question("velocity", {}),
        "losses by reason": _Question("loss_report", {"by": "LOSS_REASON"}),
        "losses by competitor": _Question("loss_report", {"by": "COMPETITOR"}),
        "deals lost for a reason": _Question("lost_deals", {"by": "LOSS_REASON", "key": "price", "page": page}),
        "plan against fact": _Question("plan_against_fact", {"period": _MONTHS}),
        "hand-overs": _Question("hand_overs", {"period": _MONTHS, "page": page}),
        "unfinished deals": _Question("unfinished_report", {}),
        "unfinished deals of a manager": _Question(
            "unfinished_report_deals", of_manager | {"reasons": ["ROTTING", "NO_NEXT_STEP"], "page": page}
        ),
        "forecast": _Question("forecast", {"group_by": "MANAGER"}),
        "forecast by what closed deals tell": _Question("forecast", {"method": "LEARNED"}),
        "claims": _Question("claim_report", {}),
        "claims by product": _Question("claim_report", {"group_by": "PRODUCT"}),
        "satisfaction": _Question("satisfaction", {}),
        "profile of a client": _Question("client_profiles", {"partner_ids": [enterprise.partners[0].subject]}),
    }


def _about(report: str, filter: Mapping[str, Any]) -> dict[str, Any]:
    if report == "funnel":
        return {"process_id": _SALE.id, "filter": filter}
    return {"filter": {"process_ids": [_SALE.id], **filter}}


def _growth(question: _Question, few: World, many: World) -> Figures:
    times: list[tuple[float, float]] = []
    for round in range(-5, _ROUNDS):
        pair = question.ask(few), question.ask(many)
        if round >= 0:
            times.append(pair)
    before, after = (statistics.median(column) for column in zip(*times, strict=True))
    slowest = sorted(many for _, many in times)[int(len(times) * 0.99) - 1]
    return {
        "p50 ms": after,
        "p99 ms": Figure(value=slowest, at_most=_MOST_MS),
        "growth of p50": Figure(value=after / before, at_most=_MOST_GROWTH),
    }


def _forget_memory() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _memory() -> float:
    """Give the most memory that this process had since it was last forgotten, in MB."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000
