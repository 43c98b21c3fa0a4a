"""The guards on orders, payments, supplier orders and shipments: met and not met."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from chassis.ids import new_id
from services.deals.domain.guards import Guard
from services.deals.domain.guards.goods_shipped import GoodsShipped
from services.deals.domain.guards.order_confirmed import OrderConfirmed
from services.deals.domain.guards.prepayment_received import PrepaymentReceived
from services.deals.domain.guards.supplier_orders_placed import SupplierOrdersPlaced
from services.deals.storage.deals import Deals
from services.deals.storage.stage_facts import DealFacts
from tests.services.deals.world import ADMIN, PARTNER, World

TODAY = datetime.now(UTC).date()
PUMPS = {"product": "pump", "quantity": "3", "price": {"amount": "10.00", "currency": "USD"}}


def met(world: World, deal: Any, guard: Guard) -> bool:
    with world.database.transaction() as tx:
        held = Deals(tx, ADMIN).get(UUID(deal["id"]))
        return guard.met(DealFacts.of(tx, held, "any", tx.now))


def confirm(world: World, deal: Any, **more: Any) -> Any:
    order = world.do("register_customer_order", deal_id=deal["id"], lines=[{**PUMPS, **more}])
    return world.do("confirm_customer_order", order_id=order["id"])


@pytest.fixture
def deal(world: World) -> Any:
    return world.open(partner_id=new_id(PARTNER))


def test_order_confirmed(world: World, deal: Any) -> None:
    world.do("register_customer_order", deal_id=deal["id"], lines=[PUMPS])
    assert not met(world, deal, OrderConfirmed()), "a draft binds nobody"
    order = confirm(world, deal)
    assert met(world, deal, OrderConfirmed())
    world.do("cancel_customer_order", order_id=order["id"])
    assert not met(world, deal, OrderConfirmed())


def test_prepayment_received(world: World, deal: Any) -> None:
    def pay(amount: str, currency: str = "USD") -> Any:
        money = {"amount": amount, "currency": currency}
        return world.do("register_payment", deal_id=deal["id"], paid_on=TODAY, amount=money)

    pay("100")
    assert not met(world, deal, PrepaymentReceived(1)), "nothing is ordered that it could be a part of"
    first = confirm(world, deal, quantity="30")
    assert met(world, deal, PrepaymentReceived(33))
    assert not met(world, deal, PrepaymentReceived(34))
    last = pay("200")
    assert met(world, deal, PrepaymentReceived(100))
    world.do("reverse_payment", payment_id=last["id"])
    assert not met(world, deal, PrepaymentReceived(100))
    world.do("cancel_customer_order", order_id=first["id"])
    confirm(world, deal, price={"amount": "1", "currency": "EUR"})
    assert not met(world, deal, PrepaymentReceived(1)), "dollars are no euros"
    pay("3", "EUR")
    assert met(world, deal, PrepaymentReceived(100))


def test_supplier_orders_placed(world: World, deal: Any) -> None:
    assert not met(world, deal, SupplierOrdersPlaced()), "nothing is ordered"
    confirm(world, deal, in_stock="1")
    assert not met(world, deal, SupplierOrdersPlaced())
    suppliers = [{"product": "pump", "supplier_id": new_id(PARTNER)}]
    (placed,) = world.do("raise_supplier_orders", deal_id=deal["id"], suppliers=suppliers)["supplier_orders"]
    assert met(world, deal, SupplierOrdersPlaced())
    world.do("cancel_supplier_order", supplier_order_id=placed["id"])
    assert not met(world, deal, SupplierOrdersPlaced())


def test_what_is_in_stock_need_not_be_bought(world: World, deal: Any) -> None:
    confirm(world, deal, in_stock="3")
    assert met(world, deal, SupplierOrdersPlaced())


def test_goods_shipped(world: World, deal: Any) -> None:
    confirm(world, deal)

    def ship(quantity: str) -> Any:
        given = {
            "deal_id": deal["id"],
            "number": "S",
            "shipped_on": TODAY,
            "lines": [{"line": 1, "quantity": quantity}],
        }
        return world.do("register_shipment", **given)["shipment"]

    ship("2")
    assert not met(world, deal, GoodsShipped())
    last = ship("1")
    assert met(world, deal, GoodsShipped())
    world.do("register_return", shipment_id=last["id"], returned_on=TODAY)
    assert not met(world, deal, GoodsShipped())


def test_the_typical_sale_asks_for_each_of_its_papers(world: World) -> None:
    deal = world.open_at("preparation")
    refused = world.refused("move_deal", deal_id=deal["id"], stage="fulfilment")
    assert (refused.code, refused.details) == ("GUARDS_UNMET", ("order_confirmed",))
    deal = world.open_at("agreement")
    refused = world.refused("move_deal", deal_id=deal["id"], stage="preparation")
    assert (refused.code, refused.details) == ("GUARDS_UNMET", ("proposal_accepted",))
    deal = world.open_at("proposal")
    refused = world.refused("move_deal", deal_id=deal["id"], stage="presentation")
    assert (refused.code, refused.details) == ("GUARDS_UNMET", ("proposal_sent",))
