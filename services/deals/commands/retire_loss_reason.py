"""Retire a loss reason of the managed list."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import loss_reason_json
from services.deals.domain.loss_reason import find, retired
from services.deals.storage.loss_reasons import LossReasons


@dataclass(frozen=True, kw_only=True)
class RetireLossReason:
    """Ask that no new loss be put down to a reason."""

    key: str


def retire_loss_reason(command: RetireLossReason, tx: Transaction, actor: Actor) -> Json:
    """Retire a loss reason, which stays readable; answer it."""
    actor.require("lists")
    reasons = LossReasons(tx)
    after = retired(reasons.list, command.key, tx.now)
    reasons.save(after)
    return loss_reason_json(find(after, command.key))
