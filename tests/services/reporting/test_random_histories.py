"""Any history, told in any order, more than once: the figures are those of the plain reference, live and of any moment."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.clock import utc_now
from services.reporting.storage.tables import metadata
from tests.services.reporting import reference
from tests.services.reporting.telling import Process, Teller, eur, interaction, manager, task, usd
from tests.services.reporting.world import Told, World, at
from tests.support.databases import OpenDatabase

ZONE = ZoneInfo("America/New_York")  # days and months that are not UTC's, with a change of the clock in March
OLD = Process(version=1, stages=("contact", "offer", "contract"))
NEW = Process(version=2, stages=("contact", "survey", "offer", "contract"))
MANAGERS = [manager(), manager(), manager()]
START, LENGTH = at("2026-02-20"), 60 * 24  # hours
_AMOUNTS = [None, usd("100.00"), usd("0.10"), usd("33.33"), eur("5.00")]
_PERIODS = [None, {"from": "2026-03-01", "to": "2026-04-01"}, {"from": "2026-03-08"}, {"to": "2026-03-09"}]


@dataclass(frozen=True)
class Case:
    """Histories, and the moments and period that are asked for."""

    histories: list[list[Told]]
    talk: list[Told]
    tasks: list[list[Told]]
    seed: int
    as_of: datetime
    known_at: datetime
    period: dict[str, str] | None


def _about(draw: random.Random) -> dict[str, Any]:
    return {
        "manager_id": draw.choice([None, *(one.subject for one in MANAGERS)]),
        "amount": draw.choice(_AMOUNTS),
        "products": draw.sample(["A", "B", "C"], draw.randrange(3)),
    }


def _history(draw: random.Random) -> list[Told]:
    """A deal as its service might tell of it: dates never go back, nor do the moments at which it learned of them."""
    deal = Teller(draw.choice([OLD, NEW]), **_about(draw))
    steps = draw.randrange(1, 9)
    happened = sorted(START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(steps))
    late = timedelta(hours=draw.choice([0, 0, 5, 400]))
    deal.open(happened[0], stage=draw.choice(deal.process.stages), recorded=happened[0] + late)
    for when in happened[1:]:
        recorded = when + late
        if draw.random() < 0.2 or deal.put_away is not None:
            _tell_of_the_record(draw, deal, when, recorded)
        else:
            _tell_of_the_sale(draw, deal, when, recorded)
    return deal.told


def _talk(draw: random.Random) -> list[Told]:
    """Interactions, some of them corrected later, and the corrections again."""
    told: list[Told] = []
    standing: list[Told] = []
    for _ in range(draw.randrange(12)):
        when = START + timedelta(hours=draw.randrange(LENGTH))
        late = timedelta(hours=draw.choice([0, 5, 400]))
        corrects = standing.pop(draw.randrange(len(standing))) if standing and draw.random() < 0.4 else None
        recorded = max(when, corrects.recorded_at if corrects else when) + late
        managers = draw.sample([one.subject for one in MANAGERS], draw.randrange(3))
        automatic = draw.random() < 0.2
        one = interaction(when, *managers, recorded=recorded, automatic=automatic, corrects=corrects)
        told.append(one)
        standing.append(one)
    return told


def _task(draw: random.Random) -> list[Told]:
    """A task that is given to others, put off, done and open again."""
    moments = sorted(START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(draw.randrange(1, 5)))
    types = ["task.created", *(draw.choice(["task.changed", "task.completed", "task.cancelled"]) for _ in moments[1:])]
    steps = []
    for type, when in zip(types, moments, strict=True):
        due = draw.choice([None, when + timedelta(hours=draw.randrange(500))])
        assignee = draw.choice([None, *(one.subject for one in MANAGERS)])
        steps.append((type, _text(when), _text(due) if due else None, assignee))
    late = timedelta(hours=draw.choice([0, 0, 5, 400]))
    return [replace(fact, recorded_at=fact.recorded_at + late) for fact in task(*steps)]


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
        deal.lose(when, draw.choice(["price", "timing"]), recorded=recorded)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    seed = draw(st.integers(0, 2**32))
    source = random.Random(seed)
    moments = st.integers(0, LENGTH + 500).map(lambda hours: START + timedelta(hours=hours))
    return Case(
        histories=[_history(source) for _ in range(draw(st.integers(0, 25)))],
        talk=_talk(source),
        tasks=[_task(source) for _ in range(source.randrange(8))],
        seed=seed,
        as_of=draw(moments),
        known_at=draw(moments),
        period=draw(st.sampled_from(_PERIODS)),
    )


@pytest.fixture
def zoned(open_database: OpenDatabase) -> World:
    world = World(open_database("reporting", metadata))
    world.database.enterprise = type(world.database.enterprise)(zone=ZONE)
    return world


def _tell(world: World, case: Case) -> None:
    """Tell everything shuffled, some of it twice, in batches of any size."""
    told = [OLD.published(), NEW.published(), *MANAGERS, *(fact for history in case.histories for fact in history)]
    told += [*case.talk, *(fact for facts in case.tasks for fact in facts)]
    messages = world.bus.publish(*told)
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
    "PROCESS": lambda deal: ["sale"],
    "PRODUCT": lambda deal: deal.last["products"] or [None],
    "LOSS_REASON": lambda deal: [deal.end.data.get("reason") if deal.end else None],
}


def _compare(world: World, case: Case, **moment: Any) -> None:
    deals = reference.known(case.histories, moment.get("as_of"), moment.get("known_at"))
    cohort = [deal for deal in deals if reference.within(deal.created_at, case.period, ZONE)]
    answer = world.ask("funnel", process_id=OLD.id, period=case.period, **moment)
    expected = reference.funnel(cohort, NEW)
    assert {name: answer[name] for name in expected} == expected
    for stage in expected["stages"]:
        page = world.ask(
            "lost_deals", process_id=NEW.id, stage=stage["key"], period=case.period, page={"total": True}, **moment
        )
        lost = [d for d in cohort if d.outcome == "LOST" and d.stages[-1][0] == stage["key"]]
        assert (page["total"], set(page["nodes"])) == (len(lost), {str(d.facts[0].subject) for d in lost})
    total = world.ask("outcomes", period=case.period, **moment)["rows"]
    assert total == reference.outcomes(deals, case.period, ZONE, lambda deal: [None], grouped=False)
    for grouping, keys_of in _GROUPINGS.items():
        rows = world.ask("outcomes", period=case.period, group_by=grouping, **moment)["rows"]
        assert rows == reference.outcomes(deals, case.period, ZONE, keys_of), grouping
    rows = world.ask("manager_performance", period=case.period, **moment)["rows"]
    talk = reference.standing(case.talk, moment.get("as_of"), moment.get("known_at"))
    late = reference.overdue(case.tasks, moment.get("as_of") or utc_now(), moment.get("known_at"))
    assert rows == reference.managers(deals, talk, late, case.period, ZONE)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(case=cases())
def test_the_figures_are_those_of_the_reference(zoned: World, case: Case) -> None:
    zoned.forget()
    _tell(zoned, case)
    _compare(zoned, case)
    _compare(zoned, case, as_of=case.as_of)
    _compare(zoned, case, known_at=case.known_at)
    _compare(zoned, case, as_of=case.as_of, known_at=case.known_at)
    _compare(zoned, case, as_of=case.as_of, known_at=case.as_of)
    shuffled = zoned.rows()
    zoned.forget()
    zoned.hear(OLD.published(), NEW.published(), *MANAGERS, *(f for history in case.histories for f in history))
    zoned.hear(*case.talk, *(fact for facts in case.tasks for fact in facts))
    assert zoned.rows() == shuffled


def test_what_is_asked_of_a_moment_is_what_was_answered_then(zoned: World) -> None:
    source = random.Random(7)
    histories = [*(_history(source) for _ in range(30)), _talk(source), _talk(source), _task(source)]
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
