"""Unfinished and upcoming deals: what asks for attention, in lists and counts."""

from __future__ import annotations

import importlib.util
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.ids import new_id
from chassis.wire import Json
from services.deals.domain.process import ControlMode
from services.deals.storage.tables import deals, next_steps, tasks
from tests.services.deals.plans import planned_sale
from tests.services.deals.world import MANAGER, PARTNER, TEAM, World, lead_actor, manager_actor

NOW = datetime.now(UTC)
TODAY = NOW.date()
CALM = {"kind": "CALL", "subject": "x", "due_at": NOW + timedelta(days=30)}


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def unfinished(world: World, **query: Any) -> dict[str, Json]:
    return {found["deal"]["title"]: found for found in world.ask("unfinished_deals", **query)["nodes"]}


def reasons(world: World, title: str = "A deal") -> list[str]:
    return list(unfinished(world)[title]["reasons"])


def late(world: World, table: sa.Table) -> None:
    """Let the time of what is planned have come."""
    with world.database.transaction() as tx:
        tx.connection.execute(table.update().values(due_at=ago(minutes=1)))


def calm(world: World, **more: Any) -> Json:
    """Open a deal that asks for nothing."""
    deal = world.open(**more)
    world.do("plan_next_step", given={"deal_id": deal["id"], **CALM})
    return deal


def test_a_deal_that_is_looked_after_asks_for_nothing(world: World) -> None:
    calm(world)
    found = unfinished(world)["A deal"]
    assert (found["reasons"], found["age_days"], found["client_kind"]) == ([], 0, "UNKNOWN")
    assert found["allowed_dwell_days"] is None
    assert 0 <= found["visit_days"] == found["dwell_days"] < 0.1


def test_next_steps_and_tasks(world: World) -> None:
    deal = world.open()
    assert reasons(world) == ["NO_NEXT_STEP"]
    world.do("plan_next_step", given={"deal_id": deal["id"], **CALM})
    world.do("add_task", deal_id=deal["id"], title="x", due_on=TODAY)
    late(world, next_steps)
    assert reasons(world) == ["NEXT_STEP_OVERDUE"]
    late(world, tasks)
    assert reasons(world) == ["NEXT_STEP_OVERDUE", "TASKS_OVERDUE"]
    world.do("win_deal", deal_id=deal["id"])
    assert unfinished(world) == {}


def test_dates_that_have_passed(world: World) -> None:
    deal = calm(world, expected_close_on=TODAY - timedelta(days=1), planned_start_on=TODAY - timedelta(days=1))
    assert reasons(world) == ["CLOSE_DATE_PASSED", "PLANNED_START_PASSED"]
    world.do("move_deal", deal_id=deal["id"], stage="proposal")  # it has begun
    assert reasons(world) == ["CLOSE_DATE_PASSED"]
    world.do("change_deal", deal_id=deal["id"], expected_close_on=TODAY)
    assert reasons(world) == []


def test_rotting_is_when_nothing_happens_at_all(world: World) -> None:
    deal = world.open(occurred_at=ago(days=20))
    assert reasons(world) == ["NO_NEXT_STEP", "ROTTING"]
    talk = {"partner_ids": [], "deal_ids": [deal["id"]], "started_at": ago(days=15)}
    hear_interaction(world, **talk)
    assert "ROTTING" in reasons(world)
    hear_interaction(world, **{**talk, "started_at": ago(days=2)})
    assert "ROTTING" not in reasons(world)

    quiet = world.open(title="Quiet", occurred_at=ago(days=20))
    world.do("add_task", deal_id=quiet["id"], title="x")
    assert "ROTTING" not in reasons(world, "Quiet")
    edited = world.open(title="Edited", occurred_at=ago(days=20))
    world.do("change_deal", deal_id=edited["id"], products=["M8"])
    assert "ROTTING" not in reasons(world, "Edited")


def hear_interaction(world: World, **data: Any) -> None:
    world.hear("interaction.registered", 1, interaction_id=new_id(0x118), **data)


def test_dwell_is_the_sum_of_all_visits(world: World) -> None:
    process = planned_sale(world.database, control=ControlMode.MANUAL, dwell=10)
    deal = world.do("open_deal", process_id=process, title="A deal", occurred_at=ago(days=12))
    for stage, days in (("offer", 8), ("contact", 7)):
        world.do("move_deal", deal_id=deal["id"], stage=stage, occurred_at=ago(days=days))
    found = unfinished(world)["A deal"]
    assert "DWELL_EXCEEDED" in found["reasons"]  # four days and seven
    assert found["dwell_days"] == pytest.approx(11, abs=0.1)
    assert found["visit_days"] == pytest.approx(7, abs=0.1)
    assert found["allowed_dwell_days"] == 10
    world.do("move_deal", deal_id=deal["id"], stage="offer")
    assert "DWELL_EXCEEDED" not in reasons(world)
    assert unfinished(world)["A deal"]["dwell_days"] == pytest.approx(1, abs=0.1)


def test_the_time_for_which_a_deal_was_closed_is_no_dwell(world: World) -> None:
    deal = world.open(occurred_at=ago(days=9))
    world.do("lose_deal", deal_id=deal["id"], reason="price", occurred_at=ago(days=6))
    world.do("reopen_deal", deal_id=deal["id"], occurred_at=ago(days=2))
    found = unfinished(world)["A deal"]
    assert found["dwell_days"] == pytest.approx(5, abs=0.1)
    assert found["visit_days"] == pytest.approx(2, abs=0.1)


def test_dwell_of_imported_deals_and_of_those_from_before_it_was_kept(world: World) -> None:
    process = planned_sale(world.database, control=ControlMode.MANUAL, dwell=3)
    visits = [{"stage": stage, "at": ago(days=days)} for stage, days in (("offer", 9), ("contact", 8), ("close", 7))]
    row = {"external_ref": {"system": "old", "id": "1"}, "process_id": process, "title": "Imported"}
    told = {**row, "created_at": ago(days=10), "transitions": [*visits, {"stage": "contact", "at": ago(days=1)}]}
    closed = {
        **told,
        "external_ref": {"system": "old", "id": "2"},
        "outcome": {"outcome": "LOST", "reason": "price", "at": ago(hours=5)},
    }
    world.do("import_deals", rows=[told, closed])
    deal = world.open("free_deal")
    found = unfinished(world)["Imported"]
    assert found["dwell_days"] == pytest.approx(3, abs=0.1)
    kept = dwell_columns(world)
    assert kept[UUID(deal["id"])] == (None, {}, None)
    with world.database.transaction() as tx:
        tx.connection.execute(deals.update().values(stage_entered_at=None, dwelt=None, dwell_until=None))
        migration().fill_dwell(tx.connection)
    assert dwell_columns(world) == kept


def dwell_columns(world: World) -> dict[UUID, tuple[Any, ...]]:
    d = deals.c
    with world.database.reading() as reading:
        rows = reading.connection.execute(sa.select(d.id, d.stage_entered_at, d.dwelt, d.dwell_until))
        return {row.id: (row.stage_entered_at, row.dwelt, row.dwell_until) for row in rows}


def migration() -> Any:
    (file,) = Path("services/deals/migrations/versions").glob("*_next_steps_and_dwell.py")
    spec = importlib.util.spec_from_file_location("dwell_migration", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_lists_by_urgency_or_age_page_by_page(world: World) -> None:
    passed = TODAY - timedelta(days=1)
    calm(world, title="a", occurred_at=ago(days=1))
    world.open(title="b", occurred_at=ago(days=3), expected_close_on=passed)
    world.open(title="c", occurred_at=ago(days=2), expected_close_on=passed)
    world.open(title="d", occurred_at=ago(days=4))

    def walk(**query: Any) -> str:
        found, after = "", None
        while True:
            page = world.ask("unfinished_deals", **query, page={"first": 1, "after": after, "total": True})
            found += "".join(node["deal"]["title"] for node in page["nodes"])
            if not page["has_next"]:
                assert page["total"] == len(found)
                return found
            after = page["cursors"][-1]

    assert walk() == "bcda"
    assert walk(order="AGE") == "dbca"
    assert walk(filter={"reasons": ["CLOSE_DATE_PASSED", "ROTTING"]}) == "bc"
    assert walk(filter={"reasons": []}) == ""


def test_coming_deals_are_not_unfinished(world: World) -> None:
    for title, days in (("later", 9), ("soon", 2), ("today", 0)):
        world.open(title=title, planned_start_on=TODAY + timedelta(days=days))
    deal = world.open(title="won", planned_start_on=TODAY + timedelta(days=1))
    world.do("win_deal", deal_id=deal["id"])
    page = world.ask("upcoming_deals", page={"total": True})
    assert ([node["title"] for node in page["nodes"]], page["total"]) == (["today", "soon", "later"], 3)
    assert set(unfinished(world)) == {"today"}
    assert world.told("deal.opened")[0]["planned_start_on"] == (TODAY + timedelta(days=9)).isoformat()
    changed = world.do("change_deal", deal_id=world.open(title="x")["id"], planned_start_on=date(2090, 1, 1))
    assert changed["planned_start_on"] == "2090-01-01"


def test_deals_that_wait_or_do_not_count_ask_for_nothing(world: World) -> None:
    survivor, twin, mistake, waiting = (world.open(title=title) for title in ("survivor", "twin", "mistake", "waiting"))
    world.do("plan_next_step", given={"deal_id": twin["id"], **CALM})
    world.do("merge_deals", survivor_id=survivor["id"], duplicate_ids=[twin["id"]])
    world.do("plan_next_step", given={"deal_id": mistake["id"], **CALM})
    world.do("void_deal", deal_id=mistake["id"], reason="by mistake")
    world.do("hold_deal", deal_id=waiting["id"], reason="they are on holiday")
    assert set(unfinished(world)) == {"survivor"}
    assert [row["total"] for row in world.ask("unfinished_summary")["rows"]] == [1]
    dropped = {event["deal_id"] for event in world.told("next_step.dropped")}
    assert dropped == {twin["id"], mistake["id"]}


def test_filters_and_kinds_of_client(world: World) -> None:
    ann, bob, team = new_id(MANAGER), new_id(MANAGER), new_id(TEAM)
    client, prospect, rival = (new_id(PARTNER) for _ in range(3))
    world.hear("manager.registered", 1, manager_id=ann, team_id=team)
    for partner, roles in ((client, ["CLIENT", "SUPPLIER"]), (prospect, ["PROSPECT"]), (rival, ["COMPETITOR"])):
        world.hear("partner.registered", 1, partner_id=partner, roles=roles)
    world.open(title="client", partner_id=client, manager_id=ann)
    world.open("free_deal", title="prospect", partner_id=prospect, manager_id=bob)
    world.open(title="rival", partner_id=rival, manager_id=bob)
    world.open(title="nobody", manager_id=ann)

    def titles(**filter: Any) -> set[str]:
        return set(unfinished(world, filter=filter))

    assert titles(client_kinds=["EXISTING_CLIENT"]) == {"client"}
    assert titles(client_kinds=["PROSPECT"]) == {"prospect"}
    assert titles(client_kinds=["UNKNOWN"]) == {"rival", "nobody"}
    assert titles(manager_ids=[bob]) == {"prospect", "rival"}
    assert titles(team_ids=[team]) == {"client", "nobody"}
    assert titles(process_ids=[world.processes["free_deal"]["id"]]) == {"prospect"}
    assert titles(team_ids=[team], client_kinds=["PROSPECT"]) == set()


def test_merged_partners_are_one_client_until_the_merging_is_undone(world: World) -> None:
    first, second, last, other = (new_id(PARTNER) for _ in range(4))
    for partner, roles in ((first, ["PROSPECT"]), (second, ["CLIENT"]), (last, []), (other, ["PROSPECT"])):
        world.hear("partner.registered", 1, partner_id=partner, roles=roles)
        world.open(
            title=("first", "second", "last", "other")[(first, second, last, other).index(partner)], partner_id=partner
        )

    def clients() -> set[str]:
        return set(unfinished(world, filter={"client_kinds": ["EXISTING_CLIENT"]}))

    assert clients() == {"second"}
    world.hear("partner.merged", 2, partner_id=first, into_id=second)
    assert clients() == {"first", "second"}
    world.hear("partner.merged", 2, partner_id=second, into_id=last)  # a chain, whose end has no role of its own
    assert clients() == {"first", "second", "last"}
    world.hear("partner.unmerged", 3, partner_id=first)
    assert clients() == {"second", "last"}
    assert set(unfinished(world, filter={"client_kinds": ["PROSPECT"]})) == {"first", "other"}
    world.hear("partner.unmerged", 3, partner_id=second)
    assert clients() == {"second"}


def test_counts_by_manager_and_reason_within_reach(world: World) -> None:
    ann, bob, team = new_id(MANAGER), new_id(MANAGER), new_id(TEAM)
    world.hear("manager.registered", 1, manager_id=ann, team_id=team)
    passed = TODAY - timedelta(days=1)
    asking: list[dict[str, Any]] = [
        {"title": "a", "manager_id": ann, "expected_close_on": passed},
        {"title": "b", "manager_id": ann},
        {"title": "c", "manager_id": bob, "planned_start_on": passed},
    ]
    for deal in asking:
        world.open(**deal)
    calm(world, title="d", manager_id=ann)
    of_ann = {
        "manager_id": str(ann),
        "total": 3,
        "reasons": [{"reason": "NO_NEXT_STEP", "count": 2}, {"reason": "CLOSE_DATE_PASSED", "count": 1}],
    }
    of_bob = {
        "manager_id": str(bob),
        "total": 1,
        "reasons": [{"reason": "NO_NEXT_STEP", "count": 1}, {"reason": "PLANNED_START_PASSED", "count": 1}],
    }
    assert world.ask("unfinished_summary")["rows"] == [of_ann, of_bob]
    assert world.ask("unfinished_summary", filter={"reasons": ["PLANNED_START_PASSED"]})["rows"] == [of_bob]
    for actor in (manager_actor(ann), lead_actor(new_id(MANAGER), team)):
        assert world.ask("unfinished_summary", actor)["rows"] == [of_ann]
        page = world.ask("unfinished_deals", actor, page={"total": True})
        assert ({node["deal"]["title"] for node in page["nodes"]}, page["total"]) == ({"a", "b", "d"}, 3)
        assert world.ask("upcoming_deals", actor, page={"total": True})["total"] == 0
