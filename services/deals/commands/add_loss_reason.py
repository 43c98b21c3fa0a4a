"""Add a loss reason to the managed list."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import loss_reason_json
from services.deals.commands.inputs import ListKey, ListName, Place
from services.deals.domain.loss_reason import LossReason, added
from services.deals.storage.loss_reasons import LossReasons


@dataclass(frozen=True, kw_only=True)
class AddLossReason:
    """Ask that deals may be lost for one more reason; without a place it is the last of the list."""

    key: ListKey
    name: ListName
    russian_name: ListName
    place: Place | None = None


def add_loss_reason(command: AddLossReason, tx: Transaction, actor: Actor) -> Json:
    """Add a loss reason; answer it."""
    actor.require("lists")
    reasons = LossReasons(tx)
    new = LossReason(key=command.key, name=command.name, russian_name=command.russian_name)
    reasons.save(added(reasons.list, new, command.place))
    return loss_reason_json(new)
