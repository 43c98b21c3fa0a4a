"""Set a sales target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import sales_target_json
from services.deals.commands.inputs import Day
from services.deals.domain.sales_target import Aim, Measure, SalesTarget, TargetPeriod
from services.deals.events import target_told
from services.deals.storage.sales_targets import SalesTargets


@dataclass(frozen=True, kw_only=True)
class SetSalesTarget:
    """Ask that a manager or a team achieve something in the month, quarter or year that begins on a day.

    The value is money in the base currency, or a count; it takes the place of the one that was set for the same before.
    """

    measure: Measure
    period: TargetPeriod
    begins_on: Day
    value: Decimal
    manager_id: UUID | None = None
    team_id: UUID | None = None
    expected_version: int | None = None


def set_sales_target(command: SetSalesTarget, tx: Transaction, actor: Actor) -> Json:
    """Set a target, or give the one that is there another value; setting the same again changes nothing. Answer it."""
    actor.require("lists")
    aim = Aim(
        manager_id=command.manager_id,
        team_id=command.team_id,
        measure=command.measure,
        period=command.period,
        first=command.begins_on,
    )
    targets, currency = SalesTargets(tx), tx.enterprise.base_currency
    before = targets.of(aim, command.expected_version)
    target = (
        before.set(command.value, currency) if before is not None else SalesTarget.first(aim, command.value, currency)
    )
    if target is not before:
        targets.save(target)
        tx.emit(target_told(target, tx.now))
    return sales_target_json(target)
