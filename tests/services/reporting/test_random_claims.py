"""Any histories of claims and of satisfaction, told in any order: the figures are those of the plain reference."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.clock import utc_now
from services.reporting.storage.tables import metadata
from tests.services.reporting import claim_reference as reference
from tests.services.reporting.claim_stories import any_claim, any_satisfaction
from tests.services.reporting.telling import manager, merged_partner, partner
from tests.services.reporting.world import ANALYST, Told, World, at
from tests.support.databases import OpenDatabase

ZONE = ZoneInfo("America/New_York")
MANAGERS = [manager(), manager(), manager()]
PARTNERS = [partner(), partner(), partner()]
MERGED = merged_partner(PARTNERS[0].subject, PARTNERS[1].subject, 2)
START, LENGTH = at("2026-02-20"), 60 * 24  # hours
_PERIODS = [None, {"from": "2026-03-01", "to": "2026-04-01"}, {"from": "2026-03-08"}, {"to": "2026-03-09"}]


@dataclass(frozen=True)
class Case:
    """Histories, and the moments and period that are asked for."""

    claims: list[list[Told]]
    satisfaction: list[Told]
    seed: int
    as_of: datetime
    known_at: datetime
    period: dict[str, str] | None


@st.composite
def cases(draw: st.DrawFn) -> Case:
    seed = draw(st.integers(0, 2**32))
    source = random.Random(seed)
    moments = st.integers(0, LENGTH + 500).map(lambda hours: START + timedelta(hours=hours))
    who = [one.subject for one in MANAGERS], [one.subject for one in PARTNERS]
    things = [any_satisfaction(source, START, LENGTH, *who) for _ in range(draw(st.integers(0, 10)))]
    return Case(
        claims=[any_claim(source, START, LENGTH, *who) for _ in range(draw(st.integers(0, 15)))],
        satisfaction=[fact for facts in things for fact in facts],
        seed=seed,
        as_of=draw(moments),
        known_at=draw(moments),
        period=draw(st.sampled_from(_PERIODS)),
    )


@pytest.fixture
def zoned(open_database: OpenDatabase) -> World:
    world = World(open_database("reporting", metadata))
    world.database.enterprise = replace(world.database.enterprise, zone=ZONE)
    return world


def _tell(world: World, case: Case) -> None:
    """Tell everything shuffled, some of it twice, in batches of any size."""
    told = [*MANAGERS, *PARTNERS, MERGED, *(f for facts in case.claims for f in facts), *case.satisfaction]
    messages = world.bus.publish(*told)
    source = random.Random(case.seed)
    messages += source.sample(messages, len(messages) // 3)
    source.shuffle(messages)
    while messages:
        size = source.randrange(1, 40)
        world.receive(messages[:size])
        del messages[:size]


def _month(when: datetime | None) -> str | None:
    return when.astimezone(ZONE).strftime("%Y-%m") if when else None


def _partner(data: dict[str, Any]) -> str | None:
    return str(PARTNERS[1].subject) if data["partner_id"] == str(PARTNERS[0].subject) else data["partner_id"]


_CLAIM_KEYS: dict[str, Any] = {
    "CAUSE": lambda claim, _: [claim.last["cause"]],
    "ROOT_CAUSE": lambda claim, _: [claim.last["root_cause"]],
    "PRODUCT": lambda claim, _: claim.last["products"] or [None],
    "PARTNER": lambda claim, _: [_partner(claim.last)],
    "MANAGER": lambda claim, _: [claim.last["manager_id"]],
    "SEVERITY": lambda claim, _: [claim.last["severity"]],
    "MONTH": lambda _, when: [_month(when)],
}
_SATISFACTION_KEYS: dict[str, Any] = {
    "MONTH": lambda fact: _month(fact.occurred_at),
    "MANAGER": lambda fact: fact.data["manager_id"],
    "PARTNER": lambda fact: _partner(fact.data),
    "SUBJECT": lambda fact: fact.data["about_kind"],
}
_FILTERS: list[tuple[dict[str, Any], Any]] = [
    ({"products": ["A", "C"]}, lambda data: {"A", "C"} & set(data.get("products", ()))),
    ({"partner_ids": [PARTNERS[1].subject]}, lambda data: _partner(data) == str(PARTNERS[1].subject)),
    ({"manager_ids": [MANAGERS[0].subject]}, lambda data: data["manager_id"] == str(MANAGERS[0].subject)),
]


def _compare(world: World, case: Case, **moment: Any) -> None:
    when = moment.get("as_of") or utc_now(), moment.get("known_at")
    claims = reference.known_claims(case.claims, *when)
    asked = {"period": case.period, **moment}
    total = world.ask("claim_report", **asked)["rows"]
    assert total == reference.claim_rows(claims, case.period, ZONE, lambda *_: [None], grouped=False)
    for grouping, keys_of in _CLAIM_KEYS.items():
        rows = world.ask("claim_report", group_by=grouping, **asked)["rows"]
        assert rows == reference.claim_rows(claims, case.period, ZONE, keys_of), grouping
    for filter, holds in _FILTERS:
        rows = world.ask("claim_report", filter=filter, group_by="CAUSE", **asked)["rows"]
        narrowed = [claim for claim in claims if holds(claim.last)]
        assert rows == reference.claim_rows(narrowed, case.period, ZONE, _CLAIM_KEYS["CAUSE"]), filter
    managers = world.ask("manager_performance", **asked)["rows"]
    resolved = {
        row["manager_id"]: (row["claims_resolved"], row["claims_resolved_in_time"])
        for row in managers
        if row["claims_resolved"]
    }
    answered = {
        row["manager_id"]: row["claims_answered_in_time"]
        for row in managers
        if row["claims_answered_in_time"]["denominator"] != "0"
    }
    assert answered == reference.answered_in_time(claims, case.period, ZONE)
    assert resolved == reference.resolved_in_time(claims, case.period, ZONE)
    _compare_satisfaction(world, case, when, asked)


def _compare_satisfaction(
    world: World, case: Case, when: tuple[datetime, datetime | None], asked: dict[str, Any]
) -> None:
    facts = reference.known_facts(case.satisfaction, *when)
    total = world.ask("satisfaction", **asked)["rows"]
    assert total == reference.satisfaction_rows(facts, case.period, ZONE, lambda _: None, grouped=False)
    for grouping, key_of in _SATISFACTION_KEYS.items():
        rows = world.ask("satisfaction", group_by=grouping, **asked)["rows"]
        assert rows == reference.satisfaction_rows(facts, case.period, ZONE, key_of), grouping


@settings(
    max_examples=int(os.environ.get("CRM_TEST_EXAMPLES", "4")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(case=cases())
def test_the_figures_are_those_of_the_reference(zoned: World, case: Case) -> None:
    zoned.forget()
    _tell(zoned, case)
    _compare(zoned, case)
    _compare(zoned, case, as_of=case.as_of)
    _compare(zoned, case, as_of=case.as_of, known_at=case.known_at)
    _compare(zoned, case, as_of=case.as_of, known_at=case.as_of)


def test_each_sees_the_claims_of_theirs(zoned: World) -> None:
    source = random.Random(3)
    who = [one.subject for one in MANAGERS], [one.subject for one in PARTNERS]
    histories = [any_claim(source, START, LENGTH, *who) for _ in range(30)]
    zoned.hear(*MANAGERS, *(fact for facts in histories for fact in facts))
    ann = replace(ANALYST, role="manager", reach="own", member_id=MANAGERS[0].subject)
    claims = reference.known_claims(histories, utc_now(), None)
    mine = [claim for claim in claims if claim.last["manager_id"] in (None, str(ann.member_id))]
    assert 0 < len(mine) < len(claims)
    rows = zoned.ask("claim_report", ann, group_by="MANAGER")["rows"]
    assert rows == reference.claim_rows(mine, None, ZONE, _CLAIM_KEYS["MANAGER"])


def test_a_period_that_ends_before_it_begins_is_refused(world: World) -> None:
    for query in ("claim_report", "satisfaction"):
        problem = world.refused(query, period={"from": "2026-03-02", "to": "2026-03-01"})
        assert (problem.code, problem.field) == ("INVALID_PERIOD", ("period", "from"))
