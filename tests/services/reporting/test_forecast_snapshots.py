"""Snapshots of forecasts, and how good they turned out to be."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.actor import Actor
from chassis.business_calendar import BusinessCalendar
from chassis.clock import utc_now
from chassis.errors import Forbidden, Refused
from chassis.ids import new_id
from chassis.store.timers import Due
from chassis.store.work import Caller, Work
from chassis.wire import Json, plain
from services.reporting.domain.forecasts.accuracy import Compared, Foretold, accuracy_of_all, calibration
from services.reporting.due.take_snapshots import TAKE_SNAPSHOTS, next_business_day, quarter_of_day, take_snapshots
from services.reporting.service import ReportingService
from tests.services.reporting.telling import Process, Teller, manager, usd
from tests.services.reporting.world import Told, World, at

SALE = Process()
ANN, BOB = manager(), manager()
CHIEF = Actor(subject="chief", role="head_of_sales", reach="all", scopes=frozenset({"read", "write"}))


def _take(world: World, actor: Actor = CHIEF, **command: Any) -> Json:
    service = SimpleNamespace(db=Work(world.database, Caller(actor=actor)))
    return ReportingService.take_forecast_snapshot(service, plain(command))  # type: ignore[arg-type]


def _rate(rate: str, on: date, currency: str = "EUR") -> Told:
    rate_id = new_id(0x240)
    data = {"rate_id": rate_id, "currency": currency, "base_currency": "USD", "rate_on": on, "rate": Decimal(rate)}
    return Told(
        source="deals", type="exchange_rate.registered", subject=rate_id, sequence=1, occurred_at=at("2020-01-01"),
        recorded_at=at("2020-01-01"), data=data,
    )  # fmt: skip


def _later(days: float) -> Any:
    return utc_now() + timedelta(days=days)


def test_a_snapshot_stays_and_is_compared_with_what_was_won(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    today = utc_now().date()
    first, end = today - timedelta(days=10), today + timedelta(days=2)
    period = {"from": first, "to": end}
    due = {"expected_close_on": today}
    euros = {"amount": "100.00", "currency": "EUR", "base": "110.00"}
    ann = Teller(SALE, manager_id=ANN.subject, amount=euros, probability=Decimal("0.5"), **due)
    bob = Teller(SALE, manager_id=BOB.subject, amount=usd("200.00"), **due)
    lost = Teller(SALE, manager_id=BOB.subject, amount=usd("40.00"), probability=Decimal("0.25"), **due)
    for deal in (ann, bob, lost):
        deal.open(_later(-9))
    rates = [_rate("1.10", today - timedelta(days=20)), _rate("9", today + timedelta(days=5))]
    world.hear(SALE.published(), ANN, BOB, *rates, *ann.told, *bob.told, *lost.told)
    taken = _take(world, period=period)["id"]
    before = world.ask("forecast", period=period)["rows"]
    world.hear(ann.win(_later(0)).told[-1], lost.lose(_later(0)).told[-1], _rate("7", today - timedelta(days=19)))
    (kept,) = world.ask("forecast_snapshots")["nodes"]
    assert (kept["id"], kept["rows"]) == (taken, before)
    assert before[0]["forecast_amount"] == "165.00"
    assert world.ask("forecast_accuracy")["rows"] == []  # the period is not over
    monkeypatch.setattr("chassis.store.database.utc_now", lambda: _later(3))
    (row,) = world.ask("forecast_accuracy")["rows"]
    assert (row["forecast_amount"], row["actual_amount"], row["unconverted"]) == ("165.00", "110.00", 0)
    assert (row["accuracy"]["numerator"], row["accuracy"]["denominator"]) == ("55.00", "110.00")
    assert row["bias"]["value"] == 0.5
    of = {row["key"]: row["accuracy"]["value"] for row in world.ask("forecast_accuracy", group_by="MANAGER")["rows"]}
    assert of == {str(ANN.subject): 0.5, str(BOB.subject): 0.0}
    found = world.ask("forecast_calibration")
    assert (found["deals"], found["brier"]) == (2, (0.25 + 0.0625) / 2)
    own = Actor(subject="ann", role="manager", reach="own", scopes=frozenset({"read"}), member_id=ANN.subject)
    assert world.ask("forecast_snapshots", own)["nodes"][0]["rows"][0]["forecast_amount"] == "55.00"
    assert world.ask("forecast_calibration", own)["deals"] == 1
    world.forget()  # as a replay would
    assert world.ask("forecast_snapshots")["nodes"] == [kept]


def test_what_is_no_snapshot(world: World) -> None:
    for period in ({"from": "2026-02-01", "to": "2026-01-01"}, {"from": "2026-02-01", "to": "2026-02-01"},
                   {"from": "2026-02-01", "to": "2056-02-01"}):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            _take(world, period=period)
        assert [problem.code for problem in refusal.value.problems] == ["INVALID_PERIOD"]
    with pytest.raises(Refused, match="the period is over"):
        _take(world, period={"from": "2026-02-01", "to": "2026-03-01"})
    own = Actor(subject="ann", role="manager", reach="own", scopes=frozenset({"read", "write"}))
    with pytest.raises(Forbidden):
        _take(world, own, period={"from": "2026-02-01", "to": "2026-03-01"})
    assert world.refused("forecast_accuracy", filter={"products": ["A"]}).code == "INVALID_FILTER"
    found = world.ask("forecast_calibration")
    assert (found["deals"], found["brier"], len(found["bins"])) == (0, None, 10)


def test_snapshots_are_taken_each_business_day(world: World) -> None:
    with world.database.transaction() as tx:
        tx.now = at("2026-05-01T10:00")  # a Friday, the first business day of its month
        take_snapshots(Due(name=TAKE_SNAPSHOTS, key="", due_at=tx.now, data=None), tx)
        timers = tx.connection.execute(tx.tables.timers.select()).all()
    assert [(row.name, row.due_at) for row in timers] == [(TAKE_SNAPSHOTS, at("2026-05-04"))]
    nodes = [one for method in ("STAGE", "LEARNED") for one in world.ask("forecast_snapshots", method=method)["nodes"]]
    assert sorted((one["from"], one["to"], one["method"]) for one in nodes) == [
        (first, end, method)
        for first, end in (("2026-04-01", "2026-07-01"), ("2026-05-01", "2026-06-01"))
        for method in ("LEARNED", "STAGE")
    ]
    assert next_business_day(date(2026, 5, 3), BusinessCalendar(zone=world.database.enterprise.zone)) == date(
        2026, 5, 4
    )
    assert quarter_of_day(date(2026, 12, 31)).end == date(2027, 1, 1)


_QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_MINOR = st.integers(0, 1000)


@_QUICK
@given(pairs=st.lists(st.tuples(_MINOR, _MINOR), max_size=10))
def test_accuracy_is_that_of_its_definition(pairs: list[tuple[int, int]]) -> None:
    for f, a in pairs:
        one = Compared(forecast=f, actual=a)
        expected = max(Fraction(0), 1 - Fraction(abs(f - a), a)) if a else Fraction(int(f == 0))
        assert Fraction(one.accuracy.numerator, one.accuracy.denominator) == expected
        assert one.bias.value == ((f - a) / a if a else None)
    whole = accuracy_of_all(Compared(forecast=f, actual=a) for f, a in pairs)
    total = sum(a for _, a in pairs)
    assert (whole.value is None) == (total == 0)
    if total:
        assert Fraction(whole.numerator, whole.denominator) == 1 - Fraction(sum(abs(f - a) for f, a in pairs), total)


@_QUICK
@given(foretold=st.lists(st.tuples(st.fractions(0, 1), st.booleans()), max_size=20))
def test_a_brier_score_is_that_of_its_definition(foretold: list[tuple[Fraction, bool]]) -> None:
    found = calibration(Foretold(probability=chance, won=won, deals=1) for chance, won in foretold)
    n = len(foretold)
    assert found.brier == (sum((p - int(o)) ** 2 for p, o in foretold) / Fraction(n) if n else None)
    for place, one in enumerate(found.bins):
        low, high = Fraction(place, 10), Fraction(place + 1, 10)
        inside = [(p, o) for p, o in foretold if low <= p < high or (place == 9 and p == 1)]
        assert (one.deals, one.foretold, one.won) == (len(inside), sum(p for p, _ in inside), sum(o for _, o in inside))
