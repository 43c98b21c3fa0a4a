"""The way between a deal and its row."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from chassis.money import Money
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
from services.deals.domain.dwell import Dwell
from services.deals.domain.exchange_rate import Rates
from services.deals.domain.external_ref import ExternalRef
from services.deals.domain.probability import text_of
from services.deals.domain.process import Process
from services.deals.domain.standing import Hold
from services.deals.domain.transition import Outcome, Transition

_MONEY = frozenset({"amount_minor", "currency", "base_minor", "valued_at"})


def deal_row(deal: Deal) -> dict[str, Any]:
    """Give a deal as its row, but for the number and the time of recording, which are given at the insert."""
    amount, ref, hold, dwell = deal.amount, deal.external_ref, deal.hold, deal.dwell
    return {
        "id": deal.id,
        "version": deal.version,
        "process_id": deal.process.id,
        "title": deal.title,
        "search_text": deal.title.casefold(),
        "stage": deal.stage.key if deal.stage else None,
        "highest_rank": deal.highest_rank,
        "outcome": deal.outcome.value,
        "partner_id": deal.partner_id,
        "manager_id": deal.manager_id,
        "amount_minor": amount.money.minor if amount else None,
        "currency": amount.money.currency if amount else None,
        "base_minor": amount.base.minor if amount and amount.base else None,
        "valued_at": deal.valued_at,
        "products": list(deal.products),
        "expected_close_on": deal.expected_close_on,
        "planned_start_on": deal.planned_start_on,
        "probability": text_of(deal.probability) if deal.probability is not None else None,
        "stage_entered_at": dwell.since,
        "dwelt": dict(dwell.earlier),
        "dwell_until": dwell.exceeded_at(deal.stage.allowed_dwell_days if deal.stage else None),
        "created_at": deal.created_at,
        "closed_at": deal.closed_at,
        "last_fact_at": deal.last_fact_at,
        "loss_reason": deal.loss_reason,
        "competitor_id": deal.competitor_id,
        "shipped": deal.shipped,
        "held_since": hold.since if hold else None,
        "held_until": hold.until if hold else None,
        "voided_at": deal.voided_at,
        "merged_into_id": deal.merged_into_id,
        "external_system": ref.system if ref else None,
        "external_id": ref.id if ref else None,
    }


def deal_of(row: sa.Row[Any], process: Process, base_currency: str, rates: Rates) -> Deal:
    """Make the deal that a row of the table `deals` stands for."""
    return Deal(
        id=row.id,
        number=row.number,
        version=row.version,
        process=process,
        title=row.title,
        stage=process.stage(row.stage) if row.stage else None,
        highest_rank=row.highest_rank,
        outcome=Outcome(row.outcome),
        partner_id=row.partner_id,
        manager_id=row.manager_id,
        amount=amount_of(row.amount_minor, row.currency, row.base_minor, base_currency),
        valued_at=row.valued_at,
        rates=rates,
        products=tuple(row.products),
        expected_close_on=row.expected_close_on,
        planned_start_on=row.planned_start_on,
        probability=Decimal(row.probability) if row.probability is not None else None,
        stood=Dwell(
            stage=row.stage if row.stage_entered_at else None,
            since=row.stage_entered_at,
            earlier=row.dwelt or {},
            held=row.held_since,
        ),
        created_at=row.created_at,
        closed_at=row.closed_at,
        last_fact_at=row.last_fact_at,
        loss_reason=row.loss_reason,
        competitor_id=row.competitor_id,
        shipped=row.shipped,
        hold=Hold(since=row.held_since, until=row.held_until) if row.held_since else None,
        voided_at=row.voided_at,
        merged_into_id=row.merged_into_id,
        external_ref=ExternalRef(system=row.external_system, id=row.external_id) if row.external_system else None,
    )


def amount_of(minor: int | None, currency: str | None, base_minor: int | None, base_currency: str) -> Amount | None:
    """Make the amount that a row holds."""
    if minor is None or currency is None:
        return None
    base = Money(minor=base_minor, currency=base_currency) if base_minor is not None else None
    return Amount(money=Money(minor=minor, currency=currency), base=base)


def audit_state(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a deal's row as the audit compares it: the columns of its money as one amount."""
    state = {name: row[name] for name in row if name not in _MONEY}
    minor, currency = row["amount_minor"], row["currency"]
    state["amount"] = None if minor is None else Money(minor=minor, currency=currency).to_json()
    return state


def transition_row(transition: Transition) -> dict[str, Any]:
    """Give a transition as its row, but for when and by whom it was recorded."""
    before, after, previous = transition.from_stage, transition.to_stage, transition.previous_outcome
    return {
        "id": transition.id,
        "deal_id": transition.deal_id,
        "sequence": transition.sequence,
        "kind": transition.kind.value,
        "from_stage": before.key if before else None,
        "to_stage": after.key if after else None,
        "from_rank": before.rank if before else None,
        "to_rank": after.rank if after else None,
        "previous_outcome": previous.value if previous else None,
        "reason": transition.reason,
        "competitor_id": transition.competitor_id,
        "from_process_id": transition.from_process.id if transition.from_process else None,
        "to_process_id": transition.to_process.id if transition.to_process else None,
        "occurred_at": transition.occurred_at,
    }
