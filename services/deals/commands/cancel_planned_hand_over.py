"""Cancel a hand-over of deals that is set for a day to come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.storage.planned_hand_overs import HAND_OVER, planned_hand_overs


@dataclass(frozen=True, kw_only=True)
class CancelPlannedHandOver:
    """Ask that deals stay with their manager after all."""

    hand_over_id: UUID


def cancel_planned_hand_over(command: CancelPlannedHandOver, tx: Transaction, actor: Actor) -> Json:
    """Take the hand-over away; answer what it was. Raise Refused (NOT_FOUND) if it does not wait any more."""
    planned = planned_hand_overs(tx, actor, [command.hand_over_id])
    if not planned:
        message = f"no hand-over {command.hand_over_id} waits; it was cancelled, or its day has come"
        raise refuse("NOT_FOUND", message, "handOver")
    tx.cancel(HAND_OVER, str(command.hand_over_id))
    return planned[0]
