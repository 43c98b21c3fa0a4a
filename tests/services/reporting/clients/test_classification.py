"""Runs of the classification: what they find, that they are kept, and who moved between two."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import utc_now
from chassis.errors import Forbidden, Refused
from chassis.ids import new_id
from chassis.store.timers import Timers
from chassis.store.work import Caller, Work
from services.reporting.due import DUE, STANDING
from services.reporting.service import ReportingService
from services.reporting.storage.tables import classified_clients
from tests.services.reporting.clients.telling import ORDER, came_back, goods, money, rate, shipment
from tests.services.reporting.telling import Process, Teller, manager, merged_partner, partner, usd
from tests.services.reporting.world import ANALYST, Told, World, at

SALE = Process()
BIG, STEADY, ONCE, NEVER, TWIN = partner(), partner(), partner(), partner(), partner()
RUNNER = Actor(subject="a", role="analyst", reach="all", scopes=frozenset({"read", "classify"}))
HALF = {"from": "2026-01-01", "to": "2026-07-01"}


def _run(world: World, actor: Actor = RUNNER, **asked: Any) -> Any:
    service: Any = SimpleNamespace(db=Work(world.database, Caller(actor=actor)))
    return ReportingService.classify_clients(service, {"period": HALF, "as_of": "2026-07-10T00:00:00Z", **asked})


def _sold(who: Told, when: str, amount: str) -> list[Told]:
    deal = Teller(SALE, partner_id=who.subject).open("2025-12-01")
    line = goods(new_id(ORDER), 1, "pipe", "1", amount)
    return [*deal.told, shipment(deal.id, when, [line], money(amount))]


def _market(world: World) -> None:
    world.hear(BIG, STEADY, ONCE, NEVER, TWIN, SALE.published())
    for month in range(1, 7):
        world.hear(*_sold(STEADY, f"2026-0{month}-01", "10.00"))
    world.hear(*_sold(BIG, "2026-02-01", "500.00"), *_sold(TWIN, "2026-05-01", "400.00"))
    world.hear(*Teller(SALE, partner_id=ONCE.subject, amount=usd("40.00")).open("2026-01-01").win("2026-03-01").told)
    world.hear(*Teller(SALE, partner_id=NEVER.subject).open("2026-01-01").told)


def _clients(world: World, run: Any, **asked: Any) -> dict[str, Any]:
    page = world.ask("classified_clients", run_id=run["id"], **asked)
    return {one["partner_id"]: one for one in page["nodes"]}


def test_a_run_keeps_what_it_found(world: World) -> None:
    _market(world)
    run = _run(world)
    found = _clients(world, run)
    assert (run["clients"], len(found), run["measure"], run["a_share"]) == (5, 5, "REVENUE", "80")
    big, steady, once, never = (found[str(one.subject)] for one in (BIG, STEADY, ONCE, NEVER))
    assert (big["abc"], big["place"], big["kind"], big["xyz"]) == ("A", 1, "ONE_TIME", None)
    assert (steady["abc"], steady["revenue"], steady["kind"]) == ("B", "60.00", "PERMANENT")
    assert (steady["xyz"], steady["sub_periods"], steady["variation"]) == ("X", 6, 0.0)
    assert (steady["days_since"], steady["recency_score"], steady["frequency_score"]) == (39, 4, 4)
    assert (once["abc"], once["kind"], once["orders"]) == ("C", "ONE_TIME", 1)
    assert (never["abc"], never["kind"], never["recency_score"]) == (None, "POTENTIAL", None)
    assert set(_clients(world, run, abc=["A"])) == {str(BIG.subject), str(TWIN.subject)}
    assert set(_clients(world, run, unclassified=True)) == {str(NEVER.subject)}
    world.forget()
    assert _clients(world, run) == found  # what is heard again, or never, changes no run
    (listed,) = world.ask("list_classification_runs")["nodes"]
    assert listed == run == world.ask("classification_runs_by_ids", ids=[run["id"]])["nodes"][0]


def test_a_run_of_this_moment_is_one_of_the_facts(world: World) -> None:
    _market(world)
    world.hear(merged_partner(TWIN.subject, BIG.subject, 2))
    deal = Teller(SALE, partner_id=STEADY.subject, amount=usd("5.00")).open("2026-01-01").win("2026-02-01")
    double = (
        Teller(SALE, partner_id=STEADY.subject).open("2026-01-01").win("2026-02-01").correct("merged", "2026-03-01")
    )
    double.told[-1].data["into_id"] = deal.id
    line = [goods(new_id(ORDER), 1, "pipe", "1", "7.00")]
    voided = Teller(SALE, partner_id=ONCE.subject, amount=usd("9.00")).open("2026-01-01").win("2026-02-02")
    world.hear(*double.told, *deal.told, *voided.correct("voided", "2026-02-03").told)
    world.hear(
        shipment(double.id, "2026-02-01", line, money("7.00")), came_back(deal.id, "2026-02-05", line, money("3.00"))
    )
    live, past = _run(world, as_of=None), _run(world, as_of=utc_now())
    assert _clients(world, live) == _clients(world, past)
    found = _clients(world, live)
    assert str(TWIN.subject) not in found
    assert (found[str(BIG.subject)]["revenue"], found[str(BIG.subject)]["orders"]) == ("900.00", 2)
    assert (found[str(STEADY.subject)]["revenue"], found[str(STEADY.subject)]["orders"]) == ("64.00", 7)
    assert found[str(ONCE.subject)]["revenue"] == "40.00"


def test_documents_are_valued_at_the_rates_of_their_days_whenever_these_came(world: World) -> None:
    _market(world)
    lines = [goods(new_id(ORDER), 1, "pipe", "1", "9.00")]
    for month in range(2, 5):  # each in a deal of its own: they are read a part at a time, and the rates between
        deal = Teller(SALE, partner_id=NEVER.subject).open("2026-01-02")
        world.hear(*deal.told, shipment(deal.id, f"2026-0{month}-01", lines, money("9.00", base=False)))
    before = _clients(world, _run(world))[str(NEVER.subject)]
    assert (before["revenue"], before["unconverted"], before["abc"]) == ("0.00", 3, "C")
    world.hear(rate(date(2026, 3, 1), "2", at("2026-05-01")))
    for as_of in ("2026-07-10T00:00:00Z", None):
        after = _clients(world, _run(world, as_of=as_of))[str(NEVER.subject)]
        assert (after["revenue"], after["unconverted"]) == ("36.00", 1)
    early = _clients(world, _run(world, known_at=at("2026-04-30")))[str(NEVER.subject)]
    assert (early["revenue"], early["unconverted"]) == ("0.00", 3)


def test_who_moved_between_two_runs(world: World) -> None:
    _market(world)
    early = _run(world, as_of=at("2026-04-30"))
    late = _run(world)
    moves = world.ask("class_movements", run_id=late["id"], since_id=early["id"])
    assert {(one["before"], one["after"]): one["clients"] for one in moves["matrix"]} == {
        ("A", "A"): 1, (None, "A"): 1, ("B", "B"): 1, ("B", "C"): 1, (None, None): 1,
    }  # fmt: skip
    assert {(one["partner_id"], one["before"], one["after"]) for one in moves["nodes"]} == {
        (str(TWIN.subject), None, "A"), (str(ONCE.subject), "B", "C"),
    }  # fmt: skip
    for asked in (
        {"run_id": new_id(0x401), "since_id": early["id"]},
        {"run_id": late["id"], "since_id": new_id(0x401)},
    ):
        assert world.refused("class_movements", **asked).code == "NOT_FOUND"


def test_who_may_run_and_who_sees_whom(world: World) -> None:
    me, mine = manager(), partner()
    mine.data["manager_id"] = me.subject
    BIG.data["manager_id"] = new_id(0x102)
    _market(world)
    world.hear(me, mine, *_sold(mine, "2026-02-01", "1.00"))
    BIG.data["manager_id"] = None
    run = _run(world)
    seer = Actor(subject="m", role="manager", reach="own", member_id=me.subject, scopes=frozenset({"read", "write"}))
    seen = world.ask("classified_clients", seer, run_id=run["id"])["nodes"]
    assert str(mine.subject) in {one["partner_id"] for one in seen}
    assert str(BIG.subject) not in {one["partner_id"] for one in seen}
    moves = world.ask("class_movements", seer, run_id=run["id"], since_id=run["id"])["matrix"]
    assert sum(one["clients"] for one in moves) == len(seen)
    for actor in (seer, ANALYST):
        with pytest.raises(Forbidden):
            _run(world, actor)


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"period": {"from": "2026-01-01", "to": "2026-01-01"}}, "INVALID_PERIOD", "period"),
        ({"period": {"from": "2026-01-01"}}, "INVALID_PERIOD", "period"),
        ({"period": {"from": "1900-01-01", "to": "2026-01-01"}}, "INVALID_PERIOD", "period"),
        ({"a_share": "95"}, "INVALID", "aShare"),
        ({"x_limit": "25"}, "INVALID", "xLimit"),
        ({"as_of": "0001-01-01T00:00:00Z"}, "INVALID", "asOf"),
        ({"lost_after_days": 0}, "INVALID", "lost_after_days"),
    ],
)
def test_a_run_that_makes_no_sense_is_refused(world: World, asked: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        _run(world, **asked)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.field and problem.field[0]) == (code, field)


def test_every_month_has_its_run(world: World) -> None:
    _market(world)
    timers = Timers(world.database, DUE, standing=STANDING)
    timers.fire_next()  # sets the standing timers
    set_at = utc_now()
    table = world.database.tables.timers
    mine = table.c.name == "reporting.classify_clients"
    with world.database.transaction() as tx:
        due_at = tx.connection.execute(sa.select(table.c.due_at).where(mine)).scalar_one()
        assert set_at < due_at <= set_at + timedelta(days=31)
        tx.connection.execute(table.update().where(mine).values(due_at=set_at))
    while timers.fire_next():
        pass
    (run,) = world.ask("list_classification_runs")["nodes"]
    assert (run["scheduled"], run["clients"]) == (True, 5)
    with world.database.reading() as reading:
        assert reading.connection.execute(sa.select(table.c.due_at).where(mine)).scalar_one() == due_at
        count = sa.select(sa.func.count()).select_from(classified_clients)
        assert reading.connection.execute(count).scalar_one() == 5
