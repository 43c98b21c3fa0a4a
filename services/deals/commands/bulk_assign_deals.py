"""Give many deals to managers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.commands.bulk import Rows, each_row
from services.deals.commands.change_deal import ChangeDeal, change_deal


@dataclass(frozen=True, kw_only=True)
class BulkAssignDeals:
    """Ask that deals have other owners; each row is an AssignedDeal."""

    rows: Rows


@dataclass(frozen=True, kw_only=True)
class AssignedDeal:
    """One row: a deal, and whose it is."""

    deal_id: UUID
    manager_id: UUID
    expected_version: int | None = None


def bulk_assign_deals(command: BulkAssignDeals, tx: Transaction, actor: Actor) -> Json:
    """Give each deal in progress to its manager; answer a result for each row."""
    return each_row(command.rows, AssignedDeal, _assign, tx, actor)


def _assign(row: AssignedDeal, tx: Transaction, actor: Actor) -> None:
    change = ChangeDeal(deal_id=row.deal_id, manager_id=row.manager_id, expected_version=row.expected_version)
    change_deal(change, tx, actor)
