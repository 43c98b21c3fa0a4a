"""Where each deal stands, written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.wire import encode
from services.reporting.domain.deals.history import Standing
from services.reporting.domain.period import month_of
from services.reporting.domain.spread import cell_of
from services.reporting.storage.scope import among
from services.reporting.storage.tables import deal_products, deal_states, deal_stays
from services.reporting.storage.writing import delete, insert, write

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a deal stood, None if nothing was known of it, and how it stands now."""

    deal_id: UUID
    before: Standing | None
    after: Standing
    irregular: bool

    @property
    def is_of_other_tasks(self) -> bool:
        """Whether other tasks are to be done, or those of another process, than were before."""
        return _tasks_of(self.before) != _tasks_of(self.after)


def _tasks_of(standing: Standing | None) -> str | None:
    """Give the process in which a deal's tasks are to be done; None where none are."""
    asks = standing is not None and standing.counted and standing.closed_at is None
    return standing.process_key if standing is not None and asks else None


def write_states(connection: sa.Connection, changes: Sequence[Change], zone: ZoneInfo) -> None:
    """Write how deals stand, and what they are about."""
    write(connection, deal_states, [_row(change, zone) for change in changes])
    _write_stays(connection, changes)
    about = [one for one in changes if set(one.after.products) != set(one.before.products if one.before else ())]
    forgotten = [one.deal_id for one in about if one.before is not None and one.before.products]
    if forgotten:
        connection.execute(deal_products.delete().where(among(connection, deal_products.c.deal_id, forgotten)))
    rows = [{"deal_id": one.deal_id, "product": product} for one in about for product in set(one.after.products)]
    insert(connection, deal_products, rows)


def _write_stays(connection: sa.Connection, changes: Sequence[Change]) -> None:
    rows, gone = [], []
    for change in changes:
        before, after = _stays(change.before), _stays(change.after)
        rows += [
            {"deal_id": change.deal_id, "stage": stage, "dwell": dwell, "over": over}
            for stage, (dwell, over) in after.items()
            if before.get(stage) != (dwell, over)
        ]
        gone += [(change.deal_id, stage) for stage in before if stage not in after]
    # gone: the deal goes on in another process, or facts that came late lead elsewhere
    delete(connection, [deal_stays.c.deal_id, deal_stays.c.stage], gone)
    write(connection, deal_stays, rows)


def _stays(standing: Standing | None) -> dict[str, tuple[int, bool]]:
    if standing is None:
        return {}
    return {
        stage: (spent.dwell // _MICROSECOND, stage != standing.stage or standing.closed_at is not None)
        for stage, spent in standing.stages.items()
    }


def written(probability: Decimal | None) -> str | None:
    """Write a probability without zeros at its end, so that equal ones are written alike."""
    if probability is None:
        return None
    return format(probability.normalize(), "f") if probability else "0"


def _row(change: Change, zone: ZoneInfo) -> dict[str, Any]:
    state = change.after
    cycle = state.cycle_micros
    return {
        "deal_id": change.deal_id,
        "sequence": state.sequence,
        "process_id": state.process_id,
        "process_key": state.process_key,
        "manager_id": state.manager_id,
        "partner_id": state.partner_id,
        "currency": state.currency,
        "amount_minor": state.amount_minor,
        "base_minor": state.base_minor,
        "loss_reason": state.loss_reason,
        "competitor_id": state.competitor_id,
        "expected_close_on": state.expected_close_on,
        "probability": written(state.probability),
        "outcome": state.outcome.value,
        "created_at": state.created_at,
        "closed_at": state.closed_at,
        "closed_month": month_of(state.closed_at, zone) if state.closed_at else None,
        "cycle": cycle,
        "cycle_cell": cell_of(cycle) if cycle is not None and state.counted else None,
        "stage": state.stage,
        "highest_stage": state.highest_stage,
        "highest_rank": state.highest_rank,
        "counted": state.counted,
        "irregular": change.irregular,
        "entered": encode(sorted(state.stages)).decode(),
        "stages": [
            [stage, spent.entered_at.isoformat(), spent.dwell // _MICROSECOND, spent.since and spent.since.isoformat()]
            for stage, spent in sorted(state.stages.items())
        ],
    }
