"""Lose a deal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.following import follow
from services.deals.commands.inputs import Instant, require_import_for
from services.deals.domain.loss_reason import require_in_use
from services.deals.storage.deals import Deals
from services.deals.storage.loss_reasons import loss_reason_list
from services.deals.storage.partner_roles import require_competitor


@dataclass(frozen=True, kw_only=True)
class LoseDeal:
    """Say that a deal is lost, why, and to whom where that is known."""

    deal_id: UUID
    reason: str
    competitor_id: UUID | None = None
    expected_version: int | None = None
    occurred_at: Instant | None = None


def lose_deal(command: LoseDeal, tx: Transaction, actor: Actor) -> Json:
    """Lose a deal for a reason of the managed list; answer the deal."""
    require_import_for(command.occurred_at, actor)
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    require_in_use(loss_reason_list(tx.connection), command.reason)
    require_competitor(tx.connection, command.competitor_id)
    lost = deal.lose(reason=command.reason, competitor_id=command.competitor_id, at=command.occurred_at, now=tx.now)
    deals.save(deal)
    follow(lost, deal, tx, actor, imported=command.occurred_at is not None)
    return deal_answer(deal, tx.enterprise.base_currency)
