"""Close many deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.commands.bulk import Rows, each_row
from services.deals.commands.lose_deal import LoseDeal, lose_deal
from services.deals.commands.win_deal import WinDeal, win_deal
from services.deals.domain.transition import Outcome


@dataclass(frozen=True, kw_only=True)
class BulkCloseDeals:
    """Say how deals have ended; each row is a ClosedDeal."""

    rows: Rows


@dataclass(frozen=True, kw_only=True)
class ClosedDeal:
    """One row: a deal that is won, or lost for a reason."""

    deal_id: UUID
    outcome: Literal[Outcome.WON, Outcome.LOST]
    reason: str | None = None
    competitor_id: UUID | None = None
    expected_version: int | None = None


def bulk_close_deals(command: BulkCloseDeals, tx: Transaction, actor: Actor) -> Json:
    """Close each deal by the rules that hold for one; answer a result for each row."""
    return each_row(command.rows, ClosedDeal, _close, tx, actor)


def _close(row: ClosedDeal, tx: Transaction, actor: Actor) -> None:
    if row.outcome is Outcome.WON:
        if row.reason is not None or row.competitor_id is not None:
            raise refuse("NOT_LOST", "a deal that is won has neither loss reason nor competitor", "outcome")
        win_deal(WinDeal(deal_id=row.deal_id, expected_version=row.expected_version), tx, actor)
        return
    if row.reason is None:
        raise refuse("REQUIRED", "a deal is lost for a reason of the managed list; name its key", "reason")
    lost = LoseDeal(
        deal_id=row.deal_id,
        reason=row.reason,
        competitor_id=row.competitor_id,
        expected_version=row.expected_version,
    )
    lose_deal(lost, tx, actor)
