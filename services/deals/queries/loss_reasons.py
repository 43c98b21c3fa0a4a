"""The managed list of loss reasons."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.storage.tables import loss_reasons as table


@dataclass(frozen=True, kw_only=True)
class LossReasons:
    """Ask for the loss reasons."""


def loss_reasons(query: LossReasons, reading: Reading, actor: Actor) -> Json:
    """Give the loss reasons in the order of the list."""
    rows = reading.connection.execute(sa.select(table).order_by(table.c.place))
    return {"nodes": [{"key": row.key, "name": row.name, "russian_name": row.russian_name} for row in rows]}
