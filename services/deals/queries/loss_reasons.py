"""The managed list of loss reasons."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import loss_reason_json
from services.deals.storage.loss_reasons import loss_reason_list


@dataclass(frozen=True, kw_only=True)
class LossReasons:
    """Ask for the loss reasons that may be given, or for the retired ones too."""

    include_retired: bool = False


def loss_reasons(query: LossReasons, reading: Reading, actor: Actor) -> Json:
    """Give the loss reasons in the order of the list."""
    reasons = loss_reason_list(reading.connection)
    return {"nodes": [loss_reason_json(one) for one in reasons if query.include_retired or one.retired_at is None]}
