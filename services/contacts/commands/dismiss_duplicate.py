"""Say that two partners who look like one are two."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.storage.duplicate_pairs import DuplicatePairs, pair_view


@dataclass(frozen=True, kw_only=True)
class DismissDuplicate:
    """Ask that a pair be shown no more, unless the two come to share something else."""

    pair_id: UUID


def dismiss_duplicate(command: DismissDuplicate, tx: Transaction, actor: Actor) -> Json:
    """Dismiss a pair and answer it; one that was dismissed stays so."""
    pairs = DuplicatePairs(tx)
    pair = pairs.lock(command.pair_id, actor).dismiss(tx.now, actor.subject[:200])
    pairs.save(pair)
    return pair_view(pair)
