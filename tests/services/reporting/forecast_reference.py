"""The forecast once more, plain and slow, written from its definition: one deal at a time, in exact fractions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.services.reporting.reference import Deal, within
from tests.services.reporting.telling import Process

Key = Callable[[Deal], str | None]


def stage_of(deal: Deal) -> str:
    return deal.stages[-1][0]


def by_stage(deal: Deal, processes: Sequence[Process]) -> Fraction | None:
    """The deal's own probability, else its stage's: all stages of the tests have a half."""
    own = deal.last["probability"]
    return Fraction(own) if own is not None else Fraction(1, 2)


def learned(deal: Deal, deals: Sequence[Deal], least: int) -> Fraction | None:
    """The mean of the frequencies, each among closed deals that are like this one in one thing."""
    closed = [one for one in deals if one.outcome != "IN_PROGRESS"]
    alike = [
        [one for one in closed if one.last["process_key"] == deal.last["process_key"]],
        [one for one in closed if stage_of(deal) in {stage for stage, _ in one.stages}],
        [one for one in closed if deal.manager is not None and one.manager == deal.manager],
        [one for one in closed if deal.last["partner_id"] and one.last["partner_id"] == deal.last["partner_id"]],
    ]
    found = [Fraction(sum(one.outcome == "WON" for one in group), len(group)) for group in alike if len(group) >= least]
    return sum(found, Fraction(0)) / len(found) if found else None


def forecast(
    deals: Sequence[Deal],
    chance: Callable[[Deal], Fraction | None],
    period: dict[str, str] | None,
    now: datetime,
    zone: ZoneInfo,
    key: Key,
) -> list[dict[str, Any]]:
    """A row for each key; what has none comes last."""
    of: dict[str | None, list[tuple[str, Deal]]] = {}
    for deal in deals:
        for part in _parts(deal, period, zone):
            of.setdefault(key(deal), []).append((part, deal))
    keys = sorted(of, key=lambda one: (one is None, one or ""))
    return [_row(one, of[one], chance, now.astimezone(zone).date()) for one in keys]


def _parts(deal: Deal, period: dict[str, str] | None, zone: ZoneInfo) -> list[str]:
    """In which ways a deal is part of a forecast."""
    if deal.end is not None:
        return ["won"] if deal.outcome == "WON" and within(deal.end.occurred_at, period, zone) else []
    day = deal.last["expected_close_on"]
    if day is None:
        return ["undated"] + ([] if period else ["open"])
    bounds = {name: date.fromisoformat(text) for name, text in (period or {}).items()}
    return ["open"] if bounds.get("from", day) <= day and (day < bounds["to"] if "to" in bounds else True) else []


def _row(
    key: str | None, parts: list[tuple[str, Deal]], chance: Callable[[Deal], Fraction | None], today: date
) -> dict[str, Any]:
    won = [deal for part, deal in parts if part == "won"]
    pending = [deal for part, deal in parts if part == "open"]
    valued = [deal for deal in pending if deal.last["amount"] and not deal.is_unconverted]
    weighted = sum((deal.base * (chance(deal) or 0) for deal in valued), Fraction(0))
    cents = Decimal((weighted * 100).numerator) / Decimal((weighted * 100).denominator)
    rounded = cents.quantize(Decimal(1), rounding=ROUND_HALF_UP) / 100
    won_amount = sum((deal.base for deal in won), Fraction(0))
    return {
        "key": key,
        "won": len(won),
        "won_amount": _money(won_amount),
        "open": len(pending),
        "open_amount": _money(sum((deal.base for deal in pending), Fraction(0))),
        "weighted_amount": f"{rounded:.2f}",
        "forecast_amount": _money(won_amount + Fraction(rounded)),
        "overdue": sum((deal.last["expected_close_on"] or today) < today for deal in pending),
        "without_amount": sum(deal.last["amount"] is None for deal in pending),
        "without_probability": sum(chance(deal) is None for deal in valued),
        "without_close_date": sum(part == "undated" for part, _ in parts),
        "unconverted": sum(deal.is_unconverted for deal in [*won, *pending]),
    }


def _money(amount: Fraction) -> str:
    return f"{Decimal(amount.numerator) / Decimal(amount.denominator):.2f}"
