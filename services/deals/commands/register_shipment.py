"""Register a shipment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer, shipment_json
from services.deals.commands.inputs import DocumentNumber
from services.deals.domain.shipment import Shipment
from services.deals.events import shipment_told, transition_told
from services.deals.storage.deals import Deals
from services.deals.storage.tables import shipments


@dataclass(frozen=True, kw_only=True)
class RegisterShipment:
    """Say that goods of a deal have left; `complete` when nothing that was ordered is left to ship."""

    deal_id: UUID
    number: DocumentNumber
    shipped_on: date
    complete: bool


def register_shipment(command: RegisterShipment, tx: Transaction, actor: Actor) -> Json:
    """Register a shipment, and win the deal by a complete one; answer the shipment and the deal."""
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id)
    shipment = deal.ship(
        number=command.number,
        shipped_on=command.shipped_on,
        complete=command.complete,
        now=tx.now,
        zone=tx.enterprise.zone,
    )
    tx.emit(shipment_told(deal, shipment))
    if shipment.complete:
        tx.emit(transition_told(deal, deal.win(at=shipment.occurred_at, now=tx.now)))
    deals.save(deal)
    _store(shipment, tx)
    return {"shipment": shipment_json(shipment), "deal": deal_answer(deal, tx.enterprise.base_currency)}


def _store(shipment: Shipment, tx: Transaction) -> None:
    tx.connection.execute(
        shipments.insert(),
        {**shipment_json(shipment), "occurred_at": shipment.occurred_at, "recorded_at": tx.now},
    )
