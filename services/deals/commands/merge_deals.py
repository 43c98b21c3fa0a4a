"""Merge deals that are one sale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.following import drop_step
from services.deals.domain.deal import Deal
from services.deals.domain.merge import merge
from services.deals.events import merged_told
from services.deals.storage.deals import Deals
from services.deals.storage.merged_partners import one_partner

MOST_DUPLICATES = 50


@dataclass(frozen=True, kw_only=True)
class MergeDeals:
    """Say that deals are one sale, registered more than once: the survivor is what remains."""

    survivor_id: UUID
    duplicate_ids: Annotated[frozenset[UUID], Field(min_length=1, max_length=MOST_DUPLICATES)]
    expected_version: int | None = None


def merge_deals(command: MergeDeals, tx: Transaction, actor: Actor) -> Json:
    """Point duplicates to the deal that survives and shows what belongs to them too; answer that deal."""
    deals = Deals(tx, actor)
    named = dict.fromkeys(command.duplicate_ids, "duplicate_ids") | {command.survivor_id: "survivor_id"}
    held = deals.get_all(named)
    survivor = held[command.survivor_id]
    deals.require_version(survivor, command.expected_version)
    for duplicate_id in sorted(command.duplicate_ids):
        duplicate = held[duplicate_id]
        merged = merge(duplicate, survivor, same_partner=_same_partner(tx, duplicate, survivor), now=tx.now)
        deals.save(duplicate)
        tx.emit(merged_told(duplicate, merged, survivor.id))
        drop_step(duplicate, tx, actor)
    return deal_answer(survivor, tx.enterprise.base_currency)


def _same_partner(tx: Transaction, duplicate: Deal, survivor: Deal) -> bool:
    """Tell whether two deals may be with one partner: while nobody knows who asks, they may."""
    if duplicate.partner_id is None or survivor.partner_id is None:
        return True
    return one_partner(tx.connection, duplicate.partner_id, survivor.partner_id)
