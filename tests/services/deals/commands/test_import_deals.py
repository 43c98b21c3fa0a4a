"""Importing deals with their history."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Forbidden
from chassis.ids import new_id
from tests.services.deals.world import MANAGER, PARTNER, SALES, World


def row(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "external_ref": {"system": "old-crm", "id": f"O-{number}"},
        "process_key": "manual_sale",
        "title": f"Opportunity {number}",
        "created_at": "2017-03-01T00:00:00Z",
        **more,
    }


WON = {"outcome": "WON", "at": "2017-05-06T00:00:00Z"}
LOST = {"outcome": "LOST", "at": "2017-05-07T00:00:00Z", "reason": "price"}
AMOUNT = {"amount": "500.00", "currency": "USD"}


def test_history_is_kept_with_its_own_dates(world: World) -> None:
    partner, manager = str(new_id(PARTNER)), str(new_id(MANAGER))
    steps = [
        {"stage": "fulfilment", "at": "2017-04-02T10:00:00Z"},
        {"stage": "proposal", "at": "2017-04-01T10:00:00Z"},
    ]
    told = row(partner_id=partner, manager_id=manager, amount=AMOUNT, transitions=steps, outcome=WON, products=["GTX"])
    (result,) = world.do("import_deals", rows=[told])["results"]

    assert (result["status"], result["problems"]) == ("CREATED", [])
    deal = world.deal(result["id"])
    assert (deal["outcome"], deal["stage"], deal["closed_at"]) == ("WON", "fulfilment", "2017-05-06T00:00:00Z")
    assert deal["amount"] == {"amount": "500.00", "currency": "USD", "base": "500.00"}
    assert (deal["partner_id"], deal["manager_id"], deal["number"]) == (partner, manager, "D-000001")
    assert [(t["kind"], t["to_stage"], t["occurred_at"]) for t in world.history(deal["id"])] == [
        ("OPENED", "first_contact", "2017-03-01T00:00:00Z"),
        ("MOVED", "proposal", "2017-04-01T10:00:00Z"),
        ("MOVED", "fulfilment", "2017-04-02T10:00:00Z"),
        ("WON", None, "2017-05-06T00:00:00Z"),
    ]
    assert [(e["type"], e["sequence"]) for e in world.told()] == [
        ("deal.opened", 1), ("deal.stage_changed", 2), ("deal.stage_changed", 3), ("deal.won", 4),
    ]  # fmt: skip


def test_a_coming_deal_is_imported_with_its_start_and_chance(world: World) -> None:
    told = row(planned_start_on="2999-01-01", probability="0.4")
    (result,) = world.do("import_deals", rows=[told])["results"]
    deal = world.deal(result["id"])
    assert (deal["planned_start_on"], deal["probability"]) == ("2999-01-01", 0.4)
    (again,) = world.do("import_deals", rows=[{**told, "planned_start_on": "2999-02-01"}])["results"]
    assert (again["status"], world.deal(result["id"])["planned_start_on"]) == ("UPDATED", "2999-02-01")
    (refused,) = world.do("import_deals", rows=[row(2, probability="40")])["results"]
    assert refused["problems"][0]["field"] == ["probability"]


def test_a_second_import_of_the_same_changes_nothing(world: World) -> None:
    step = [{"stage": "proposal", "at": "2017-03-01T00:00:00Z"}, {"stage": "negotiation", "at": "2017-03-09T00:00:00Z"}]
    rows = [row(1, transitions=step), row(2, outcome=WON, amount=AMOUNT), row(3, outcome=LOST, process_key="free_deal")]
    first = world.do("import_deals", rows=rows)["results"]
    before = world.footprint()
    again = world.do("import_deals", rows=rows)["results"]
    assert [result["status"] for result in again] == ["UNCHANGED"] * 3
    assert [result["id"] for result in again] == [result["id"] for result in first]
    assert world.footprint() == before


def test_a_deal_that_has_ended_since_is_updated(world: World) -> None:
    world.do("import_deals", rows=[row(1), row(2)])
    results = world.do("import_deals", rows=[row(1, outcome=WON, amount=AMOUNT), row(2, outcome=LOST)])["results"]
    assert [result["status"] for result in results] == ["UPDATED", "UPDATED"]
    won, lost = (world.deal(result["id"]) for result in results)
    assert (won["outcome"], won["amount"]["amount"], won["version"]) == ("WON", "500.00", 3)
    assert (lost["outcome"], lost["loss_reason"]) == ("LOST", "price")
    assert [e["type"] for e in world.told()[2:]] == ["deal.changed", "deal.won", "deal.lost"]


def test_a_won_deal_may_have_no_amount_and_get_it_later(world: World) -> None:
    world.do("import_deals", rows=[row(outcome=WON)])
    (result,) = world.do("import_deals", rows=[row(outcome=WON, amount=AMOUNT)])["results"]
    assert result["status"] == "UPDATED"
    deal = world.deal(result["id"])
    assert (deal["outcome"], deal["amount"]["amount"]) == ("WON", "500.00")


def test_a_deal_reopened_here_stays_open_when_its_end_is_told_again(world: World) -> None:
    (result,) = world.do("import_deals", rows=[row(outcome=WON)])["results"]
    world.do("reopen_deal", deal_id=result["id"])
    (again,) = world.do("import_deals", rows=[row(outcome=WON)])["results"]
    assert again["status"] == "UNCHANGED"
    assert world.deal(result["id"])["outcome"] == "IN_PROGRESS"


def test_each_bad_row_is_refused_by_itself(world: World) -> None:
    bad: list[tuple[Any, str]] = [
        ({"title": "no date", "external_ref": {"system": "old-crm", "id": "0"}}, "REQUIRED"),
        ("not a row", "INVALID"),
        (row(10, created_at="2999-01-01T00:00:00Z"), "OCCURRED_IN_FUTURE"),
        (row(11, created_at="20206-01-01"), "INVALID"),
        (row(12, transitions=[{"stage": "moon", "at": "2017-04-01T00:00:00Z"}]), "UNKNOWN_STAGE"),
        (
            row(13, process_key="free_deal", transitions=[{"stage": "proposal", "at": "2017-04-01T00:00:00Z"}]),
            "NO_STAGES",
        ),
        (row(14, outcome={"outcome": "WON", "at": "2017-01-01T00:00:00Z"}), "OCCURRED_BEFORE_LAST_FACT"),
        (row(15, outcome={**LOST, "reason": "bad mood"}), "UNKNOWN_REASON"),
        (row(16, amount={"amount": "1.001", "currency": "USD"}), "INVALID_AMOUNT"),
        (row(17, process_key="no such"), "NOT_FOUND"),
        (row(18, outcome={"outcome": "IN_PROGRESS", "at": "2017-05-01T00:00:00Z"}), "INVALID"),
    ]
    rows = [row(1), *(wrong for wrong, _ in bad), row(2)]
    results = world.do("import_deals", rows=rows)["results"]
    assert [results[0]["status"], results[-1]["status"]] == ["CREATED", "CREATED"]
    codes = [(result["status"], [problem["code"] for problem in result["problems"]]) for result in results[1:-1]]
    assert codes == [("REFUSED", [code]) for _, code in bad]
    assert len(world.told("deal.opened")) == 2


def test_a_deal_told_of_twice_in_one_request_is_one_deal(world: World) -> None:
    results = world.do("import_deals", rows=[row(), row(), row(outcome=WON)])["results"]
    assert [result["status"] for result in results] == ["CREATED", "UNCHANGED", "UPDATED"]
    assert len({result["id"] for result in results}) == 1


def test_history_is_told_not_asked_also_of_a_controlled_process(world: World) -> None:
    steps = [{"stage": "fulfilment", "at": "2017-04-01T00:00:00Z"}]
    (result,) = world.do("import_deals", rows=[row(process_key="typical_sale", transitions=steps, outcome=WON)])[
        "results"
    ]
    assert (result["status"], world.deal(result["id"])["outcome"]) == ("CREATED", "WON")


def test_importing_takes_the_scope(world: World) -> None:
    with pytest.raises(Forbidden):
        world.do("import_deals", SALES, rows=[])
