"""Classify clients: a run, kept with its parameters and all its rows, which never change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json, plain
from services.reporting.domain.clients.classes import Bought, ClientKind, abc, kind_of, rfm, variation_squared, xyz
from services.reporting.domain.clients.sub_periods import SubPeriod, whole_ones
from services.reporting.domain.kinds import CLASSIFICATION_RUN
from services.reporting.queries.clients.run_view import run_json
from services.reporting.queries.report import Days, require_past
from services.reporting.storage.clients.totals import Totals, Window, totals_of_clients
from services.reporting.storage.rates import DatedRates
from services.reporting.storage.scope import Moment
from services.reporting.storage.tables import classification_runs, classified_clients
from services.reporting.storage.writing import keep_all

_LONGEST = 3660  # days
_AT_ONCE = 1000
_EARLIEST = date(1900, 1, 1)
_LATEST = date(9000, 1, 1)
Percent = Annotated[Decimal, Field(gt=0, le=1000, max_digits=12, decimal_places=6)]


class Measure(StrEnum):
    """What ABC is by: net revenue, margin where costs are known, or the number of sales, which are orders."""

    REVENUE = "REVENUE"
    MARGIN = "MARGIN"
    ORDERS = "ORDERS"


@dataclass(frozen=True, kw_only=True)
class ClassifyClients:
    """Ask for a run: by the twelve whole months before the moment, unless a period is given.

    Limits are in percent. Clients with several orders and none for more than `lost_after_days` are lost.
    """

    measure: Measure = Measure.REVENUE
    period: Days | None = None
    as_of: AwareDatetime | None = None
    known_at: AwareDatetime | None = None
    a_share: Percent = Decimal(80)
    b_share: Percent = Decimal(95)
    x_limit: Percent = Decimal(10)
    y_limit: Percent = Decimal(25)
    sub_period: SubPeriod = SubPeriod.MONTH
    lost_after_days: Annotated[int, Field(ge=1, le=36500)] = 365


def classify_clients(command: ClassifyClients, tx: Transaction, actor: Actor) -> Json:
    """Classify all clients with a deal, and answer the run."""
    return plain(run_json(classify(command, tx, scheduled=False)))


def classify(command: ClassifyClients, tx: Transaction, *, scheduled: bool) -> dict[str, Any]:
    """Make a run and give its row; raise Refused for a period or limits that make none."""
    as_of = command.as_of or tx.now
    today = _checked(command, as_of, tx)
    first, end = _period(command.period, today)
    window = Window(first=first, end=end, sub_period=command.sub_period, zone=tx.enterprise.zone)
    moment = Moment(as_of=as_of, known_at=command.known_at)
    live = command.as_of is None and command.known_at is None
    rates = DatedRates(tx.connection, tx.enterprise, moment.known_at)
    totals = totals_of_clients(tx.connection, moment, window, rates, live=live)
    run = {
        "id": new_id(CLASSIFICATION_RUN),
        "as_of": as_of,
        "known_at": command.known_at or tx.now,
        "recorded_at": tx.now,
        "scheduled": scheduled,
        "first_day": first,
        "end_day": end,
        "parameters": plain(
            {name: getattr(command, name) for name in (
                "measure", "a_share", "b_share", "x_limit", "y_limit", "sub_period", "lost_after_days",
            )}
        ),
        "clients": len(totals),
    }  # fmt: skip
    tx.connection.execute(classification_runs.insert(), run)
    rows = iter(_rows(command, run["id"], totals, today, whole_ones(first, end, command.sub_period)))
    while batch := list(islice(rows, _AT_ONCE)):
        keep_all(tx.connection, classified_clients, batch)
    return run


def _checked(command: ClassifyClients, as_of: datetime, tx: Transaction) -> date:
    require_past(command.as_of, command.known_at, tx.now)
    if not command.a_share < command.b_share <= 100:
        raise refuse("INVALID", "aShare is less than bShare, and that is 100 at most", "aShare")
    if command.x_limit >= command.y_limit:
        raise refuse("INVALID", "xLimit is less than yLimit", "xLimit")
    return day_of(as_of, tx.enterprise.zone)


def _period(days: Days | None, today: date) -> tuple[date, date]:
    if days is None or (days.first is None and days.to is None):
        end = today.replace(day=1)
        return end.replace(year=end.year - 1), end
    if days.first is None or days.to is None:
        raise refuse("INVALID_PERIOD", "a run needs both ends of its period; give from and to, or neither", "period")
    if not _EARLIEST <= days.first < days.to <= _LATEST:
        raise refuse("INVALID_PERIOD", "the period begins in 1900 or later, and before it ends", "period")
    if days.to - days.first > timedelta(days=_LONGEST):
        raise refuse("INVALID_PERIOD", f"a run is about {_LONGEST} days at most; give a shorter period", "period")
    return days.first, days.to


def _rows(command: ClassifyClients, run_id: UUID, totals: dict[UUID, Totals], today: date, whole: list[date]) -> Any:
    measures = {id: measure for id, one in totals.items() if (measure := _measure(command.measure, one)) is not None}
    classes = abc(measures, _share(command.a_share), _share(command.b_share))
    scores = rfm(
        {
            id: Bought(recency=_days_since(one, today) or 0, frequency=one.orders, monetary=one.revenue)
            for id, one in totals.items()
            if one.sales
        }
    )
    order = sorted(totals, key=lambda id: (id not in measures, -measures.get(id, 0), id))
    for place, id in enumerate(order, 1):
        one = totals[id]
        kind = kind_of(one.orders_ever, _days_since(one, today), command.lost_after_days)
        since = [begins for begins in whole if one.first is not None and begins >= one.first]
        amounts = [one.by_sub_period.get(begins, 0) for begins in since]
        steady = kind is ClientKind.PERMANENT
        squared = variation_squared(amounts) if steady else None
        recency, frequency, monetary = scores.get(id, (None, None, None))
        yield {
            "run_id": run_id,
            "partner_id": id,
            "place": place,
            "kind": kind.value,
            "abc": classes.get(id),
            "xyz": xyz(amounts, _share(command.x_limit), _share(command.y_limit)) if steady else None,
            "recency_score": recency,
            "frequency_score": frequency,
            "monetary_score": monetary,
            "revenue": one.revenue,
            "margin": one.margin if one.costs_known else None,
            "orders": one.orders,
            "unconverted": one.unconverted,
            "days_since": _days_since(one, today),
            "sub_periods": len(since),
            "variation": math.sqrt(squared) if squared is not None else None,
        }


def _measure(measure: Measure, one: Totals) -> int | None:
    """Give what a client is classified by; None for who bought nothing in the period, or whose margin is not known."""
    if not one.sales:
        return None
    match measure:
        case Measure.REVENUE:
            return one.revenue
        case Measure.MARGIN:
            return one.margin if one.costs_known else None
        case Measure.ORDERS:
            return one.orders


def _days_since(one: Totals, today: date) -> int | None:
    return (today - one.last).days if one.last is not None else None


def _share(percent: Decimal) -> Fraction:
    return Fraction(percent) / 100
