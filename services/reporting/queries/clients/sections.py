"""The parts of a client's profile, in the shape of the wire; what they mean is said in domain.clients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.store.database import Reading
from services.reporting.domain.claims.satisfaction import Satisfaction, satisfaction_rows
from services.reporting.domain.clients import punctuality as obligations
from services.reporting.domain.clients.drift import Spend, drift, spend
from services.reporting.domain.clients.potential import pipeline
from services.reporting.domain.clients.reactions import ProposalKind, Reaction, SentVersion
from services.reporting.domain.clients.reactions import reactions as counted_reactions
from services.reporting.domain.clients.sales import Sale, half_up, realised, sales_of
from services.reporting.domain.period import Period, month_of
from services.reporting.queries.report import Days
from services.reporting.storage.claims.satisfaction import answers, requests
from services.reporting.storage.clients.deals import Sold
from services.reporting.storage.clients.documents import (
    goods_of,
    obligations_of,
    of_all,
    paid,
    supplies_of,
    versions_of,
)
from services.reporting.storage.clients.wishes import interests, preferred
from services.reporting.storage.copies import stage_probabilities
from services.reporting.storage.rates import DatedRates
from services.reporting.storage.scope import Moment, Scope

Money = Callable[[int], str]

_ALWAYS = (("CLIENT", "PAYMENT"), ("US", "SHIPMENT"), ("CLIENT", "DOCUMENTS"))
_MICRO = 6  # decimal digits of a quantity


def sales(reading: Reading, moment: Moment, sold: Sequence[Sold], rates: DatedRates) -> list[Sale]:
    """Give all that was sold in deals by a moment."""
    ids = [deal_id for one in sold for deal_id in one.deal_ids]
    goods = goods_of(reading.connection, moment, ids, rates)
    supplies = supplies_of(reading.connection, moment, ids, rates)
    return [
        sale
        for one in sold
        for sale in sales_of(one.survivor, of_all(goods, one.deal_ids), of_all(supplies, one.deal_ids))
    ]


def reactions(connection: sa.Connection, moment: Moment, deal_ids: Collection[UUID], period: Period) -> dict[str, Any]:
    """Count reactions to what was sent in a period."""
    rows = connection.execute(versions_of(connection, moment, deal_ids))
    figures = counted_reactions(
        SentVersion(
            kind=ProposalKind(row.kind), response=row.response, sent_at=row.sent_at, responded_at=row.occurred_at
        )
        for row in rows
        if row.sent_at in period
    )
    return {
        "sent": figures.sent,
        **{name.value.lower(): figures.counts[name] for name in Reaction},
        "acceptance": figures.acceptance.to_json(),
        "answered": len(figures.latencies),
        "median_latency_days": figures.median_latency_days,
    }


def satisfaction(reading: Reading, moment: Moment, family: frozenset[UUID], period: Period) -> dict[str, Any]:
    """Tell how satisfied a client is by the answers of a period, and from month to month."""
    asked = reading.connection, Scope(moment=moment, partners=family), moment, period
    given = list(answers(*asked))
    whole = satisfaction_rows(((None, one) for one in given), ((None, one) for one in requests(*asked)))
    months = satisfaction_rows(((month_of(one.answered_at, reading.enterprise.zone), one) for one in given), ())
    (total,) = whole or [Satisfaction(key=None)]
    return {
        **_scores(total),
        "response_rate": total.response_rate.to_json(),
        "trend": [{"month": month.key, **_scores(month)} for month in months],
    }


def _scores(row: Satisfaction) -> dict[str, Any]:
    return {"csat": row.csat.to_json(), "nps": row.nps.to_json()}


def preferences(
    connection: sa.Connection, family: Collection[UUID], on: date, known_at: datetime | None
) -> list[dict[str, Any]]:
    """Give what holds on a day."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "value": one.key,
            "weight": _decimal(one.weight, 4) if one.weight is not None else "1",
            "source": one.source,
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
        }
        for one in preferred(connection, family, on, known_at)
    ]


def drift_between(sales: Sequence[Sale], earlier: Days, later: Days, zone: ZoneInfo, money: Money) -> dict[str, Any]:
    """Tell how far spend has moved between two periods."""
    spends = [
        (days, spend(sale for sale in sales if sale.at in within))
        for days, within in ((days, Period.of_days(days.first, days.to, zone)) for days in (earlier, later))
    ]
    (_, before), (_, after) = spends
    moved = drift(before, after)
    return {
        "value": float(moved) if moved is not None else None,
        "earlier": _spend(*spends[0], money),
        "later": _spend(*spends[1], money),
    }


def _spend(days: Days, spent: Spend, money: Money) -> dict[str, Any]:
    return {
        "from": days.first,
        "to": days.to,
        "amount": money(spent.total),
        "apart": money(spent.apart),
        "unconverted": spent.unconverted,
        "categories": [
            {"category": category, "amount": money(amount), "share": _in_money(*_pair(spent, category), money)}
            for category, amount in spent.by_category.items()
        ],
    }


def _pair(spent: Spend, category: str) -> tuple[Fraction, Fraction]:
    share = spent.share(category)
    return Fraction(share.numerator), Fraction(share.denominator)


def punctuality_of(
    connection: sa.Connection,
    moment: Moment,
    deal_ids: Collection[UUID],
    days: Days,
    today: date,
    grace: int,
    money: Money,
    rates: DatedRates,
) -> list[dict[str, Any]]:
    """Tell how exactly obligations are met, apart by who owes what; those of payment, shipment and papers always."""
    owed: dict[tuple[str, str], list[obligations.Owed]] = defaultdict(list)
    for (debtor, kind), facts in obligations_of(connection, moment, deal_ids, rates):
        one = obligations.owed(facts, by_size=kind == "DOCUMENTS")
        if one is not None:
            owed[debtor, kind].append(one)
    parts = []
    for debtor, kind in (*_ALWAYS, *sorted(owed.keys() - set(_ALWAYS))):
        figures = obligations.punctuality(owed[debtor, kind], first=days.first, end=days.to, today=today, grace=grace)
        unit = (lambda size: _decimal(size, _MICRO)) if kind == "DOCUMENTS" else money
        parts.append(
            {
                "debtor": debtor,
                "kind": kind,
                "obligations": figures.obligations,
                "on_time": _in_money(figures.on_time, Fraction(figures.due), unit),
                "days_late": _in_money(figures.late, Fraction(figures.due), unit),
                "overdue": figures.overdue,
                "overdue_amount": unit(half_up(figures.overdue_amount)),
                "unconverted": figures.unconverted,
            }
        )
    return parts


def realised_of(
    reading: Reading,
    moment: Moment,
    deal_ids: Collection[UUID],
    sales: Sequence[Sale],
    period: Period,
    money: Money,
    rates: DatedRates,
) -> dict[str, Any]:
    """Tell what was earned in a period, and what was paid by the moment."""
    total = realised(sale for sale in sales if sale.at in period)
    received, unconverted = paid(reading.connection, moment, deal_ids, rates)
    return {
        "revenue": money(total.revenue),
        "orders": total.orders,
        "unconverted": total.unconverted,
        "margin": money(total.margin) if total.margin is not None else None,
        "margin_rate": _in_money(Fraction(total.costed - total.cost), Fraction(total.costed), money),
        "cost_known": _in_money(Fraction(total.costed), Fraction(total.revenue), money),
        "paid": money(received),
        "paid_unconverted": unconverted,
    }


def potential_of(
    reading: Reading, moment: Moment, family: Collection[UUID], sold: Sequence[Sold], money: Money
) -> dict[str, Any]:
    """Tell what may come, as of the moment."""
    deals = [one.survivor for one in sold]
    total = pipeline(deals, stage_probabilities(reading.connection, {deal.process_id for deal in deals}))
    asked = [one for one in interests(reading.connection, family, moment) if one.status != "MET"]
    base = reading.enterprise.base_currency
    return {
        "open_deals": total.deals,
        "open_amount": money(total.amount),
        "weighted_amount": money(half_up(total.weighted)),
        "unconverted": total.unconverted,
        "without_amount": total.without_amount,
        "without_probability": total.without_probability,
        "demand_open": sum(one.status == "OPEN" for one in asked),
        "demand_unmet": sum(one.status == "UNMET" for one in asked),
        "demand_amount": money(sum(one.amount_minor or 0 for one in asked if one.currency == base)),
        "demand_unconverted": sum(one.currency not in (None, base) for one in asked),
    }


def _in_money(numerator: Fraction, denominator: Fraction, money: Money) -> dict[str, Any]:
    """Give a ratio of sums: exact as a number, its parts rounded half up to the smallest unit."""
    return {
        "value": float(numerator / denominator) if denominator else None,
        "numerator": money(half_up(numerator)),
        "denominator": money(half_up(denominator)),
    }


def _decimal(value: int, digits: int) -> str:
    sign, digits_of = "-" if value < 0 else "", f"{abs(value):0{digits + 1}}"
    text = f"{digits_of[:-digits]}.{digits_of[-digits:]}".rstrip("0").rstrip(".")
    return sign + text
