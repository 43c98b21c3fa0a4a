"""Change a loss reason of the managed list."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import loss_reason_json
from services.deals.commands.inputs import ListName, Place
from services.deals.domain.loss_reason import changed, find
from services.deals.storage.loss_reasons import LossReasons


@dataclass(frozen=True, kw_only=True)
class ChangeLossReason:
    """Ask that a reason have other names or another place; what is not named stays. Its key never changes."""

    key: str
    name: ListName | None = None
    russian_name: ListName | None = None
    place: Place | None = None


def change_loss_reason(command: ChangeLossReason, tx: Transaction, actor: Actor) -> Json:
    """Change a loss reason; answer it."""
    actor.require("lists")
    reasons = LossReasons(tx)
    after = changed(
        reasons.list, command.key, name=command.name, russian_name=command.russian_name, place=command.place
    )
    reasons.save(after)
    return loss_reason_json(find(after, command.key))
