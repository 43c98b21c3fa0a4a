"""Move many deals."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.commands.bulk import Rows, each_row
from services.deals.commands.move_deal import MoveDeal, move_deal


@dataclass(frozen=True, kw_only=True)
class BulkMoveDeals:
    """Ask that deals enter stages; each row is a MoveDeal."""

    rows: Rows


def bulk_move_deals(command: BulkMoveDeals, tx: Transaction, actor: Actor) -> Json:
    """Move each deal that its process lets enter its stage; answer a result for each row."""
    return each_row(command.rows, MoveDeal, move_deal, tx, actor)
