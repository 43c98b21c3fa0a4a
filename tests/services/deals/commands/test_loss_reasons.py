"""The managed lists that losses are put down to: reasons and competitors."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.errors import Forbidden, Refused
from chassis.ids import new_id
from tests.services.deals.world import PARTNER, SALES, World

SHIPPED = ["price", "competitor", "timing", "no_need", "no_answer", "unknown"]


def keys(world: World, **query: Any) -> list[str]:
    return [reason["key"] for reason in world.ask("loss_reasons", **query)["nodes"]]


def add(world: World, key: str = "budget", **more: Any) -> Any:
    return world.do("add_loss_reason", given={"key": key}, name="No budget", russian_name="Нет бюджета", **more)


def test_a_reason_is_added_at_its_place_and_losses_take_it(world: World) -> None:
    assert add(world, place=2) == {
        "key": "budget", "name": "No budget", "russian_name": "Нет бюджета", "retired_at": None,
    }  # fmt: skip
    add(world, "season")
    assert keys(world) == ["price", "budget", *SHIPPED[1:], "season"]
    lost = world.do("lose_deal", deal_id=world.open()["id"], reason="budget")
    assert lost["loss_reason"] == "budget"


def test_a_reason_gets_other_names_and_another_place_but_keeps_its_key(world: World) -> None:
    changed = world.do("change_loss_reason", given={"key": "unknown"}, name="We do not know", place=1)
    assert (changed["name"], changed["russian_name"]) == ("We do not know", "Неизвестно")
    assert keys(world) == ["unknown", *SHIPPED[:-1]]
    world.do("change_loss_reason", given={"key": "price"}, russian_name="Дорого", place=10_000)
    assert keys(world) == ["unknown", *SHIPPED[1:-1], "price"]


def test_a_retired_reason_takes_no_new_loss_and_stays_readable(world: World) -> None:
    deal, other = world.open(), world.open()
    world.do("lose_deal", deal_id=deal["id"], reason="timing")
    assert world.do("retire_loss_reason", given={"key": "timing"})["retired_at"] is not None
    problem = world.refused("lose_deal", deal_id=other["id"], reason="timing")
    assert (problem.code, problem.field) == ("REASON_RETIRED", ("reason",))
    assert "timing" not in problem.details
    assert world.deal(deal["id"])["loss_reason"] == "timing"
    assert keys(world) == [key for key in SHIPPED if key != "timing"]
    assert keys(world, include_retired=True) == SHIPPED


def test_history_may_tell_of_a_reason_that_is_retired_since(world: World) -> None:
    world.do("retire_loss_reason", given={"key": "timing"})
    row = {
        "external_ref": {"system": "s", "id": "1"}, "process_key": "manual_sale", "title": "Old",
        "created_at": "2017-01-01T00:00:00Z",
        "outcome": {"outcome": "LOST", "at": "2017-02-01T00:00:00Z", "reason": "timing"},
    }  # fmt: skip
    assert world.do("import_deals", rows=[row])["results"][0]["status"] == "CREATED"


@pytest.mark.parametrize(
    ("operation", "payload", "code"),
    [
        ("add_loss_reason", {"key": "price", "name": "P", "russian_name": "Ц"}, "KEY_TAKEN"),
        ("add_loss_reason", {"key": "Bad key", "name": "P", "russian_name": "Ц"}, "INVALID"),
        ("add_loss_reason", {"key": "long", "name": "x" * 201, "russian_name": "Ц"}, "TOO_LONG"),
        ("add_loss_reason", {"key": "nul", "name": "a\0b", "russian_name": "Ц"}, "INVALID"),
        ("add_loss_reason", {"key": "zero", "name": "P", "russian_name": "Ц", "place": 0}, "INVALID"),
        ("change_loss_reason", {"key": "mood", "name": "P"}, "UNKNOWN_REASON"),
        ("retire_loss_reason", {"key": "mood"}, "UNKNOWN_REASON"),
    ],
)
def test_what_fits_no_list_changes_nothing(world: World, operation: str, payload: dict[str, Any], code: str) -> None:
    assert world.refused(operation, given=payload).code == code


def test_a_loss_always_finds_a_reason(world: World) -> None:
    for key in SHIPPED[:-1]:
        world.do("retire_loss_reason", given={"key": key})
    assert world.refused("retire_loss_reason", given={"key": "unknown"}).code == "LAST_REASON"
    assert world.refused("retire_loss_reason", given={"key": "price"}).code == "REASON_RETIRED"


def test_who_may_not_keep_lists_changes_none(world: World) -> None:
    before = world.footprint()
    with pytest.raises(Forbidden):
        world.do("retire_loss_reason", SALES, given={"key": "price"})
    assert world.footprint() == before


def test_deals_are_lost_to_competitors_only(world: World) -> None:
    client, competitor = new_id(PARTNER), new_id(PARTNER)
    world.hear("partner.registered", 1, partner_id=client, roles=["CLIENT"])
    world.hear("partner.registered", 1, partner_id=competitor, roles=["SUPPLIER", "COMPETITOR"])
    deal = world.open()
    problem = world.refused("lose_deal", deal_id=deal["id"], reason="competitor", competitor_id=client)
    assert (problem.code, problem.field) == ("NOT_A_COMPETITOR", ("competitor",))
    lost = world.do("lose_deal", deal_id=deal["id"], reason="competitor", competitor_id=competitor)
    assert lost["competitor_id"] == str(competitor)

    world.hear("partner.changed", 2, partner_id=client, roles=["CLIENT", "COMPETITOR"])
    world.do("lose_deal", deal_id=world.open()["id"], reason="competitor", competitor_id=client)


def test_a_partner_that_was_not_heard_of_yet_may_be_a_competitor(world: World) -> None:
    unheard = new_id(PARTNER)
    assert world.do("lose_deal", deal_id=world.open()["id"], reason="price", competitor_id=unheard)["outcome"] == "LOST"


def test_two_problems_are_told_together(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        world.do("add_loss_reason", given={"key": "No"}, name="", russian_name="Ц")
    assert {problem.field for problem in refusal.value.problems} == {("key",), ("name",)}
