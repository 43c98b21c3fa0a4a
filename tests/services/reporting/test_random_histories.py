"""Any history, told in any order, more than once: the figures are those of the plain reference, live and of any moment."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.clock import utc_now
from chassis.ids import new_id
from services.reporting.storage.tables import metadata
from tests.services.reporting import reference
from tests.services.reporting.telling import (
    Process,
    Teller,
    document,
    eur,
    interaction,
    manager,
    member,
    merged_partner,
    partner,
    roles,
    step,
    target,
    task,
    team,
    usd,
    usd_of,
)
from tests.services.reporting.world import SEGMENT, Told, World, at
from tests.support.databases import OpenDatabase

T = TypeVar("T")
ZONE = ZoneInfo("America/New_York")  # days and months that are not UTC's, with a change of the clock in March
OLD = Process(version=1, stages=("contact", "offer", "contract"), allowed={"contact": 9, "offer": 5})
NEW = Process(version=2, stages=("contact", "survey", "offer", "contract"), allowed={"offer": 2})
EXPORT = Process(key="export", stages=("contact", "customs"))
PROCESSES = [OLD, NEW, EXPORT]
NORTH = team()
TEAMS = [NORTH, team(NORTH.subject)]
MANAGERS = [manager(NORTH.subject), manager(TEAMS[1].subject), manager()]
PARTNERS = [partner("fair"), partner("web"), partner(), partner("web")]
MERGED = merged_partner(PARTNERS[3].subject, PARTNERS[0].subject, 2)
BECAME = [
    roles(PARTNERS[0].subject, 3, "2026-03-05", "CLIENT"),
    roles(PARTNERS[1].subject, 2, "2026-03-25", "SUPPLIER"),
]
SEGMENTS = [new_id(SEGMENT), new_id(SEGMENT)]
START, LENGTH = at("2026-02-20"), 60 * 24  # hours
_AMOUNTS = [None, usd("100.00"), usd("0.10"), usd("33.33"), eur("5.00")]
_FILTERS: list[dict[str, Any] | None] = [
    None,
    None,
    {"segment_ids": [str(SEGMENTS[0])]},
    {"segment_ids": [str(one) for one in SEGMENTS]},
    {"sources": ["web"], "process_ids": [str(OLD.id)]},
    {"partner_ids": [str(PARTNERS[3].subject)]},
    {"manager_ids": [str(MANAGERS[0].subject)]},
]
_TARGETED = [
    ("2026-02-01", "2026-03-01"), ("2026-03-01", "2026-04-01"), ("2026-04-01", "2026-05-01"),
    ("2026-01-01", "2026-04-01"), ("2026-04-01", "2026-07-01"), ("2026-01-01", "2027-01-01"),
]  # fmt: skip
_PLANNED: list[dict[str, str]] = [
    {}, {"from": "2026-03-01", "to": "2026-04-01"}, {"from": "2026-02-11", "to": "2026-05-03"}, {"from": "2026-02-01"},
    {"to": "2026-07-01"}, {"from": "2026-01-01", "to": "2027-01-01"},
]  # fmt: skip
_MOMENTS = [("as_of", None), (None, "known_at"), ("as_of", "known_at"), ("as_of", "as_of")]
_DAYS = ["2026-03-01", "2026-03-20", "2026-04-10", "2030-01-01"]
_PERIODS = [None, {"from": "2026-03-01", "to": "2026-04-01"}, {"from": "2026-03-08"}, {"to": "2026-03-09"}]


@dataclass(frozen=True, repr=False)
class Case:
    """Histories, and the moments and period that are asked for."""

    histories: list[list[Told]]
    talk: list[Told]
    tasks: list[list[Told]]
    members: list[Told]
    work: list[Told]
    targets: list[list[Told]]
    seed: int
    draw: random.Random
    as_of: datetime
    known_at: datetime
    period: dict[str, str] | None
    other: dict[str, str]
    filter: dict[str, Any] | None

    def some(self, of: Iterable[T], count: int) -> list[T]:
        """Draw what is asked for: all questions of every history would leave time for few histories."""
        return self.draw.sample(list(of), count)

    @property
    def told(self) -> list[Told]:
        """Everything that is told, the newest last of each thing."""
        standing = [process.published() for process in PROCESSES] + [
            *TEAMS,
            *MANAGERS,
            *PARTNERS,
            *BECAME,
            MERGED,
            *self.members,
        ]
        deals = [fact for history in self.histories for fact in history]
        others = [fact for facts in (*self.tasks, *self.targets) for fact in facts]
        return [*standing, *deals, *self.work, *self.talk, *others]

    def deals(self, as_of: datetime | None = None, known_at: datetime | None = None) -> list[reference.Deal]:
        """What of the deals is asked for, as of a moment."""
        return [
            deal
            for deal in reference.known(self.histories, as_of, known_at)
            if reference.is_asked_for(
                deal, self.filter or {}, self._of_partner(deal.partner, as_of, known_at), PROCESSES
            )
        ]

    def partner_of(
        self, deal: reference.Deal, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> reference.Partner:
        """What is known of a deal's partner."""
        return self._of_partner(deal.partner, as_of, known_at)

    def _of_partner(self, id: str | None, as_of: datetime | None, known_at: datetime | None) -> reference.Partner:
        """Say what is known of a partner, who may be one with another one."""
        one = {str(PARTNERS[0].subject), str(PARTNERS[3].subject)}
        ids = one if id in one else {id}
        told = {
            (str(fact.data["segment_id"]), str(fact.data["partner_id"])): fact.type == "segment.member_added"
            for fact in self.members
            if (as_of is None or fact.occurred_at <= as_of) and (known_at is None or fact.recorded_at <= known_at)
        }
        source = {str(told.subject): told.data["source"] for told in PARTNERS}.get(id or "")
        segments = {segment for (segment, partner), belongs in told.items() if belongs and partner in ids}
        return reference.Partner(ids={one for one in ids if one}, source=source, segments=segments)


def _about(draw: random.Random) -> dict[str, Any]:
    return {
        "manager_id": draw.choice([None, *(one.subject for one in MANAGERS)]),
        "partner_id": draw.choice([None, *(one.subject for one in PARTNERS)]),
        "amount": draw.choice(_AMOUNTS),
        "planned_start_on": draw.choice([None, None, *_DAYS]),
        "expected_close_on": draw.choice([None, None, *_DAYS]),
        "products": draw.sample(["A", "B", "C"], draw.randrange(3)),
    }


def _history(draw: random.Random) -> list[Told]:
    """A deal as its service might tell of it: dates never go back, nor do the moments at which it learned of them."""
    deal = Teller(draw.choice([OLD, NEW, NEW, EXPORT]), **_about(draw))
    steps = draw.randrange(1, 9)
    happened = sorted(START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(steps))
    late = timedelta(hours=draw.choice([0, 0, 5, 400]))
    deal.open(happened[0], stage=draw.choice(deal.process.stages), recorded=happened[0] + late)
    for when in happened[1:]:
        recorded = when + late
        if draw.random() < 0.2 or deal.put_away is not None:
            _tell_of_the_record(draw, deal, when, recorded)
        elif draw.random() < 0.1:
            # a rate that came later: it counts from when the deal had its amount
            since = happened[0] + (when - happened[0]) * draw.random()
            deal.revalue(since, _revalued(draw, deal.about["amount"]), recorded=recorded)
        else:
            _tell_of_the_sale(draw, deal, when, recorded)
    return deal.told


def _revalued(draw: random.Random, amount: dict[str, str | None] | None) -> dict[str, str | None] | None:
    if amount is None or amount["currency"] == "USD":
        return amount
    return usd_of(str(amount["amount"]), draw.choice(["5.55", "6.00"]))


def _members(draw: random.Random) -> list[Told]:
    """Partners who come to belong to segments and cease to."""
    moments = sorted(START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(draw.randrange(12)))
    late = timedelta(hours=draw.choice([0, 0, 5, 400]))
    told = []
    for sequence, when in enumerate(moments, 2):
        who = draw.choice(PARTNERS).subject
        one = member(draw.choice(SEGMENTS), who, sequence, when, belongs=draw.random() < 0.7)
        told.append(replace(one, recorded_at=when + late))
    return told


def _work(draw: random.Random, deal_id: UUID) -> list[Told]:
    """What is planned and done about a deal: one step at a time, a task, a document, a call."""
    moments = sorted(START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(draw.randrange(6)))
    late = timedelta(hours=draw.choice([0, 0, 5, 400]))
    told: list[Told] = []
    while moments:
        when = moments.pop(0)
        due = when + timedelta(hours=draw.randrange(500))
        match draw.choice(["step", "task", "document", "call"]):
            case "step":
                end = moments.pop(0) if moments else None
                ended = [(draw.choice(["done", "dropped"]), end)] if end else []
                told += step(deal_id, due, ("planned", when), *ended)
            case "task":
                told += task(("task.created", _text(when), draw.choice([None, _text(due)]), None), deal_id=deal_id)
            case "document":
                told.append(document(deal_id, when))
            case "call":
                told.append(interaction(when, deals=[deal_id]))
    return [replace(fact, recorded_at=fact.recorded_at + late) for fact in told]


def _talk(draw: random.Random, deals: Sequence[UUID] = ()) -> list[Told]:
    """Interactions, some of them corrected later, and the corrections again."""
    told: list[Told] = []
    standing: list[Told] = []
    for _ in range(draw.randrange(30)):
        when = START + timedelta(hours=draw.randrange(0, LENGTH, draw.choice([1, 37])))  # some at the same moment
        late = timedelta(hours=draw.choice([0, 0, 5, 400]))
        corrects = standing.pop(draw.randrange(len(standing))) if standing and draw.random() < 0.4 else None
        recorded = max(when, corrects.recorded_at if corrects else when) + late
        managers = draw.sample([one.subject for one in MANAGERS], draw.randrange(3))
        automatic = draw.random() < 0.2
        how: dict[str, Any] = {
            "kind": draw.choice(["CALL", "EMAIL", "NOTE"]),
            "direction": draw.choice(["IN", "OUT", "INTERNAL"]),
        }
        how["deals"] = draw.sample(deals, min(len(deals), draw.randrange(3)))
        how["partners"] = draw.sample([one.subject for one in PARTNERS[:3]], draw.randrange(3))
        one = interaction(when, *managers, recorded=recorded, automatic=automatic, corrects=corrects, **how)
        told.append(one)
        standing.append(one)
    return told


def _task(draw: random.Random, deals: Sequence[UUID] = ()) -> list[Told]:
    """A task that is given to others, put off, done and open again."""
    moments = sorted(START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(draw.randrange(1, 5)))
    types = ["task.created", *(draw.choice(["task.changed", "task.completed", "task.cancelled"]) for _ in moments[1:])]
    steps = []
    for type, when in zip(types, moments, strict=True):
        due = draw.choice([None, when + timedelta(hours=draw.randrange(500))])
        assignee = draw.choice([None, *(one.subject for one in MANAGERS)])
        steps.append((type, _text(when), _text(due) if due else None, assignee))
    late = timedelta(hours=draw.choice([0, 0, 5, 400]))
    deal_id = draw.choice([None, *deals])
    return [replace(fact, recorded_at=fact.recorded_at + late) for fact in task(*steps, deal_id=deal_id)]


def _targets(draw: random.Random) -> list[list[Told]]:
    """Targets of managers and teams, one of each for the same; they are set, set again and withdrawn."""
    told: dict[Any, list[Told]] = {}
    for _ in range(draw.randrange(25)):
        owner = draw.choice([*MANAGERS, *TEAMS]).subject
        aim = (owner, draw.choice(["WON_AMOUNT", "WON_COUNT", "INTERACTIONS"]), *draw.choice(_TARGETED))
        moments = sorted(START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(draw.randrange(1, 4)))
        types = ["set", *(draw.choice(["set", "set", "withdrawn"]) for _ in moments[1:])]
        values = [str(draw.randrange(4)) for _ in moments]
        late = timedelta(hours=draw.choice([0, 0, 5, 400]))
        steps = target(*aim, *zip(types, moments, values, strict=True))
        told[aim] = [replace(fact, recorded_at=fact.recorded_at + late) for fact in steps]
    return list(told.values())


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def _tell_of_the_record(draw: random.Random, deal: Teller, when: datetime, recorded: datetime) -> None:
    """Nothing else happens to a deal that is voided or merged."""
    if deal.put_away is not None:
        deal.correct(f"un{deal.put_away}", when, recorded=recorded)
    elif draw.random() < 0.5:
        deal.correct(draw.choice(["voided", "merged"]), when, recorded=recorded)
    else:
        deal.change(when, recorded=recorded, **_about(draw))


def _tell_of_the_sale(draw: random.Random, deal: Teller, when: datetime, recorded: datetime) -> None:
    if deal.outcome != "IN_PROGRESS":
        deal.reopen(when, recorded=recorded)
    elif draw.random() < 0.12:
        process = draw.choice(PROCESSES)
        stage = draw.choice(process.stages)
        further = process.stages[process.stages.index(stage) :]
        deal.go_on(when, process, stage, highest=draw.choice(further), recorded=recorded)
    elif deal.held:
        draw.choice([deal.resume, deal.lose])(when, recorded=recorded)
    elif draw.random() < 0.1:
        deal.hold(when, recorded=recorded)
    elif draw.random() < 0.6:
        others = [stage for stage in deal.process.stages if stage != deal.stage]
        deal.move(when, draw.choice(others), recorded=recorded)
    elif draw.random() < 0.5:
        deal.win(when, recorded=recorded)
    else:
        competitor = draw.choice([None, *(one.subject for one in PARTNERS)])
        deal.lose(when, draw.choice(["price", "timing"]), competitor=competitor, recorded=recorded)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    seed = draw(st.integers(0, 2**32))
    source = random.Random(seed)
    moments = st.integers(0, LENGTH + 500).map(lambda hours: START + timedelta(hours=hours))
    histories = [_history(source) for _ in range(draw(st.integers(0, 25)))]
    return Case(
        histories=histories,
        work=[fact for history in histories for fact in _work(source, history[0].subject)],
        talk=_talk(source, [history[0].subject for history in histories]),
        tasks=[_task(source, [history[0].subject for history in histories]) for _ in range(source.randrange(15))],
        members=_members(source),
        targets=_targets(source),
        seed=seed,
        draw=source,
        as_of=draw(moments),
        known_at=draw(moments),
        period=draw(st.sampled_from(_PERIODS)),
        other=draw(st.sampled_from([one for one in _PERIODS if one])),
        filter=draw(st.sampled_from(_FILTERS)),
    )


@pytest.fixture
def zoned(open_database: OpenDatabase) -> World:
    world = World(open_database("reporting", metadata))
    world.database.enterprise = type(world.database.enterprise)(zone=ZONE)
    return world


def _tell(world: World, case: Case) -> None:
    """Tell everything shuffled, some of it twice, in batches of any size."""
    messages = world.bus.publish(*case.told)
    source = random.Random(case.seed)
    messages += source.sample(messages, len(messages) // 3)
    source.shuffle(messages)
    while messages:
        size = source.randrange(1, 40)
        world.receive(messages[:size])
        del messages[:size]


def _month(deal: reference.Deal) -> list[str | None]:
    return [deal.end.occurred_at.astimezone(ZONE).strftime("%Y-%m") if deal.end else None]


_GROUPINGS: dict[str, Any] = {
    "MONTH": _month,
    "MANAGER": lambda deal: [deal.manager],
    "PROCESS": lambda deal: [deal.process],
    "PRODUCT": lambda deal: deal.last["products"] or [None],
    "LOSS_REASON": lambda deal: [deal.end.data.get("reason") if deal.end else None],
    "COMPETITOR": lambda deal: [_survivor(deal.end.data.get("competitor_id") if deal.end else None)],
    "PARTNER": lambda deal: [_survivor(deal.partner)],
}


def _survivor(partner: Any) -> str | None:
    into = {str(MERGED.subject): str(MERGED.data["into_id"])}
    return into.get(str(partner), str(partner)) if partner else None


def _compare(world: World, case: Case, **moment: Any) -> None:
    deals = case.deals(moment.get("as_of"), moment.get("known_at"))
    when, moment = moment, {"filter": case.filter, **moment}
    _compare_funnels(world, case, deals, **moment)
    _compare_times(world, case, deals, **moment)
    _compare_losses(world, case, deals, **moment)
    _compare_unfinished(world, case, deals, **moment)
    total = world.ask("outcomes", period=case.period, **moment)["rows"]
    assert total == reference.outcomes(deals, case.period, ZONE, lambda deal: [None], grouped=False)
    of_partners = {
        "SOURCE": lambda deal: [case.partner_of(deal, **when).source],
        "SEGMENT": lambda deal: case.partner_of(deal, **when).segments or [None],
    }
    for grouping, keys_of in case.some((_GROUPINGS | of_partners).items(), 3):
        rows = world.ask("outcomes", period=case.period, group_by=grouping, **moment)["rows"]
        assert rows == reference.outcomes(deals, case.period, ZONE, keys_of), grouping
    _compare_plans(world, case, **when)
    if case.filter is None:  # what else managers do is filtered by things that these histories do not tell of
        _compare_managers(world, case, deals, **when)
        _compare_hand_overs(world, case, deals, **when)


def _compare_managers(world: World, case: Case, deals: list[reference.Deal], **moment: Any) -> None:
    when = moment.get("as_of"), moment.get("known_at")
    tasks = reference.whose_tasks(
        case.tasks,
        reference.put_away(case.histories, moment.get("known_at")),
        {deal.id for deal in deals if deal.outcome == "IN_PROGRESS"},
        moment.get("as_of") or utc_now(),
        moment.get("known_at"),
        case.period,
        ZONE,
    )
    rows = world.ask("manager_performance", period=case.period, **moment)["rows"]
    talk = reference.standing(case.talk, *when)
    waits = reference.responses(talk, world.database.enterprise.calendar)
    assert rows == reference.managers(deals, talk, tasks, waits, case.period, ZONE)


def _compare_hand_overs(world: World, case: Case, deals: list[reference.Deal], **moment: Any) -> None:
    told = [one for one in reference.hand_overs(deals) if reference.within(one[2].occurred_at, case.period, ZONE)]
    found = world.ask("hand_overs", period=case.period, filter=case.filter, page={"first": 100}, **moment)["nodes"]
    expected = [(fact.occurred_at.isoformat(), str(fact.subject), old, new) for old, new, fact in told]
    shown = [(_iso(row["at"]), row["deal_id"], row["from_id"], row["to_id"]) for row in found]
    assert shown == sorted(shown, key=lambda one: one[:2], reverse=True)
    assert sorted(shown) == sorted(expected)
    talk = reference.standing(case.talk, moment.get("as_of"), moment.get("known_at"))
    for deal in case.some(deals, min(len(deals), 4)):
        answer = world.ask("deal_parts", deal_id=deal.id, **moment)
        parts = [{**part, "since": _iso(part["since"]), "until": _iso(part["until"])} for part in answer["parts"]]
        assert parts == reference.deal_parts(deal, talk, datetime.fromisoformat(answer["as_of"]))


def _iso(text: str | None) -> str | None:
    return datetime.fromisoformat(text).isoformat() if text else None


def _compare_plans(world: World, case: Case, **moment: Any) -> None:
    when = moment.get("as_of"), moment.get("known_at")
    deals, talk = reference.known(case.histories, *when), reference.standing(case.talk, *when)
    targets = reference.known_by(case.targets, *when)
    north, below = ({str(one.subject) for one in some} for some in (MANAGERS[:2], MANAGERS[1:2]))
    members = {str(NORTH.subject): north, str(TEAMS[1].subject): below}
    for period in case.some(_PLANNED, 1):
        rows = world.ask("plan_against_fact", period=period, **moment)["rows"]
        expected = reference.plan(targets, deals, talk, members.__getitem__, period, ZONE)
        assert rows == expected, period
        filter = {"team_ids": [TEAMS[1].subject], "measures": ["WON_COUNT", "INTERACTIONS"]}
        rows = world.ask("plan_against_fact", period=period, filter=filter, **moment)["rows"]
        who = {str(TEAMS[1].subject), str(MANAGERS[1].subject)}
        mine = [row for row in expected if {row["manager_id"], row["team_id"]} & who]
        assert rows == [row for row in mine if row["measure"] != "WON_AMOUNT"]


def _compare_times(world: World, case: Case, deals: list[reference.Deal], **moment: Any) -> None:
    as_of = moment.get("as_of") or utc_now()
    first, end = date(2026, 2, 26), date(2026, 4, 18)
    for bucket in case.some(("DAY", "WEEK", "MONTH", "QUARTER", "YEAR"), 2):
        period = {"from": first.isoformat(), "to": end.isoformat()}
        rows = world.ask("outcomes_over_time", period=period, bucket=bucket, **moment)["rows"]
        assert rows == reference.over_time(deals, reference.buckets(first, end, bucket), ZONE, as_of), bucket
    closed = [d for d in deals if d.end and reference.within(d.end.occurred_at, case.period, ZONE)]
    assert world.ask("sales_cycle", period=case.period, **moment)["cycle"] == reference.cycle(closed)
    answer = world.ask("velocity", **moment)
    expected = reference.velocity(deals, datetime.fromisoformat(answer["as_of"]))
    assert {name: answer[name] for name in expected} == expected


def _compare_losses(world: World, case: Case, deals: list[reference.Deal], **moment: Any) -> None:
    closed = [d for d in deals if d.end and reference.within(d.end.occurred_at, case.period, ZONE)]
    keys = {process.id: process.key for process in PROCESSES}
    for by in ("LOSS_REASON", "COMPETITOR"):
        answer = world.ask("loss_report", by=by, period=case.period, **moment)
        rows = {row.pop("key"): row for row in answer["rows"]}
        for row in rows.values():
            row["stages"] = sorted(
                (keys[UUID(at["process_id"])], at["key"], at["lost"], at["lost_amount"]) for at in row["stages"]
            )
        expected = reference.losses(closed, lambda deal, by=by: _GROUPINGS[by](deal)[0])  # type: ignore[misc]
        assert rows == expected
        for key, row in rows.items():
            page = world.ask(
                "lost_deals", by=by, key=key, period=case.period, page={"total": True, "first": 100}, **moment
            )
            behind = {d.id for d in closed if d.outcome == "LOST" and _GROUPINGS[by](d) == [key]}
            assert (page["total"], set(page["nodes"])) == (row["lost"], behind)


def _compare_unfinished(world: World, case: Case, deals: list[reference.Deal], **moment: Any) -> None:
    answer = world.ask("unfinished_report", **moment)
    day, known_at = datetime.fromisoformat(answer["as_of"]), moment.get("known_at")
    allowed = {str(process.id): dict(process.allowed) for process in PROCESSES}

    def happened(facts: list[Told]) -> list[Told]:
        return [f for f in facts if f.occurred_at <= day and (known_at is None or f.recorded_at <= known_at)]

    told = {str(fact.subject): list(fact.data["roles"]) for fact in happened([*PARTNERS, *BECAME])}
    assessed = [
        (
            deal,
            reference.assess(
                deal,
                [
                    f
                    for f in happened([*case.work, *case.talk, *(fact for facts in case.tasks for fact in facts)])
                    if deal.id in (str(f.data.get("deal_id")), *map(str, f.data.get("deal_ids", ())))
                ],
                told.get(_survivor(deal.partner) or "", []),
                allowed[str(deal.last["process_id"])],
                day,
                ZONE,
            ),
        )
        for deal in deals
        if deal.outcome == "IN_PROGRESS"
    ]
    rows = {row.pop("manager_id"): row for row in answer["rows"]}
    assert rows == reference.unfinished(assessed)
    for manager_id in rows:
        found = world.ask(
            "unfinished_report_deals", **{**moment, "as_of": day}, manager_id=manager_id, page={"first": 100}
        )
        mine = [one for deal, one in assessed if deal.manager == manager_id]
        nodes = [{name: node[name] for name in mine[0]} for node in found["nodes"]]
        assert sorted(nodes, key=lambda one: one["deal_id"]) == sorted(mine, key=lambda one: one["deal_id"])


def _compare_funnels(world: World, case: Case, deals: list[reference.Deal], **moment: Any) -> None:
    sales = [deal for deal in deals if deal.process == "sale"]
    cohort, other = (
        [deal for deal in sales if reference.within(deal.created_at, period, ZONE)]
        for period in (case.period, case.other)
    )
    answer = world.ask("funnel", process_id=OLD.id, period=case.period, dwell=True, **moment)
    expected = reference.funnel(cohort, NEW)
    assert {name: answer[name] for name in expected} == expected
    page = {"total": True}
    for stage, number in case.some(product(NEW.stages, ("REACHED", "ENTERED", "OPEN", "LOST", "FURTHEST_LOST")), 4):
        asked: dict[str, Any] = {
            "process_id": NEW.id,
            "stage": stage,
            "kind": number,
            "period": case.period,
            "page": page,
        }
        found = world.ask("stage_deals", **asked, **moment)
        behind = reference.behind(cohort, NEW.stages, number, stage)
        assert (found["total"], found["nodes"]) == (
            len(behind),
            sorted((deal.id for deal in behind), reverse=True)[:20],
        )
    both = world.ask(
        "funnel_comparison", process_id=OLD.id, period=case.period, compared_with=case.other, dwell=True, **moment
    )
    against = reference.funnel(other, NEW)
    assert both["compared_with"]["stages"] == against["stages"]
    assert both["stages"] == reference.compared(expected, against)


@settings(
    max_examples=int(os.environ.get("CRM_TEST_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(case=cases())
def test_the_figures_are_those_of_the_reference(zoned: World, case: Case) -> None:
    zoned.forget()
    _tell(zoned, case)
    _compare(zoned, case)
    for as_of, known_at in case.some(_MOMENTS, 2):
        moment = {"as_of": as_of, "known_at": known_at}
        _compare(zoned, case, **{name: getattr(case, when) for name, when in moment.items() if when is not None})
    shuffled = zoned.rows()
    zoned.forget()
    zoned.hear(*case.told)
    assert zoned.rows() == shuffled


def test_what_is_asked_of_a_moment_is_what_was_answered_then(zoned: World) -> None:
    source = random.Random(7)
    late = task(("task.created", "2026-02-20", "2026-02-21", MANAGERS[0].subject))  # overdue at any of the moments
    histories = [*(_history(source) for _ in range(30)), _talk(source), _talk(source), late]
    facts = sorted((f for history in histories for f in history), key=lambda f: (f.recorded_at, f.sequence))
    zoned.hear(OLD.published(), NEW.published(), *MANAGERS)
    half = facts[len(facts) // 2].recorded_at
    queries: list[tuple[str, dict[str, Any]]] = [
        ("funnel", {"process_id": OLD.id}),
        ("outcomes", {"group_by": "MONTH"}),
        ("manager_performance", {}),
    ]

    def answers(**moment: Any) -> list[Any]:
        told = [zoned.ask(query, **asked, **moment) for query, asked in queries]
        return [answer.get("rows", answer.get("stages")) for answer in told]

    zoned.hear(*(f for f in facts if f.recorded_at <= half))
    then = answers()
    zoned.hear(*(f for f in facts if f.recorded_at > half))
    assert answers() != then
    assert answers(as_of=half, known_at=half) == then
