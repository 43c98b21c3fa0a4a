"""Deals that are one sale, registered more than once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from chassis.actor import Actor
from chassis.errors import Refused
from chassis.ids import new_id
from chassis.wire import Json
from services.deals.storage.tables import deals, holds, shipments
from tests.services.deals.commands.test_void_deal import COMMANDS
from tests.services.deals.world import MANAGER, PARTNER, World, manager_actor

TODAY = datetime.now(UTC).date()


def merge(world: World, survivor: Json, *duplicates: Json, **more: Any) -> Json:
    ids = [deal["id"] for deal in duplicates]
    return world.do("merge_deals", survivor_id=survivor["id"], duplicate_ids=ids, **more)


def refused(world: World, survivor: Json, *duplicates: Json, **more: Any) -> Any:
    ids = [deal["id"] for deal in duplicates]
    return world.refused("merge_deals", survivor_id=survivor["id"], duplicate_ids=ids, **more)


def own_rows(world: World) -> dict[str, list[Any]]:
    """Give the deals and what belongs to them, but for versions, which every fact raises."""
    kept = [column for column in deals.c if column.name != "version"]
    with world.database.reading() as reading:
        return {
            "deals": [tuple(row) for row in reading.connection.execute(sa.select(*kept).order_by(deals.c.number))],
            **{t.name: [tuple(row) for row in reading.connection.execute(sa.select(t))] for t in (shipments, holds)},
        }


def test_reading_a_merged_deal_gives_the_survivor(world: World) -> None:
    partner = new_id(PARTNER)
    survivor, first, second = (world.open(partner_id=partner, title=name) for name in ("A", "B", "C"))
    assert merge(world, survivor, first, second)["id"] == survivor["id"]
    nodes = world.ask("deals_by_ids", ids=[first["id"], survivor["id"], second["id"]])["nodes"]
    assert [node["id"] for node in nodes] == [survivor["id"]] * 3
    assert [deal["id"] for deal in world.ask("list_deals")["nodes"]] == [survivor["id"]]
    (merged,) = world.ask("merged_into_deals", deal_ids=[survivor["id"]])["merged"]
    assert [(one["title"], one["number"], one["merged_into"]) for one in merged] == [
        ("B", "D-000002", survivor["id"]), ("C", "D-000003", survivor["id"]),
    ]  # fmt: skip
    told = world.told("deal.merged")
    assert {(event["deal_id"], event["into_id"], event["sequence"]) for event in told} == {
        (first["id"], survivor["id"], 2), (second["id"], survivor["id"], 2),
    }  # fmt: skip


def test_what_belongs_to_the_merged_is_shown_with_the_survivor(world: World) -> None:
    survivor, duplicate = world.open(), world.open()
    ship: Json = {"shipped_on": TODAY, "complete": False}
    world.do("register_shipment", deal_id=duplicate["id"], number="S-1", **ship)
    world.do("register_shipment", deal_id=survivor["id"], number="S-2", **ship)
    merge(world, survivor, duplicate)
    (documents,) = world.ask("documents_of_deals", deal_ids=[survivor["id"]])["documents"]
    assert {document["number"] for document in documents} == {"S-1", "S-2"}
    history = world.history(survivor["id"])
    assert [fact["kind"] for fact in history] == ["OPENED", "OPENED", "MERGED"]
    assert {fact["deal_id"] for fact in history} == {survivor["id"], duplicate["id"]}
    changed = world.changes(survivor["id"])["nodes"]
    assert ("mergedInto", f'"{survivor["id"]}"') in [(change["field"], change["new"]) for change in changed]


def test_the_work_on_the_merged_is_shown_with_the_survivor_to_whom_reaches_that(world: World) -> None:
    ann, bob = new_id(MANAGER), new_id(MANAGER)
    survivor, duplicate = world.open(manager_id=ann), world.open(manager_id=bob)
    line = {"product": "pump", "quantity": "1", "price": {"amount": "2.00", "currency": "USD"}}
    step: Json = {"kind": "CALL", "subject": "Ask", "due_at": "2999-01-01T09:00:00Z"}
    for deal in (survivor, duplicate):
        world.do("draft_proposal", deal_id=deal["id"], lines=[line])
        world.do("plan_next_step", deal_id=deal["id"], **step)
        world.do("register_obligation", deal_id=deal["id"], debtor="US", kind="DOCUMENTS", due_on="2999-01-01")
        task = world.do("add_task", deal_id=deal["id"], title="Call")
    world.do("complete_task", task_id=task["id"])
    both = [survivor["id"], duplicate["id"]]

    def shown(actor: Actor) -> list[list[str]]:
        """Whose proposals, tasks, steps and obligations the survivor shows."""
        answers = [
            world.ask(f"{word}_of_deals", actor, deal_ids=both[:1])[key]
            for word, key in (
                ("proposals", "proposals"), ("tasks", "tasks"), ("next_steps", "steps"), ("obligations", "obligations"),
            )
        ]  # fmt: skip
        return [sorted(one["deal_id"] for one in mine) for (mine,) in answers]

    assert shown(manager_actor(ann)) == [both[:1]] * 4
    merge(world, survivor, duplicate)
    assert shown(manager_actor(ann)) == [both] * 4
    assert shown(manager_actor(bob)) == [[]] * 4
    (plan,) = world.ask("work_plans_of_deals", manager_actor(ann), deal_ids=both[:1])["plans"]
    assert plan == {"progress": 0.5, "done": 1, "total": 2}
    for listed in ("list_tasks", "list_obligations"):
        nodes = world.ask(listed, filter={"deal_ids": both[:1]})["nodes"]
        assert sorted(node["deal_id"] for node in nodes) == both
    world.do("unmerge_deal", deal_id=duplicate["id"])
    assert shown(manager_actor(ann)) == [both[:1]] * 4


@pytest.mark.parametrize(("operation", "payload"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_commands_to_a_merged_deal_name_the_survivor(world: World, operation: str, payload: Json) -> None:
    last, middle, first = world.open(), world.open(), world.open()
    merge(world, middle, first)
    merge(world, last, middle)
    problem = world.refused(operation, deal_id=first["id"], **payload)
    assert (problem.code, problem.details) == ("DEAL_MERGED", (last["id"],))


def test_pointers_are_followed_and_undone_one_by_one(world: World) -> None:
    last, middle, first = world.open(title="last"), world.open(title="middle"), world.open(title="first")
    merge(world, middle, first)
    merge(world, last, middle)
    assert world.deal(first["id"])["id"] == last["id"]
    (merged,) = world.ask("merged_into_deals", deal_ids=[last["id"]])["merged"]
    assert [one["title"] for one in merged] == ["middle", "first"]
    world.do("unmerge_deal", deal_id=middle["id"])
    assert world.deal(first["id"])["id"] == middle["id"]
    assert world.refused("unmerge_deal", deal_id=middle["id"]).code == "NOT_MERGED"
    (event,) = world.told("deal.unmerged")
    assert (event["deal_id"], event["from_id"]) == (middle["id"], last["id"])


def test_deals_that_cannot_be_one_sale_are_not_merged(world: World) -> None:
    acme, other, nobody = world.open(partner_id=new_id(PARTNER)), world.open(partner_id=new_id(PARTNER)), world.open()
    assert (refused(world, acme, other).code, refused(world, acme, acme).code) == ("DIFFERENT_PARTNERS", "SAME_DEAL")
    missing = {"id": str(new_id(0x202))}
    assert (refused(world, acme, missing).code, refused(world, acme, missing).field) == (
        "NOT_FOUND",
        ("duplicate_ids",),
    )
    assert (refused(world, missing, acme).code, refused(world, missing, acme).field) == ("NOT_FOUND", ("survivor_id",))
    assert refused(world, acme).field == ("duplicate_ids",)
    assert refused(world, acme).message == "this may not be empty"
    assert refused(world, acme, nobody, expected_version=5).code == "CONFLICT"
    world.do("win_deal", deal_id=nobody["id"])
    assert refused(world, acme, nobody).code == "DUPLICATE_IS_WON"
    merge(world, nobody, acme)
    assert refused(world, other, acme).code == "DEAL_MERGED"
    assert refused(world, acme, other).code == "DEAL_MERGED"


def test_reach_is_that_of_the_survivor(world: World) -> None:
    ann, bob = new_id(MANAGER), new_id(MANAGER)
    survivor, duplicate = world.open(manager_id=ann), world.open(manager_id=bob)
    stranger = manager_actor(bob)
    assert world.refused(
        "merge_deals", stranger, survivor_id=survivor["id"], duplicate_ids=[duplicate["id"]]
    ).code == "NOT_FOUND"  # fmt: skip
    merge(world, survivor, duplicate)
    assert world.deal(duplicate["id"], manager_actor(ann))["id"] == survivor["id"]
    assert world.deal(duplicate["id"], stranger) is None
    assert world.ask("merged_into_deals", stranger, deal_ids=[survivor["id"]])["merged"] == [[]]


LIVES = st.lists(
    st.sampled_from(
        [
            ("move_deal", {"stage": "proposal"}),
            ("move_deal", {"stage": "fulfilment"}),
            ("lose_deal", {"reason": "price"}),
            ("reopen_deal", {}),
            ("hold_deal", {"reason": "later", "until": datetime.now(UTC) + timedelta(days=9)}),
            ("register_shipment", {"number": "S", "shipped_on": TODAY, "complete": False}),
            ("change_deal", {"title": "Other", "amount": {"amount": "7.00", "currency": "EUR"}}),
        ]
    ),
    max_size=5,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(LIVES, min_size=2, max_size=4))
def test_undoing_merges_gives_exactly_what_was(world: World, lives: list[list[tuple[str, Json]]]) -> None:
    told = []
    for life in lives:
        deal = world.open()
        for operation, payload in life:
            try:
                world.do(operation, deal_id=deal["id"], **payload)
            except Refused:
                continue
        told.append(deal)
    before, timers = own_rows(world), world.rows("timers")
    for duplicate, survivor in pairwise(told):  # each into the next: a chain
        merge(world, survivor, duplicate)
    for duplicate in told[:-1]:
        world.do("unmerge_deal", deal_id=duplicate["id"])
    assert own_rows(world) == before
    assert sorted(map(str, world.rows("timers"))) == sorted(map(str, timers))
