"""Deals in progress, with what they ask attention for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.deals.answers import deal_json
from services.deals.domain.process import Stage
from services.deals.queries.attention import (
    AttentionFilter,
    Reason,
    client_kind,
    flag,
    is_worked_on,
    reasons,
    with_client_and_step,
)
from services.deals.storage.processes import Processes
from services.deals.storage.tables import deals

_DAY = 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class UnfinishedDeals:
    """Ask for deals in progress: those with the most reasons for attention first, or the oldest."""

    filter: AttentionFilter | None = None
    order: Literal["URGENCY", "AGE"] = "URGENCY"
    page: PageRequest = field(default_factory=PageRequest)


def unfinished_deals(query: UnfinishedDeals, reading: Reading, actor: Actor) -> Json:
    """Give a page of the deals in progress within the actor's reach, but for those on hold or planned for a later day."""
    flags = {reason: flag(condition) for reason, condition in reasons(reading).items()}
    urgency: sa.ColumnElement[int] = sum(flags.values(), start=sa.literal(0, sa.Integer))
    select = with_client_and_step(
        sa.select(deals, client_kind().label("client_kind"), *(one.label(reason) for reason, one in flags.items())),
        actor,
    ).where(is_worked_on(reading), *(query.filter or AttentionFilter()).conditions(reading))
    oldest_first = [Order(deals.c.created_at), Order(deals.c.number)]
    by_urgency = [Order(sa.type_coerce(urgency, sa.Integer), descending=True), *oldest_first]
    stages = _Stages(reading.connection)
    base = reading.enterprise.base_currency
    return page(
        reading.connection,
        select,
        by_urgency if query.order == "URGENCY" else oldest_first,
        query.page,
        lambda row: _json(row._mapping, stages, base, reading.now),
    )


class _Stages:
    """Finds the stages at which deals stand."""

    def __init__(self, connection: sa.Connection) -> None:
        self._processes = Processes(connection)

    def of(self, row: sa.RowMapping) -> Stage | None:
        """Find the stage of a deal's row."""
        return self._processes.get(row["process_id"]).stage(row["stage"]) if row["stage"] else None


def _json(row: sa.RowMapping, stages: _Stages, base_currency: str, now: datetime) -> Json:
    stage = stages.of(row)
    return {
        "deal": deal_json(row, base_currency),
        "client_kind": row["client_kind"],
        "age_days": (now - row["created_at"]).days,
        **_dwell(row, stage, now),
        "reasons": [reason for reason in Reason if row[reason]],
    }


def _dwell(row: sa.RowMapping, stage: Stage | None, now: datetime) -> dict[str, Any]:
    """Tell how long the deal has stood at its stage, in days: in all its visits, and in this one."""
    if stage is None or row["stage_entered_at"] is None:
        return {"dwell_days": None, "visit_days": None, "allowed_dwell_days": None}
    visit = (now - row["stage_entered_at"]).total_seconds()
    earlier = (row["dwelt"] or {}).get(stage.key, 0)
    return {
        "dwell_days": (visit + earlier) / _DAY,
        "visit_days": visit / _DAY,
        "allowed_dwell_days": stage.allowed_dwell_days,
    }
