"""Any history, told in any order: forecasts are those of the plain reference, live and of any moment."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.clock import utc_now
from chassis.ids import new_id
from services.reporting.storage.tables import metadata
from tests.services.reporting import forecast_reference, reference
from tests.services.reporting.telling import Process, Teller, eur, manager, team, usd
from tests.services.reporting.world import PARTNER, Told, World, at
from tests.support.databases import OpenDatabase

ZONE = ZoneInfo("America/New_York")
SALE = Process(stages=("contact", "offer", "contract"))
TEAM = team()
MANAGERS = [manager(TEAM.subject), manager()]
PARTNERS = [new_id(PARTNER), new_id(PARTNER)]
START, LENGTH = at("2026-02-20"), 60 * 24  # hours
_AMOUNTS = [None, usd("100.00"), usd("0.10"), usd("33.33"), eur("5.00")]
_DAYS = [None, date(2026, 2, 25), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1), date(2100, 1, 1)]
_PERIODS = [None, {"from": "2026-03-01", "to": "2026-04-01"}, {"from": "2026-03-08"}, {"to": "2026-04-01"}]


def _about(draw: random.Random) -> dict[str, Any]:
    return {
        "manager_id": draw.choice([None, *(one.subject for one in MANAGERS)]),
        "partner_id": draw.choice([None, *PARTNERS]),
        "amount": draw.choice(_AMOUNTS),
        "expected_close_on": draw.choice(_DAYS),
        "probability": draw.choice([None, None, Decimal("0.35"), Decimal(0), Decimal("0.0001"), Decimal(1)]),
    }


def _history(draw: random.Random) -> list[Told]:
    deal = Teller(SALE, **_about(draw))
    happened = sorted(START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(draw.randrange(1, 6)))
    late = timedelta(hours=draw.choice([0, 0, 400]))
    deal.open(happened[0], stage=draw.choice(SALE.stages), recorded=happened[0] + late)
    for when in happened[1:]:
        recorded = when + late
        if deal.outcome != "IN_PROGRESS":
            deal.reopen(when, recorded=recorded)
            continue
        what = draw.choice(["change", "move", "win", "lose", "win", "void"])
        if what == "void":
            deal.correct("voided", when, recorded=recorded)
            break
        if what == "move":
            deal.move(when, draw.choice([one for one in SALE.stages if one != deal.stage]), recorded=recorded)
        else:
            getattr(deal, what)(when, recorded=recorded, **(_about(draw) if what == "change" else {}))
    return deal.told


@pytest.fixture
def zoned(open_database: OpenDatabase) -> World:
    world = World(open_database("reporting", metadata))
    world.database.enterprise = type(world.database.enterprise)(zone=ZONE)
    return world


def _month(deal: reference.Deal) -> str | None:
    if deal.end is not None:
        return deal.end.occurred_at.astimezone(ZONE).strftime("%Y-%m")
    day = deal.last["expected_close_on"]
    return f"{day:%Y-%m}" if day else None


_KEYS: dict[str | None, forecast_reference.Key] = {
    "PROCESS": lambda deal: "sale",
    "MANAGER": lambda deal: deal.manager,
    "TEAM": lambda deal: str(TEAM.subject) if deal.manager == str(MANAGERS[0].subject) else None,
    "MONTH": _month,
}


def _compare(world: World, histories: list[list[Told]], period: dict[str, str] | None, **moment: Any) -> None:
    deals = reference.known(histories, moment.get("as_of"), moment.get("known_at"))
    now = moment.get("as_of") or utc_now()
    chances: list[tuple[dict[str, Any], Any]] = [
        ({"method": "STAGE"}, lambda deal: forecast_reference.by_stage(deal, [SALE])),
        ({"method": "LEARNED", "minimum_deals": 3}, lambda deal: forecast_reference.learned(deal, deals, 3)),
    ]
    for asked, chance in chances:
        for grouping, key in _KEYS.items():
            answer = world.ask("forecast", period=period, group_by=grouping, **asked, **moment)
            expected = forecast_reference.forecast(deals, chance, period, now, ZONE, key)
            assert answer["rows"] == expected, (asked, grouping)


@settings(
    max_examples=int(os.environ.get("CRM_TEST_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), period=st.sampled_from(_PERIODS))
def test_forecasts_are_those_of_the_reference(zoned: World, seed: int, period: dict[str, str] | None) -> None:
    draw = random.Random(seed)
    histories = [_history(draw) for _ in range(draw.randrange(25))]
    told = [SALE.published(), TEAM, *MANAGERS, *(fact for history in histories for fact in history)]
    draw.shuffle(told)
    zoned.forget()
    zoned.hear(*told)
    as_of, known_at = (START + timedelta(hours=draw.randrange(LENGTH)) for _ in range(2))
    for moment in ({}, {"as_of": as_of}, {"known_at": known_at}, {"as_of": as_of, "known_at": known_at}):
        _compare(zoned, histories, period, **moment)


def test_a_deal_without_stages_has_only_its_own_probability(world: World) -> None:
    project = Process(key="project", stages=())
    plain = Teller(project, amount=usd("10.00")).open("2026-03-01")
    sure = Teller(project, amount=usd("10.00"), probability=Decimal("0.5")).open("2026-03-01")
    world.hear(project.published(), *plain.told, *sure.told)
    (row,) = world.ask("forecast")["rows"]
    assert (row["weighted_amount"], row["open"], row["without_probability"]) == ("5.00", 2, 1)


def test_what_cannot_be_asked(world: World) -> None:
    backwards = world.refused("forecast", period={"from": "2026-03-02", "to": "2026-03-01"})
    assert (backwards.code, backwards.field) == ("INVALID_PERIOD", ("period", "from"))
    assert world.refused("forecast", process_id=SALE.id).code == "NOT_FOUND"
    assert world.ask("forecast")["rows"][0]["forecast_amount"] == "0.00"
