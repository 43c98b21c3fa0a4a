"""Where each deal stands, written down, and read again to go on from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.wire import encode
from services.reporting.domain.deals.history import Fact, Outcome, StageRecord, Standing, follows
from services.reporting.domain.managers.tasks import DealOfTasks, deal_of_tasks
from services.reporting.domain.period import month_of
from services.reporting.domain.spread import cell_of
from services.reporting.storage.scope import among, among_given, given
from services.reporting.storage.tables import deal_products, deal_states
from services.reporting.storage.writing import insert, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """How a deal stood after all that was known of it, and when the newest of its facts happened and became known.

    Of one that does not count it is not told whether it was voided or merged.
    """

    standing: Standing
    occurred_at: datetime
    recorded_at: datetime
    irregular: bool
    counted: bool

    def goes_on_with(self, facts: Sequence[Fact]) -> bool:
        """Tell whether facts in their order follow all that are known, and how the deal stands follows from both alone."""
        return (
            not self.irregular
            and self.counted
            and facts[0].sequence > self.standing.sequence
            and follows(facts[0], occurred_at=self.occurred_at, recorded_at=self.recorded_at)
            and all(
                follows(later, occurred_at=earlier.occurred_at, recorded_at=earlier.recorded_at)
                for earlier, later in pairwise(facts)
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a deal stood, None if nothing was known of it, and how it stands now, after the newest of its facts."""

    deal_id: UUID
    before: Standing | None
    after: Standing
    newest: Fact
    irregular: bool

    @property
    def tasks_before(self) -> DealOfTasks | None:
        """What its tasks counted for by it."""
        return deal_of_tasks(self.before)

    @property
    def tasks_now(self) -> DealOfTasks | None:
        """The same as the deal stands now."""
        return deal_of_tasks(self.after)


def write_states(connection: sa.Connection, changes: Sequence[Change], zone: ZoneInfo) -> None:
    """Write how deals stand, and what they are about."""
    write(connection, deal_states, [_row(change, zone) for change in changes])
    about = [one for one in changes if set(one.after.products) != set(one.before.products if one.before else ())]
    forgotten = [one.deal_id for one in about if one.before is not None and one.before.products]
    if forgotten:
        connection.execute(deal_products.delete().where(among(connection, deal_products.c.deal_id, forgotten)))
    rows = [{"deal_id": one.deal_id, "product": product} for one in about for product in set(one.after.products)]
    insert(connection, deal_products, rows)


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
        "occurred_at": change.newest.occurred_at,
        "recorded_at": change.newest.recorded_at,
        "process_id": state.process_id,
        "process_key": state.process_key,
        "manager_id": state.manager_id,
        "partner_id": state.partner_id,
        "currency": state.currency,
        "amount_minor": state.amount_minor,
        "base_minor": state.base_minor,
        "loss_reason": state.loss_reason,
        "competitor_id": state.competitor_id,
        "planned_start_on": state.planned_start_on,
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
        "products": state.products,
        "dwelling_since": state.dwelling_since,
        "dwelt": state.dwelt,
        "active_at": state.active_at,
        "held": state.held,
        "touched": state.touched,
        "counted": state.counted,
        "irregular": change.irregular,
        "entered": encode(sorted(state.stages)).decode(),
        "stages": [
            [
                stage,
                spent.entered_at.isoformat(),
                spent.dwell_micros,
                spent.since and spent.since.isoformat(),
                spent.over,
            ]
            for stage, spent in sorted(state.stages.items())
        ],
    }


def read_states(connection: sa.Connection, deal_ids: Collection[UUID]) -> dict[UUID, Stood]:
    """Read how deals stood; of one that is not there nothing is known."""
    rows = connection.execute(_select_states(connection.dialect.name), {"ids": given(connection, deal_ids)})
    return {row[0]: _stood(row) for row in rows}


@cache  # every batch asks this
def _select_states(dialect: str) -> sa.Select[Any]:
    d = deal_states.c
    return sa.select(
        d.deal_id, d.sequence, d.occurred_at, d.recorded_at, d.irregular, d.process_id, d.process_key, d.created_at,
        d.outcome, d.closed_at, d.stage, d.highest_stage, d.highest_rank, d.manager_id, d.partner_id, d.currency,
        d.amount_minor, d.base_minor, d.products, d.loss_reason, d.competitor_id, d.expected_close_on, d.probability,
        d.held, d.stages, d.planned_start_on, d.active_at, d.touched, d.counted,
    ).where(among_given(dialect, d.deal_id))  # fmt: skip


def _stood(row: Sequence[Any]) -> Stood:
    standing = Standing(
        sequence=row[1], process_id=row[5], process_key=row[6], created_at=row[7], outcome=Outcome(row[8]),
        closed_at=row[9], stage=row[10], highest_stage=row[11], highest_rank=row[12], manager_id=row[13],
        partner_id=row[14], currency=row[15], amount_minor=row[16], base_minor=row[17], products=tuple(row[18]),
        loss_reason=row[19], competitor_id=row[20], expected_close_on=row[21],
        probability=Decimal(row[22]) if row[22] is not None else None, held=row[23],
        stages={
            stage: StageRecord(
                entered_at=datetime.fromisoformat(entered_at),
                dwell=timedelta(microseconds=dwell),
                since=datetime.fromisoformat(since) if since is not None else None,
                over=over,
            )
            for stage, entered_at, dwell, since, over in row[24]
        },
        planned_start_on=row[25], active_at=row[26], touched=row[27],
    )  # fmt: skip
    return Stood(standing=standing, occurred_at=row[2], recorded_at=row[3], irregular=row[4], counted=row[28])
