"""What a move to each stage would meet, before anyone tries."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from chassis.errors import Refused
from chassis.ids import new_id
from chassis.wire import Json
from tests.services.deals.world import ADMIN, MANAGER, PARTNER, World, manager_actor


def entries(world: World, *deals: Json, **more: Any) -> list[list[Json]]:
    return list(world.ask("can_enter_of_deals", deal_ids=[deal["id"] for deal in deals], **more)["entries"])


def codes(world: World, deal: Json) -> dict[str, str | None]:
    (found,) = entries(world, deal)
    return {entry["stage"]: entry["code"] for entry in found}


def test_a_controlled_deal_sees_what_is_missing_also_further_on(world: World) -> None:
    deal = world.open("typical_sale")
    (found,) = entries(world, deal)
    assert [(entry["stage"], entry["possible"], entry["code"]) for entry in found[:4]] == [
        ("first_contact", False, "SAME_STAGE"),
        ("qualification", False, "GUARDS_UNMET"),
        ("proposal", False, "NOT_NEXT_STAGE"),
        ("presentation", False, "NOT_NEXT_STAGE"),
    ]
    assert [[one["guard"] for one in entry["missing"]] for entry in found[:4]] == [
        [], ["partner_known"], ["client_classified"], ["proposal_sent"],
    ]  # fmt: skip
    assert found[1]["missing"][0]["message"] in found[1]["message"]


@pytest.mark.parametrize("process", ["typical_sale", "manual_sale"])
@pytest.mark.parametrize("stage", ["first_contact", "proposal", "fulfilment"])
def test_it_says_what_a_move_meets(world: World, process: str, stage: str) -> None:
    for place, target in enumerate(world.processes[process]["stages"]):
        deal = world.open_at(stage, process)
        (found,) = entries(world, deal)
        assert (found[place]["code"], found[place]["message"]) == move(world, deal, target["key"])


def move(world: World, deal: Json, stage: str) -> tuple[str | None, str | None]:
    try:
        world.do("move_deal", deal_id=deal["id"], stage=stage)
    except Refused as refusal:
        (problem,) = refusal.problems
        return problem.code, problem.message
    return None, None


def test_closed_and_unmanaged_deals(world: World) -> None:
    deal = world.open("manual_sale")
    world.do("win_deal", deal_id=deal["id"])
    assert set(codes(world, deal).values()) == {"DEAL_CLOSED"}
    assert entries(world, world.open("free_deal")) == [[]]


def test_many_deals_cost_no_more_statements_than_one(world: World) -> None:
    deals = [world.open("typical_sale", partner_id=new_id(PARTNER)) for _ in range(5)]
    world.classify(world.deal(deals[0]["id"])["partner_id"])
    statements: list[str] = []
    engine = world.database.engine
    sa.event.listen(engine, "before_cursor_execute", lambda _c, _cur, statement, *_: statements.append(statement))
    one, several = len(run(world, statements, deals[:1])), len(run(world, statements, deals))
    assert one == several
    classified = [found[2]["missing"] for found in entries(world, *deals)]
    assert [len(missing) for missing in classified] == [0, 1, 1, 1, 1]


def run(world: World, statements: list[str], deals: list[Json]) -> list[str]:
    statements.clear()
    entries(world, *deals)
    return list(statements)


def test_out_of_reach_is_not_there(world: World) -> None:
    mine, other = new_id(MANAGER), new_id(MANAGER)
    deals = [world.open("typical_sale", ADMIN, manager_id=manager) for manager in (mine, other)]
    found = entries(world, *deals, actor=manager_actor(mine))
    assert [len(one) for one in found] == [7, 0]
