"""Move a deal to a stage."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.following import follow
from services.deals.commands.inputs import Instant, require_import_for
from services.deals.storage.deals import Deals
from services.deals.storage.stage_facts import DealFacts


@dataclass(frozen=True, kw_only=True)
class MoveDeal:
    """Ask that a deal enter a stage of its process."""

    deal_id: UUID
    stage: str
    expected_version: int | None = None
    occurred_at: Instant | None = None


def move_deal(command: MoveDeal, tx: Transaction, actor: Actor) -> Json:
    """Move a deal to a stage that its process lets it enter; answer the deal."""
    require_import_for(command.occurred_at, actor)
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    facts = DealFacts.of(tx, deal, command.stage, command.occurred_at or tx.now)
    moved = deal.enter(command.stage, facts=facts, at=command.occurred_at, now=tx.now)
    deals.save(deal)
    follow(moved, deal, tx, actor, imported=command.occurred_at is not None)
    return deal_answer(deal, tx.enterprise.base_currency)
