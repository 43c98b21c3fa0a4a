"""Exchange rates, and what they make of deals in other currencies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.store.timers import Timers
from chassis.wire import Json
from services.deals.due.revalue_deals import BATCH, revalue_deals
from services.deals.storage.exchange_rates import REVALUE_DEALS
from tests.services.deals.world import PARTNER, SALES, World

TODAY = datetime.now(UTC).date()
ONE_EURO = {"amount": "1.00", "currency": "EUR"}


def day(back: int) -> str:
    return (TODAY - timedelta(days=back)).isoformat()


def noon(back: int) -> str:
    return f"{day(back)}T12:00:00+00:00"


def rate(world: World, back: int, rate: str, currency: str = "EUR") -> Json:
    """Register a rate of so many days ago, and give the result of the row."""
    row = {"currency": currency, "date": day(back), "rate": rate}
    (result,) = world.do("register_exchange_rates", rows=[row])["results"]
    return result


def fire(world: World) -> None:
    """Let everything happen that is due."""
    timers = Timers(world.database, {REVALUE_DEALS: revalue_deals})
    while timers.fire_next():
        pass


def base(world: World, deal: Json) -> str | None:
    amount = world.deal(deal["id"])["amount"]
    return None if amount["base"] is None else str(amount["base"])


def test_the_rate_in_force_is_the_latest_until_the_day(world: World) -> None:
    rate(world, 10, "1.10")
    rate(world, 5, "1.20")
    before, between, after = (world.open(amount=ONE_EURO, occurred_at=noon(back)) for back in (11, 6, 2))
    assert [base(world, deal) for deal in (before, between, after)] == [None, "1.10", "1.20"]


def test_no_rate_is_guessed_from_others(world: World) -> None:
    rate(world, 1, "0.5", "GBP")
    deal = world.open(amount=ONE_EURO)
    assert deal["amount"]["base"] is None
    assert world.ask("convert", money=ONE_EURO)["base"] is None


def test_a_changed_amount_takes_the_rate_of_its_day_and_the_same_one_keeps_its_own(world: World) -> None:
    rate(world, 10, "1.10")
    rate(world, 0, "1.20")
    deal = world.open(amount=ONE_EURO, occurred_at=noon(5))
    same = world.do("change_deal", deal_id=deal["id"], amount=ONE_EURO, title="Renamed")
    assert same["amount"]["base"] == "1.10"
    assert world.told("deal.changed")[-1]["changed"] == ["title"]
    other = world.do("change_deal", deal_id=deal["id"], amount={"amount": "2.00", "currency": "EUR"})
    assert other["amount"]["base"] == "2.40"


@pytest.mark.parametrize("ending", ["win_deal", "lose_deal"])
def test_a_close_takes_the_rate_of_its_date(world: World, ending: str) -> None:
    rate(world, 10, "1.10")
    rate(world, 5, "1.20")
    deal = world.open(amount=ONE_EURO, occurred_at=noon(9))
    assert base(world, deal) == "1.10"
    reason: dict[str, Any] = {"reason": "price"} if ending == "lose_deal" else {}
    closed = world.do(ending, deal_id=deal["id"], occurred_at=noon(4), **reason)
    assert closed["amount"]["base"] == "1.20"
    assert world.told("deal.won", "deal.lost")[0]["amount"]["base"] == "1.20"


def test_rates_that_come_later_reach_open_and_closed_deals(world: World) -> None:
    waiting = world.open(amount=ONE_EURO, occurred_at=noon(9))
    closed = world.open(amount=ONE_EURO, occurred_at=noon(9))
    world.do("win_deal", deal_id=closed["id"], occurred_at=noon(4))
    ours = world.open(amount={"amount": "1.00", "currency": "USD"}, occurred_at=noon(9))
    rate(world, 10, "1.10")
    rate(world, 5, "1.20")
    fire(world)
    assert [base(world, deal) for deal in (waiting, closed, ours)] == ["1.10", "1.20", "1.00"]
    told = {event["deal_id"]: event["amount"]["base"] for event in world.told("deal.revalued")}
    assert told == {waiting["id"]: "1.10", closed["id"]: "1.20"}
    assert world.deal(waiting["id"])["version"] == 2
    fire(world)
    assert len(world.told("deal.revalued")) == 2


def test_a_correction_replaces_the_rate_and_keeps_what_it_was(world: World) -> None:
    first = rate(world, 5, "1.10")
    deal = world.open(amount=ONE_EURO, occurred_at=noon(5))
    second = rate(world, 5, "1.30")
    fire(world)
    assert (first["status"], second["status"]) == ("CREATED", "UPDATED")
    assert first["id"] == second["id"]
    assert base(world, deal) == "1.30"
    shown = world.ask("list_exchange_rates")["nodes"]
    assert [one["rate"] for one in shown] == ["1.3"]
    known = world.ask("list_exchange_rates", corrected=True)["nodes"]
    assert [(one["rate"], one["corrected"]) for one in known] == [("1.3", False), ("1.1", True)]
    told = world.told("exchange_rate.registered")
    assert [(one["rate_on"], one["rate"]) for one in told] == [(day(5), "1.10"), (day(5), "1.30")]


def test_the_same_again_changes_nothing(world: World) -> None:
    rate(world, 5, "1.1")
    before = world.footprint()
    assert rate(world, 5, "1.100")["status"] == "UNCHANGED"
    assert world.footprint() == before


def test_more_deals_than_a_batch_all_get_their_base(world: World) -> None:
    row = {
        "process_key": "manual_sale", "title": "A deal", "created_at": noon(5), "amount": ONE_EURO,
    }  # fmt: skip
    rows = [{**row, "external_ref": {"system": "old", "id": str(number)}} for number in range(BATCH * 2 + 1)]
    world.do("import_deals", rows=rows)
    rate(world, 6, "1.10")
    fire(world)
    (total,) = world.ask("list_deals", totals=True, page={"first": 0})["totals"]
    assert (total["count"], total["unconverted"], total["base"]) == (BATCH * 2 + 1, 0, "221.10")


def test_imported_history_takes_the_rates_of_its_dates(world: World) -> None:
    rate(world, 10, "1.10")
    rate(world, 5, "1.20")
    row = {
        "process_key": "manual_sale", "title": "A deal", "created_at": noon(8), "amount": ONE_EURO,
        "external_ref": {"system": "old", "id": "1"}, "outcome": {"outcome": "WON", "at": noon(3)},
    }  # fmt: skip
    world.do("import_deals", rows=[row])
    bases = [event["amount"]["base"] for event in world.told("deal.opened", "deal.won")]
    assert bases == ["1.10", "1.20"]
    assert world.do("import_deals", rows=[row])["results"][0]["status"] == "UNCHANGED"


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        ({"rate": "0"}, "INVALID_RATE", "rate"),
        ({"rate": "-1"}, "INVALID_RATE", "rate"),
        ({"rate": "NaN"}, None, "rate"),
        ({"rate": "1.12345678901"}, "INVALID_RATE", "rate"),
        ({"rate": "100000000"}, "INVALID_RATE", "rate"),
        ({"currency": "XYZ"}, "UNKNOWN_CURRENCY", "currency"),
        ({"currency": "USD"}, "SAME_CURRENCY", "currency"),
        ({"date": "20206-01-01"}, "INVALID", "date"),
        ({"date": "2206-01-01"}, "INVALID_DATE", "date"),
    ],
)
def test_a_row_that_is_no_rate_is_refused_by_itself(world: World, row: dict[str, Any], code: str, field: str) -> None:
    good = {"currency": "EUR", "date": day(1), "rate": "1.1"}
    refused, taken = world.do("register_exchange_rates", rows=[{**good, **row}, good])["results"]
    assert (refused["status"], refused["id"], taken["status"]) == ("REFUSED", None, "CREATED")
    (problem,) = refused["problems"]
    assert problem["field"] == [field]
    assert code is None or problem["code"] == code
    assert len(world.told("exchange_rate.registered")) == 1


def test_who_only_sells_registers_no_rates(world: World) -> None:
    with pytest.raises(Forbidden):
        world.do("register_exchange_rates", SALES, rows=[])


def euro_order(world: World, back: int) -> Json:
    """Confirm an order of ten euro within a deal that began so many days ago."""
    deal = world.open(partner_id=new_id(PARTNER), occurred_at=noon(back))
    pumps = {"product": "pump", "quantity": "10", "price": ONE_EURO}
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[pumps], ordered_on=day(back))
    return world.do("confirm_customer_order", order_id=order["id"], occurred_at=noon(back))


def test_documents_take_the_rate_of_their_own_day(world: World) -> None:
    rate(world, 10, "1.10")
    rate(world, 0, "1.20")
    order = euro_order(world, 8)
    where = {"deal_id": order["deal_id"]}
    goods = {"number": "S1", "shipped_on": day(6), "order_id": order["id"], "lines": [{"line": 1, "quantity": "4"}]}
    shipment = world.do("register_shipment", **where, **goods)["shipment"]
    payment = world.do("register_payment", **where, amount=ONE_EURO, paid_on=day(5))
    back = [{"line": 1, "quantity": "1"}]
    world.do("register_return", shipment_id=shipment["id"], returned_on=day(4), lines=back)
    bases = {
        "customer_order.confirmed": "11.00", "payment.registered": "1.10", "return.registered": "1.10",
    }  # fmt: skip
    assert {type: world.told(type)[-1]["amount"]["base"] for type in bases} == bases
    assert world.told("shipment.registered")[-1]["shipped_amount"]["base"] == "4.40"
    assert {one["amount"]["base"] for one in world.told("obligation.registered") if one["amount"]} == {"4.40"}
    world.do("reverse_payment", payment_id=payment["id"])
    (reversal,) = world.told("payment.reversed")
    assert reversal["amount"]["base"] == "1.10"


def test_proposals_take_the_rate_of_the_day_on_which_they_are_sent_and_answered(world: World) -> None:
    rate(world, 10, "1.10")
    rate(world, 5, "1.20")
    deal = world.open(partner_id=new_id(PARTNER), occurred_at=noon(9))
    pumps = {"product": "pump", "quantity": "10", "price": ONE_EURO}
    world.do("send_proposal", deal_id=deal["id"], lines=[pumps], valid_until="2999-12-31", occurred_at=noon(8))
    answered = world.do("record_proposal_response", deal_id=deal["id"], response="ACCEPTED", occurred_at=noon(4))
    assert answered["proposal"]["versions"][-1]["response"]["amount"]["base"] == "12.00"
    assert answered["deal"]["amount"]["base"] == "12.00"
    told = [event["amount"]["base"] for event in world.told("proposal.sent", "proposal.responded")]
    assert told == ["11.00", "12.00"]


def test_documents_show_the_base_of_their_day_also_where_the_rate_came_later(world: World) -> None:
    deal = world.open(amount=ONE_EURO, partner_id=new_id(PARTNER), occurred_at=noon(9))
    line = {"product": "pump", "quantity": "2", "price": {"amount": "10.00", "currency": "EUR"}}
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[line], ordered_on=day(5))
    paid = {"amount": "5.00", "currency": "EUR"}
    payment = world.do("register_payment", deal_id=deal["id"], amount=paid, paid_on=day(2))
    proposal = world.do("send_proposal", deal_id=deal["id"], lines=[line], valid_until=day(-5))["proposal"]
    assert [order["amount"]["base"], payment["amount"]["base"], _total(proposal)["base"]] == [None, None, None]
    for back, worth in ((6, "1.10"), (3, "1.20"), (0, "1.30")):
        rate(world, back, worth)
    (order,) = world.ask("customer_orders_by_ids", ids=[order["id"]])["nodes"]
    (payment,) = world.ask("payments_by_ids", ids=[payment["id"]])["nodes"]
    (proposal,) = world.ask("proposals_by_ids", ids=[proposal["id"]])["nodes"]
    assert [order["amount"]["base"], payment["amount"]["base"], _total(proposal)["base"]] == ["22.00", "6.00", "26.00"]
    (listed,) = world.ask("documents_of_deals", deal_ids=[deal["id"]])["documents"]
    assert {one["kind"]: one["amount"]["base"] for one in listed} == {
        "CUSTOMER_ORDER": "22.00",
        "PAYMENT": "6.00",
        "PROPOSAL": "26.00",
    }


def _total(proposal: Json) -> Json:
    return proposal["versions"][-1]["totals"]["gross"]
