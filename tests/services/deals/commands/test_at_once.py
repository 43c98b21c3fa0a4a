"""Many who ask at the same moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.errors import Refused
from chassis.ids import new_id
from tests.services.deals.world import MANAGER, PARTNER, World

STAGES = ("qualification", "proposal", "negotiation", "fulfilment")


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Do something many times at once; refusals are given by their code."""

    def one(place: int) -> Any:
        try:
            return act(place)
        except Refused as refusal:
            return refusal.problems[0].code

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def test_of_twenty_who_move_the_same_deal_one_wins(world: World) -> None:
    deal = world.open("manual_sale")

    def move(place: int) -> str:
        world.do("move_deal", deal_id=deal["id"], stage=STAGES[place % 4], expected_version=1)
        return "MOVED"

    assert Counter(at_once(20, move)) == {"MOVED": 1, "CONFLICT": 19}
    assert [t["kind"] for t in world.history(deal["id"])] == ["OPENED", "MOVED"]
    assert len(world.told("deal.stage_changed")) == 1


def test_a_key_repeated_ten_times_at_once_has_one_effect_and_ten_equal_answers(world: World) -> None:
    process = world.processes["manual_sale"]["id"]
    answers = at_once(10, lambda _: world.do("open_deal", key="the key", process_id=process, title="Once"))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["number"] == "D-000001"
    assert len(world.ask("list_deals")["nodes"]) == len(world.told("deal.opened")) == 1


def test_who_waited_for_the_deal_comes_after_the_one_waited_for(world: World) -> None:
    """A transaction that began before the fact that it waits for does not take its own beginning for the moment."""
    deal = world.open("manual_sale")
    codes = at_once(8, lambda place: world.do("move_deal", deal_id=deal["id"], stage=STAGES[place % 4])["stage"])
    assert set(codes) <= {*STAGES, "SAME_STAGE"}
    moments = [datetime.fromisoformat(t["occurred_at"]).astimezone(UTC) for t in world.history(deal["id"])]
    assert moments == sorted(moments)


def test_the_same_import_twice_at_once_makes_each_deal_once(world: World) -> None:
    rows = [
        {
            "external_ref": {"system": "s", "id": str(number)},
            "process_key": "manual_sale",
            "title": str(number),
            "created_at": "2017-03-01T00:00:00Z",
        }
        for number in range(20)
    ]
    at_once(2, lambda _: world.do("import_deals", rows=rows))
    assert len(world.told("deal.opened")) == 20
    again = world.do("import_deals", rows=rows)["results"]
    assert {result["status"] for result in again} == {"UNCHANGED"}


def test_of_ten_who_ship_more_than_half_of_an_order_one_does(world: World) -> None:
    deal = world.open(partner_id=new_id(PARTNER))
    pumps = {"product": "pump", "quantity": "3", "price": {"amount": "10", "currency": "USD"}}
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[pumps])
    world.do("confirm_customer_order", order_id=order["id"])
    goods: dict[str, Any] = {
        "deal_id": deal["id"],
        "shipped_on": datetime.now(UTC).date(),
        "lines": [{"line": 1, "quantity": "2"}],
    }

    def ship(place: int) -> str:
        world.do("register_shipment", number=f"S-{place}", **goods)
        return "SHIPPED"

    assert Counter(at_once(10, ship)) == {"SHIPPED": 1, "OVER_SHIPMENT": 9}
    (after,) = world.ask("customer_orders_by_ids", ids=[order["id"]])["nodes"]
    assert after["lines"][0]["shipped"] == "2"
    assert len(world.told("shipment.registered")) == 1


def test_payments_at_once_fulfil_no_more_than_is_owed(world: World) -> None:
    deal = world.open(partner_id=new_id(PARTNER))
    today = datetime.now(UTC).date()
    owed: dict[str, Any] = {
        "debtor": "CLIENT",
        "kind": "PAYMENT",
        "due_on": today,
        "amount": {"amount": "25", "currency": "USD"},
    }
    world.do("register_obligation", deal_id=deal["id"], **owed)
    money: dict[str, Any] = {"paid_on": today, "amount": {"amount": "10", "currency": "USD"}}
    payments = at_once(8, lambda _: world.do("register_payment", deal_id=deal["id"], **money))
    assert sorted(payment["allocated"]["amount"] for payment in payments) == ["0.00"] * 5 + ["10.00", "10.00", "5.00"]
    (found,) = world.ask("obligations_of_deals", deal_ids=[deal["id"]])["obligations"]
    assert (found[0]["status"], found[0]["fulfilled_amount"]["amount"]) == ("FULFILLED", "25.00")
    assert len({payment["number"] for payment in payments}) == 8


def test_who_hold_many_deals_at_once_take_them_in_one_order(world: World) -> None:
    ann, bob = new_id(MANAGER), new_id(MANAGER)
    rows = [  # the later they are registered, the earlier they have got their amounts
        {
            "external_ref": {"system": "s", "id": str(number)},
            "process_key": "manual_sale",
            "title": str(number),
            "manager_id": ann,
            "amount": {"amount": "1.00", "currency": "EUR"},
            "created_at": datetime(2017, 3, 1, tzinfo=UTC) - timedelta(days=number),
        }
        for number in range(40)
    ]
    imported = world.do("import_deals", rows=rows)["results"]
    ids = [result["id"] for result in imported]

    def hold_all(place: int) -> None:
        match place % 4:
            case 0:
                row = {"currency": "EUR", "date": "2016-01-01", "rate": f"1.{place}"}
                world.do("register_exchange_rates", rows=[row])
                world.fire(datetime.now(UTC))
            case 1:
                world.do("hand_over_deals", from_manager_id=ann, to_manager_id=bob)
            case 2:
                world.do("bulk_assign_deals", rows=[{"deal_id": one, "manager_id": ann} for one in ids])
            case _:
                world.do("import_deals", rows=[{**row, "title": f"Again, {place}"} for row in rows])

    at_once(8, hold_all)
    assert {world.deal(one)["version"] > 1 for one in ids} == {True}
