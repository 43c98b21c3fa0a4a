"""Loss reasons, as they are answered."""

from __future__ import annotations

from chassis.wire import Json
from services.deals.domain.loss_reason import LossReason


def loss_reason_json(reason: LossReason) -> Json:
    """Give a loss reason."""
    return {
        "key": reason.key,
        "name": reason.name,
        "russian_name": reason.russian_name,
        "retired_at": reason.retired_at,
    }
