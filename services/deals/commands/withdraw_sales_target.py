"""Withdraw a sales target."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import sales_target_json
from services.deals.events import target_told
from services.deals.storage.sales_targets import SalesTargets


@dataclass(frozen=True, kw_only=True)
class WithdrawSalesTarget:
    """Ask that nothing be asked for any more by a target; it may be set again."""

    target_id: UUID
    expected_version: int | None = None


def withdraw_sales_target(command: WithdrawSalesTarget, tx: Transaction, actor: Actor) -> Json:
    """Withdraw a target, which stays readable; answer it."""
    actor.require("lists")
    targets = SalesTargets(tx)
    target = targets.get(command.target_id, command.expected_version).withdraw(tx.now)
    targets.save(target)
    tx.emit(target_told(target, tx.now))
    return sales_target_json(target)
