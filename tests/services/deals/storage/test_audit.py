"""The audit: who changed what, from what to what, written with the change itself."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Refused
from chassis.ids import new_id
from chassis.wire import Json, decode
from tests.services.deals.world import ADMIN, MANAGER, PARTNER, SALES, World, manager_actor


def told(page: Json) -> list[tuple[str | None, Any, Any]]:
    return [
        (change["field"], decode(change["old"] or "null"), decode(change["new"] or "null"))
        for change in reversed(page["nodes"])
    ]


def test_every_field_that_changed_is_on_record(world: World) -> None:
    ann, partner = new_id(MANAGER), new_id(PARTNER)
    deal = world.open("manual_sale", SALES, title="Screws", amount={"amount": "1.00", "currency": "USD"})
    world.do(
        "change_deal", ADMIN, deal_id=deal["id"], title="Bolts", manager_id=ann, partner_id=partner,
        amount={"amount": "2.50", "currency": "EUR"}, expected_close_on="2030-01-31", products=["M8"],
    )  # fmt: skip
    world.do("move_deal", deal_id=deal["id"], stage="negotiation")
    page = world.changes(deal["id"])
    assert told(page)[1:] == [
        ("title", "Screws", "Bolts"),
        ("partner", None, str(partner)),
        ("manager", None, str(ann)),
        ("products", [], ["M8"]),
        ("expectedCloseOn", None, "2030-01-31"),
        ("amount", {"amount": "1.00", "currency": "USD"}, {"amount": "2.50", "currency": "EUR"}),
        ("stage", "first_contact", "negotiation"),
    ]
    made = page["nodes"][-1]
    assert (made["field"], made["version"], made["by"], made["kind"]) == (None, 1, "sales", "deal")
    began = decode(made["new"])
    assert (began["title"], began["stage"], began["outcome"]) == ("Screws", "first_contact", "IN_PROGRESS")
    assert [change["version"] for change in page["nodes"]] == [3, *[2] * 6, 1]
    assert {change["by"] for change in page["nodes"][:-1]} == {"admin"}


def test_what_changes_nothing_leaves_no_record(world: World) -> None:
    deal = world.open(title="Screws")
    world.do("change_deal", deal_id=deal["id"], title="Screws")
    world.refused("move_deal", deal_id=deal["id"], stage="moon")
    assert len(world.changes(deal["id"])["nodes"]) == 1


def test_free_text_is_in_no_event(world: World) -> None:
    deal = world.open(title="Screws")
    world.do("change_deal", deal_id=deal["id"], title="Of Mr Smith")
    assert ("title", "Screws", "Of Mr Smith") in told(world.changes(deal["id"]))
    assert "Smith" not in str(world.told())


def test_a_conflict_names_what_was_changed_since_by_whom_and_when(world: World) -> None:
    deal = world.open()
    world.do("change_deal", SALES, deal_id=deal["id"], title="Other", expected_close_on="2030-01-31")
    world.do("move_deal", ADMIN, deal_id=deal["id"], stage="negotiation")
    problem = world.refused("win_deal", deal_id=deal["id"], expected_version=1)
    assert (problem.code, problem.field) == ("CONFLICT", ("expectedVersion",))
    assert problem.details == ("expectedCloseOn", "stage", "title")
    assert "last by admin at 20" in problem.message
    assert world.refused("win_deal", deal_id=deal["id"], expected_version=2).details == ("stage",)
    assert world.refused("win_deal", deal_id=deal["id"], expected_version=9).details == ()


def test_imported_deals_are_on_record_too(world: World) -> None:
    row = {
        "external_ref": {"system": "s", "id": "1"}, "process_key": "manual_sale", "title": "One",
        "created_at": "2017-01-01T00:00:00Z", "transitions": [{"stage": "proposal", "at": "2017-02-01T00:00:00Z"}],
    }  # fmt: skip
    (first,) = world.do("import_deals", rows=[row])["results"]
    world.do("import_deals", rows=[{**row, "title": "Two"}])
    assert [change[0] for change in told(world.changes(first["id"]))] == [None, "title"]


def test_who_may_not_see_the_deal_sees_no_change_of_it(world: World) -> None:
    ann, bob = new_id(MANAGER), new_id(MANAGER)
    deal = world.open(manager_id=ann)
    assert world.changes(deal["id"], manager_actor(ann), total=True)["total"] == 1
    assert world.changes(deal["id"], manager_actor(bob), total=True) == {
        "nodes": [], "cursors": [], "has_next": False, "total": 0,
    }  # fmt: skip


def test_changes_come_in_pages(world: World) -> None:
    deal = world.open()
    for number in range(4):
        world.do("change_deal", deal_id=deal["id"], title=f"Title {number}")
    first = world.changes(deal["id"], first=3)
    second = world.changes(deal["id"], first=3, after=first["cursors"][-1])
    assert (first["has_next"], second["has_next"]) == (True, False)
    assert [change["version"] for change in first["nodes"] + second["nodes"]] == [5, 4, 3, 2, 1]


def test_lists_are_audited(world: World) -> None:
    world.do("change_loss_reason", given={"key": "price"}, name="Too dear")
    with pytest.raises(Refused):
        world.do("add_loss_reason", given={"key": "price"}, name="Again", russian_name="Опять")
    (change,) = [row for row in world.rows("changes") if "loss_reason" in row]
    assert (change[6], change[7]) == ('"Price"', '"Too dear"')
