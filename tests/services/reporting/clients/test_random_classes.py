"""Any market, classified in two runs: the classes, scores and movements are those of the definitions, said slowly."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt
from statistics import pvariance
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.store.work import Caller, Work
from services.reporting.service import ReportingService
from tests.services.reporting.clients.telling import ORDER, came_back, goods, money, shipment
from tests.services.reporting.telling import Process, Teller, partner
from tests.services.reporting.world import Told, World, at

SALE = Process()
RUNNER = Actor(subject="a", role="analyst", reach="all", scopes=frozenset({"read", "classify"}))
FIRST_DAY, LAST_DAY = date(2025, 1, 1), date(2026, 7, 10)
LIMITS = Fraction(80, 100), Fraction(95, 100), Fraction(10, 100), Fraction(25, 100)


@dataclass(frozen=True)
class Purchase:
    """Goods of an order that left on a day, or came back; in cents."""

    order: UUID
    day: date
    cents: int


@dataclass(frozen=True)
class Run:
    """What a run is asked: of which day, of which days, in what parts, by what."""

    as_of: date
    first: date
    end: date
    part: str
    measure: str

    def ask(self, world: World) -> str:
        service: Any = SimpleNamespace(db=Work(world.database, Caller(actor=RUNNER)))
        asked = {
            "as_of": f"{self.as_of}T23:00:00Z", "period": {"from": str(self.first), "to": str(self.end)},
            "sub_period": self.part, "measure": self.measure,
        }  # fmt: skip
        return str(ReportingService.classify_clients(service, asked)["id"])


Market = Mapping[str, Sequence[Purchase]]


def _market(source: random.Random, clients: int) -> tuple[Market, list[Told]]:
    """Clients who bought never, once, steadily or as it came; amounts are few, so that many bring the same."""
    market: dict[str, list[Purchase]] = {}
    told = [SALE.published(at("2024-01-01"))]
    for _ in range(clients):
        who = partner()
        told.append(who)
        bought = market.setdefault(str(who.subject), [])
        days = _days(source)
        told += Teller(SALE, partner_id=who.subject).open("2024-12-01").told  # a client has a deal, whatever came of it
        for day in days:
            order, cents = new_id(ORDER), source.choice([1, 1000, 1000, 2000, 2000, 50000])
            deal = Teller(SALE, partner_id=who.subject).open("2024-12-01")
            parts = [cents] if source.random() < 0.7 else [cents, 500]
            bought += [Purchase(order, day, part) for part in parts]
            told += deal.told
            for place, part in enumerate(parts):
                lines = [goods(order, 1, "pipe", "1", _dollars(part))]
                told.append(shipment(deal.id, str(day), lines, money(_dollars(part)), sequence=1000 + place))
            if source.random() < 0.15:
                back, later = source.choice([cents, 70000]), day + timedelta(days=source.randrange(60))
                bought.append(Purchase(order, later, -back))
                lines = [goods(order, 1, "pipe", "1", _dollars(back))]
                told.append(came_back(deal.id, str(later), lines, money(_dollars(back))))
    return market, told


def _days(source: random.Random) -> list[date]:
    whole = (LAST_DAY - FIRST_DAY).days
    match source.randrange(4):
        case 0:
            return []
        case 1:
            return [FIRST_DAY + timedelta(days=source.randrange(whole))]
        case 2:  # each month, but for some
            day = source.choice([1, 5])
            return [date(2026, month, day) for month in range(1, 7) if source.random() < 0.9]
    return [FIRST_DAY + timedelta(days=source.randrange(whole)) for _ in range(source.randrange(2, 12))]


def _dollars(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def _expected(market: Market, run: Run) -> dict[str, dict[str, Any]]:
    """The row of each client, from its definition."""
    known = {who: [one for one in bought if one.day <= run.as_of] for who, bought in market.items()}
    within = {who: [one for one in bought if run.first <= one.day < run.end] for who, bought in known.items()}
    revenue = {who: sum(one.cents for one in bought) for who, bought in within.items()}
    orders = {who: len({one.order for one in bought if one.cents > 0}) for who, bought in within.items()}
    buyers = [who for who, bought in within.items() if any(one.cents > 0 for one in bought)]
    measures = {who: (revenue if run.measure == "REVENUE" else orders)[who] for who in buyers}
    ago = {
        who: (run.as_of - max(one.day for one in bought if one.cents > 0)).days if bought else None
        for who, bought in known.items()
    }
    scores = _scores({who: (ago[who] or 0, orders[who], revenue[who]) for who in buyers})
    rows = {}
    for who, bought in known.items():
        kind = _kind(len({one.order for one in bought if one.cents > 0}), ago[who])
        amounts = _amounts(bought, run)
        rows[who] = {
            "abc": _abc(measures, who),
            "kind": kind,
            "xyz": _xyz(amounts) if kind == "PERMANENT" else None,
            "scores": scores.get(who, (None, None, None)),
            "revenue": _dollars(revenue[who]),
            "orders": orders[who],
            "days_since": ago[who],
            "variation": _variation(amounts) if kind == "PERMANENT" else None,
        }
    return rows


def _kind(orders: int, ago: int | None) -> str:
    if ago is None:
        return "POTENTIAL"
    return "ONE_TIME" if orders == 1 else "LOST" if ago > 365 else "PERMANENT"


def _abc(measures: Mapping[str, int], who: str) -> str | None:
    if who not in measures:
        return None
    whole = sum(one for one in measures.values() if one > 0)
    if measures[who] <= 0:
        return "C"
    before = Fraction(sum(one for one in measures.values() if one > measures[who]), whole)
    return "A" if before < LIMITS[0] else "B" if before < LIMITS[1] else "C"


def _amounts(bought: Sequence[Purchase], run: Run) -> list[int]:
    """What the client brought in each whole part of the period since the first purchase."""
    part, found = run.first.replace(day=1), []
    step = 1 if run.part == "MONTH" else 3
    while part < run.end:
        months = part.year * 12 + part.month - 1 + step
        end = date(months // 12, months % 12 + 1, 1)
        begins_quarter = run.part == "MONTH" or part.month % 3 == 1
        if not begins_quarter:
            part = date(part.year + part.month // 12, part.month % 12 + 1, 1)
            continue
        if part >= run.first and end <= run.end and bought and part >= min(one.day for one in bought if one.cents > 0):
            found.append(sum(one.cents for one in bought if part <= one.day < end))
        part = end
    return found


def _variation(amounts: Sequence[int]) -> float | None:
    squared = _squared(amounts)
    return sqrt(squared) if squared is not None else None


def _squared(amounts: Sequence[int]) -> Fraction | None:
    if len(amounts) < 3 or sum(amounts) <= 0:
        return None
    return Fraction(pvariance([Fraction(one) for one in amounts])) / Fraction(sum(amounts), len(amounts)) ** 2


def _xyz(amounts: Sequence[int]) -> str | None:
    if len(amounts) < 3:
        return None
    squared = _squared(amounts)
    if squared is None:
        return "Z"
    return "X" if squared <= LIMITS[2] ** 2 else "Y" if squared <= LIMITS[3] ** 2 else "Z"


def _scores(of: Mapping[str, tuple[int, int, int]]) -> dict[str, tuple[int, int, int]]:
    n = len(of)
    if n >= 25:

        def quintile(better: Callable[[str, str], bool], who: str) -> int:
            return 1 + 5 * sum(better(who, other) for other in of) // n

        return {
            who: (
                quintile(lambda a, b: of[a][0] < of[b][0], who),
                quintile(lambda a, b: of[a][1] > of[b][1], who),
                quintile(lambda a, b: of[a][2] > of[b][2], who),
            )
            for who in of
        }
    whole = sum(revenue for _, _, revenue in of.values())
    found = {}
    for who, (ago, orders, revenue) in of.items():
        recency = next(score for score, most in ((5, 30), (4, 90), (3, 180), (2, 365), (1, 10**6)) if ago <= most)
        frequency = next(score for score, least in ((5, 10), (4, 5), (3, 3), (2, 2), (1, 0)) if orders >= least)
        share = Fraction(revenue * n, whole) if whole > 0 and revenue > 0 else Fraction(0)
        monetary = next(
            score for score, least in ((5, Fraction(2)), (4, Fraction(1)), (3, Fraction(1, 2)), (2, Fraction(1, 4)),
                                       (1, Fraction(0))) if share >= least
        )  # fmt: skip
        found[who] = (recency, frequency, monetary)
    return found


def _found(world: World, run_id: str) -> dict[str, dict[str, Any]]:
    nodes = world.ask("classified_clients", run_id=run_id, page={"first": 100})["nodes"]
    assert [one["place"] for one in nodes] == list(range(1, len(nodes) + 1))
    return {
        one["partner_id"]: {
            **{name: one[name] for name in ("abc", "kind", "xyz", "revenue", "orders", "days_since", "variation")},
            "scores": (one["recency_score"], one["frequency_score"], one["monetary_score"]),
        }
        for one in nodes
    }


@settings(
    max_examples=int(os.environ.get("CRM_TEST_EXAMPLES", "3")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seed=st.integers(0, 2**32),
    clients=st.integers(0, 45),
    part=st.sampled_from(["MONTH", "QUARTER"]),
    measure=st.sampled_from(["REVENUE", "ORDERS"]),
)
def test_classes_and_movements_are_those_of_their_definitions(
    world: World, seed: int, clients: int, part: str, measure: str
) -> None:
    world.forget()
    market, told = _market(random.Random(seed), clients)
    world.hear(*told)
    runs = [
        Run(date(2026, 4, 30), date(2025, 5, 1), date(2026, 5, 1), part, measure),
        Run(LAST_DAY, date(2025, 6, 15), date(2026, 7, 1), part, measure),
    ]
    ids = [run.ask(world) for run in runs]
    rows = [_expected(market, run) for run in runs]
    for run_id, expected in zip(ids, rows, strict=True):
        assert _found(world, run_id) == expected
    for dimension, name in (("ABC", "abc"), ("XYZ", "xyz"), ("KIND", "kind")):
        moves = {who: (rows[0][who][name], rows[1][who][name]) for who in market}
        found = world.ask("class_movements", run_id=ids[1], since_id=ids[0], dimension=dimension, page={"first": 100})
        assert {(one["before"], one["after"]): one["clients"] for one in found["matrix"]} == Counter(moves.values())
        assert {one["partner_id"]: (one["before"], one["after"]) for one in found["nodes"]} == {
            who: move for who, move in moves.items() if move[0] != move[1]
        }
