"""Reading deals, processes and loss reasons."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Refused
from chassis.ids import new_id
from chassis.wire import Json
from tests.services.deals.world import MANAGER, PARTNER, TEAM, World, lead_actor, manager_actor


def walk(world: World, **query: Any) -> list[str]:
    """Read a list page by page, two at a time."""
    titles: list[str] = []
    after = None
    while True:
        page = world.ask("list_deals", **query, page={"first": 2, "after": after})
        titles += [node["title"] for node in page["nodes"]]
        if not page["has_next"]:
            return titles
        after = page["cursors"][-1]


def test_processes_that_ship(world: World) -> None:
    nodes = world.ask("list_processes")["nodes"]
    assert [(p["key"], p["control"], p["won_by"], len(p["stages"])) for p in nodes] == [
        ("typical_sale", "CONTROLLED", "SHIPMENT", 7),
        ("manual_sale", "MANUAL", "COMMAND", 5),
        ("free_deal", "UNMANAGED", "COMMAND", 0),
    ]
    typical = nodes[0]
    assert [(s["rank"], s["key"], s["guards"]) for s in typical["stages"]] == [
        (1, "first_contact", []),
        (2, "qualification", ["partner_known"]),
        (3, "proposal", ["client_classified"]),
        (4, "presentation", ["proposal_sent"]),
        (5, "agreement", []),
        (6, "preparation", ["proposal_accepted"]),
        (7, "fulfilment", ["order_confirmed"]),
    ]
    assert typical["version"] == 2
    assert world.ask("processes_by_ids", ids=[new_id(0x201), typical["id"]])["nodes"] == [None, typical]


def test_installing_again_publishes_nothing(world: World) -> None:
    assert len(world.told("process.published")) == 4
    again = World(world.database)
    assert len(again.told("process.published")) == 4
    versions = again.told("process.published")[:2]
    assert [(event["key"], event["version"], event["stages"][1]) for event in versions] == [
        ("typical_sale", version, {"key": "qualification", "rank": 2, "probability": 0.15, "allowed_dwell_days": None})
        for version in (1, 2)
    ]


def test_loss_reasons_that_ship(world: World) -> None:
    keys = [node["key"] for node in world.ask("loss_reasons")["nodes"]]
    assert keys == ["price", "competitor", "timing", "no_need", "no_answer", "unknown"]


def test_deals_by_ids_in_the_order_asked(world: World) -> None:
    deals = [world.open(title=title) for title in "ab"]
    ids = [deals[1]["id"], str(new_id(0x202)), deals[0]["id"]]
    assert world.ask("deals_by_ids", ids=ids)["nodes"] == [deals[1], None, deals[0]]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("NUMBER", "abcde"), ("CREATED_AT", "abcde"), ("AMOUNT", "becda"), ("EXPECTED_CLOSE_ON", "dacbe")],
)
def test_lists_in_every_order_both_ways(world: World, order: str, expected: str) -> None:
    rows: list[dict[str, Any]] = [
        {"title": "a", "amount": {"amount": "9", "currency": "USD"}, "expected_close_on": "2030-02-01"},
        {"title": "b"},
        {"title": "c", "amount": {"amount": "5", "currency": "USD"}, "expected_close_on": "2030-03-01"},
        {"title": "d", "amount": {"amount": "5", "currency": "USD"}, "expected_close_on": "2030-01-01"},
        {"title": "e", "amount": {"amount": "1", "currency": "EUR"}},
    ]
    for row in rows:
        world.open(**row)
    assert "".join(walk(world, order=order)) == expected
    assert "".join(walk(world, order=order, descending=True)) == expected[::-1]


def test_filters_and_search(world: World) -> None:
    partner = new_id(PARTNER)
    world.open(title="Насосы для ЗАВОДА", partner_id=partner)
    world.open("free_deal", title="100% off")
    world.do("win_deal", deal_id=world.open(title="Pumps")["id"])

    def titles(**query: Any) -> list[str]:
        return [node["title"] for node in world.ask("list_deals", **query)["nodes"]]

    assert titles(search="завод") == ["Насосы для ЗАВОДА"]
    assert titles(search="0% O") == ["100% off"]
    assert titles(search="_") == []
    assert titles(search="d-000003") == ["Pumps"]
    assert titles(filter={"partner_ids": [partner]}) == ["Насосы для ЗАВОДА"]
    assert titles(filter={"partnerless": True, "outcomes": ["IN_PROGRESS"]}) == ["100% off"]
    assert titles(filter={"stages": ["first_contact"], "outcomes": ["WON"]}) == ["Pumps"]
    assert titles(filter={"process_ids": [world.processes["free_deal"]["id"]]}) == ["100% off"]
    assert world.ask("list_deals", filter={"manager_ids": []}, page={"total": True})["total"] == 0


def test_a_page_for_each_partner(world: World) -> None:
    one, two = new_id(PARTNER), new_id(PARTNER)
    for title, partner in (("a", one), ("b", two), ("c", one)):
        world.open(title=title, partner_id=partner)
    pages = world.ask("deals_of_partners", partner_ids=[two, new_id(PARTNER), one], page={"first": 1, "total": True})[
        "pages"
    ]
    assert [[node["title"] for node in page["nodes"]] for page in pages] == [["b"], [], ["a"]]
    assert [(page["has_next"], page["total"]) for page in pages] == [(False, 1), (False, 0), (True, 2)]


def test_every_path_keeps_to_the_actors_reach(world: World) -> None:
    mine, mate, stranger, team = new_id(MANAGER), new_id(MANAGER), new_id(MANAGER), new_id(TEAM)
    world.hear("manager.registered", 1, manager_id=mate, team_id=team)
    partner = new_id(PARTNER)
    deals = {
        name: world.open(title=name, manager_id=manager, partner_id=partner)
        for name, manager in (("mine", mine), ("mate", mate), ("stranger", stranger), ("free", None))
    }
    ids = [deal["id"] for deal in deals.values()]
    for actor, seen in (
        (manager_actor(mine), {"mine", "free"}),
        (lead_actor(mine, team), {"mine", "mate", "free"}),
    ):
        assert {node["title"] for node in world.ask("deals_by_ids", actor, ids=ids)["nodes"] if node} == seen
        page = world.ask("list_deals", actor, page={"total": True})
        assert ({node["title"] for node in page["nodes"]}, page["total"]) == (seen, len(seen))
        (of_partner,) = world.ask("deals_of_partners", actor, partner_ids=[partner])["pages"]
        assert {node["title"] for node in of_partner["nodes"]} == seen
        histories: list[Json] = world.ask("transitions_of_deals", actor, deal_ids=ids)["transitions"]
        assert [name for name, history in zip(deals, histories, strict=True) if history] == [
            n for n in deals if n in seen
        ]
        assert world.ask("documents_of_deals", actor, deal_ids=ids)["documents"] == [[]] * 4
        assert world.refused("move_deal", actor, deal_id=deals["stranger"]["id"], stage="proposal").code == "NOT_FOUND"


def test_a_manager_who_changes_the_team_takes_the_deals_along(world: World) -> None:
    mate, old, new = new_id(MANAGER), new_id(TEAM), new_id(TEAM)
    world.hear("manager.changed", 2, manager_id=mate, team_id=new)
    world.hear("manager.registered", 1, manager_id=mate, team_id=old)  # late: the newer one is known already
    world.open(title="mate", manager_id=mate)
    assert len(world.ask("list_deals", lead_actor(new_id(MANAGER), new))["nodes"]) == 1
    assert world.ask("list_deals", lead_actor(new_id(MANAGER), old))["nodes"] == []


def test_cursors_of_other_lists_are_refused(world: World) -> None:
    with pytest.raises(Refused, match="INVALID_CURSOR"):
        world.ask("list_deals", page={"after": "nonsense"})
