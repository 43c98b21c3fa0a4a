"""Writing down what was heard of a deal: a fact more, and where the deal stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.store.database import Transaction
from chassis.wire import encode
from services.reporting.domain.deals.history import Fact, Kind, Standing, fold
from services.reporting.domain.period import month_of
from services.reporting.storage.tables import deal_facts, deal_products, deal_states

_MICROSECOND = timedelta(microseconds=1)
FACT_COLUMNS = (
    deal_facts.c.sequence, deal_facts.c.kind, deal_facts.c.occurred_at, deal_facts.c.process_id,
    deal_facts.c.process_key, deal_facts.c.stage, deal_facts.c.rank, deal_facts.c.manager_id, deal_facts.c.partner_id,
    deal_facts.c.currency, deal_facts.c.amount_minor, deal_facts.c.base_minor, deal_facts.c.products,
    deal_facts.c.loss_reason, deal_facts.c.competitor_id, deal_facts.c.highest_stage, deal_facts.c.highest_rank,
)  # fmt: skip

_OF_DEAL = sa.select(*FACT_COLUMNS).where(deal_facts.c.deal_id == sa.bindparam("deal"))
_CHANGE_STATE = deal_states.update().where(deal_states.c.deal_id == sa.bindparam("deal"))
_ADD_FACT = deal_facts.insert()
_ADD_STATE = deal_states.insert()
_ADD_PRODUCTS = deal_products.insert()
_FORGET_PRODUCTS = deal_products.delete().where(deal_products.c.deal_id == sa.bindparam("deal"))
_ALONE = sa.select(sa.func.pg_advisory_xact_lock(sa.bindparam("lock", type_=sa.BigInteger)))


def fact_of(row: Sequence[Any]) -> Fact:
    """Read a fact from a row that begins with FACT_COLUMNS."""
    return Fact(
        sequence=row[0], kind=Kind(row[1]), occurred_at=row[2], process_id=row[3], process_key=row[4],
        stage=row[5], rank=row[6], manager_id=row[7], partner_id=row[8], currency=row[9], amount_minor=row[10],
        base_minor=row[11], products=tuple(row[12]), loss_reason=row[13], competitor_id=row[14],
        highest_stage=row[15], highest_rank=row[16],
    )  # fmt: skip


def record(tx: Transaction, deal_id: UUID, fact: Fact, recorded_at: datetime) -> None:
    """Keep a fact and bring its deal's projections up to it; a fact that is there already changes nothing.

    The projections are worked out of all facts of the deal, so that the order in which facts come makes no difference.
    """
    connection = tx.connection
    if connection.dialect.name == "postgresql":
        # a retried event may run beside the batches: neither would see the other's fact
        connection.execute(_ALONE, {"lock": deal_id.int & 0x7FFF_FFFF_FFFF_FFFF})
    facts = [fact_of(row) for row in connection.execute(_OF_DEAL, {"deal": deal_id})]
    if any(known.sequence == fact.sequence for known in facts):
        return
    connection.execute(_ADD_FACT, _fact_row(deal_id, fact, recorded_at))
    before = fold(facts) if facts else None
    after = fold([*facts, fact])
    _write_state(connection, deal_id, before, after, tx.enterprise.zone)
    _write_products(connection, deal_id, before, after)


def _fact_row(deal_id: UUID, fact: Fact, recorded_at: datetime) -> dict[str, Any]:
    return {
        "deal_id": deal_id,
        "sequence": fact.sequence,
        "kind": fact.kind.value,
        "occurred_at": fact.occurred_at,
        "recorded_at": recorded_at,
        "process_id": fact.process_id,
        "process_key": fact.process_key,
        "manager_id": fact.manager_id,
        "partner_id": fact.partner_id,
        "currency": fact.currency,
        "amount_minor": fact.amount_minor,
        "base_minor": fact.base_minor,
        "loss_reason": fact.loss_reason,
        "competitor_id": fact.competitor_id,
        "stage": fact.stage,
        "rank": fact.rank,
        "highest_stage": fact.highest_stage,
        "highest_rank": fact.highest_rank,
        "products": fact.products,
    }


def _state_row(state: Standing, zone: ZoneInfo) -> dict[str, Any]:
    cycle = state.cycle
    return {
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
        "outcome": state.outcome.value,
        "created_at": state.created_at,
        "closed_at": state.closed_at,
        "closed_month": month_of(state.closed_at, zone) if state.closed_at else None,
        "cycle": cycle // _MICROSECOND if cycle is not None else None,
        "stage": state.stage,
        "highest_stage": state.highest_stage,
        "highest_rank": state.highest_rank,
        "counted": state.counted,
        "entered": encode(sorted(state.stages)).decode(),
        "stages": [
            [stage, spent.entered_at.isoformat(), spent.dwell // _MICROSECOND, spent.since and spent.since.isoformat()]
            for stage, spent in sorted(state.stages.items())
        ],
    }


def _write_state(
    connection: sa.Connection, deal_id: UUID, before: Standing | None, after: Standing, zone: ZoneInfo
) -> None:
    row: Mapping[str, Any] = _state_row(after, zone)
    if before is None:
        connection.execute(_ADD_STATE, {"deal_id": deal_id, **row})
    else:
        connection.execute(_CHANGE_STATE, {"deal": deal_id, **row})


def _write_products(connection: sa.Connection, deal_id: UUID, before: Standing | None, after: Standing) -> None:
    known = set(before.products) if before else set()
    products = set(after.products)
    if products == known:
        return
    if known:
        connection.execute(_FORGET_PRODUCTS, {"deal": deal_id})
    if products:
        connection.execute(_ADD_PRODUCTS, [{"deal_id": deal_id, "product": p} for p in sorted(products)])
