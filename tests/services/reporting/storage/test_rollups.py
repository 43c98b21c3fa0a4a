"""The counts that are kept up tell what counting deal by deal tells, however the histories went and came."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from services.reporting.domain.deals.family import Family
from services.reporting.domain.deals.funnel import funnel
from services.reporting.domain.deals.outcomes import outcomes
from services.reporting.domain.percentiles import middle
from services.reporting.domain.period import Months, Period
from services.reporting.domain.spread import Places, cell_of, leaf_of, paths_of
from services.reporting.storage.copies import family_of
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.deal_rows import now
from services.reporting.storage.deals.live_cells import LiveCells
from services.reporting.storage.deals.stated_cells import StatedCells
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import cycle_counts, funnel_counts, outcome_counts
from tests.services.reporting.telling import Process, Teller, eur, manager, usd
from tests.services.reporting.world import World, at

SALE, LATER = Process(), Process(version=2, stages=("contact", "survey", "offer", "contract"))
EXPORT = Process(key="export", stages=("contact", "customs"))
ANN, BOB = manager(), manager()
NOW = Moment(as_of=at("2031-01-01"))
SCOPES = [
    Scope(moment=NOW),
    Scope(moment=NOW, managers=frozenset({ANN.subject})),
    Scope(moment=NOW, managers=frozenset({BOB.subject, None})),
    Scope(moment=NOW, processes=frozenset({"export"})),
    Scope(moment=NOW, processes=frozenset({"sale"}), managers=frozenset({ANN.subject, BOB.subject})),
    Scope(moment=NOW, managers=frozenset()),
]
PERIODS = [(None, None), ("2023-11-01", "2025-02-01"), ("2024-02-01", None), (None, "2024-04-01"), ("2030-01-01", None)]


def tell(draw: random.Random, count: int) -> list[Teller]:
    """Deals over some years, that end, open again, go on elsewhere and change hands."""
    return [_deal(draw) for _ in range(count)]


def _deal(draw: random.Random) -> Teller:
    owners = [None, ANN.subject, BOB.subject]
    deal = Teller(
        draw.choice([SALE, LATER, EXPORT]),
        manager_id=draw.choice(owners),
        amount=draw.choice([None, usd("100.00"), eur("5.00")]),
        products=draw.sample(["A", "B"], draw.randrange(2)),
    )
    when = [at(f"{draw.randrange(2023, 2026)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}") for _ in range(6)]
    first, *later = sorted(when)
    deal.open(first, stage=draw.choice(deal.process.stages))
    for moment in later[: draw.randrange(6)]:
        if deal.outcome != "IN_PROGRESS":
            deal.reopen(moment)
        else:
            stage = draw.choice(deal.process.stages)
            step = draw.randrange(6)
            if step == 0:
                deal.go_on(moment, EXPORT, "customs", highest="customs")
            elif step == 1:
                deal.change(moment, manager_id=draw.choice(owners))
            elif step == 2:
                deal.lose(moment, draw.choice(["price", "timing"]))
            elif step == 3 and stage != deal.stage:
                deal.move(moment, stage)
            else:
                deal.win(moment)
    return deal


def ends(count: int) -> Sequence[int]:
    """The least, the median and the largest."""
    return [0, *middle(count), count - 1]


@pytest.mark.parametrize("seed", range(2))
def test_counts_tell_what_the_deals_tell(world: World, seed: int) -> None:
    draw = random.Random(seed)
    facts = [fact for deal in tell(draw, 40) for fact in deal.told]
    draw.shuffle(facts)
    world.hear(SALE.published(), LATER.published(), EXPORT.published(), *facts)
    zone = world.database.enterprise.zone
    with world.database.reading() as reading:
        families = [family_of(reading.connection, one.id) for one in (SALE, EXPORT)]
        for scope, (first, end) in draw.sample([(scope, period) for scope in SCOPES for period in PERIODS], 8):
            live, stated = LiveCells(reading.connection, scope, zone), StatedCells(reading.connection, now(scope))
            period = Period(start=at(first) if first else None, end=at(end) if end else None)
            assert Months.of(period, zone) is not None
            for family in families:
                assert family
                assert _funnel(live, family, period) == _funnel(stated, family, period)
            for by in (None, *Grouping):
                assert outcomes(live.outcomes(period, by)) == outcomes(stated.outcomes(period, by)), (by, period)
            for by in (None, Grouping.PROCESS, Grouping.MANAGER):
                assert _cycles(live, period, by, ends) == _cycles(stated, period, by, ends)


def test_nothing_is_left_of_deals_that_do_not_count(world: World) -> None:
    deals = tell(random.Random(5), 20)
    world.hear(*(fact for deal in deals for fact in deal.told))
    for deal in deals:
        deal.correct("voided", "2026-03-01")
    world.hear(*(deal.told[-1] for deal in deals))
    rows = world.rows()
    assert not any(rows[table.name] for table in (funnel_counts, outcome_counts, cycle_counts))


def test_every_duration_has_a_leaf_and_longer_ones_no_earlier_leaf() -> None:
    hour = 3_600_000_000
    durations = [-5, 0, 1, *(hour * n // 7 for n in range(1, 900_000, 97)), 10**18]
    cells = [cell_of(one) for one in durations]
    assert cells == sorted(cells)
    assert (cells[0], cells[-1]) == (0, 4095)
    for cell in set(cells):
        knot, branch = paths_of(cell)[-1]
        assert leaf_of(knot * 16 + branch) == cell


def test_whole_months_take_few_spans() -> None:
    years = Months(first=2023 * 12 + 1, end=2026 * 12 + 11)  # from February 2023 to November 2026
    assert years.spans() == [
        "2023-02", "2023-03", "2023Q2", "2023Q3", "2023Q4", "2024", "2025",
        "2026Q1", "2026Q2", "2026Q3", "2026-10", "2026-11",
    ]  # fmt: skip


def _funnel(cells: Any, family: Family, period: Period) -> Any:
    return funnel(family, cells.funnel(family.newest.key, period))


def _cycles(cells: Any, period: Period, by: Grouping | None, places: Places) -> Any:
    return sorted(cells.cycles(period, by, places), key=lambda cell: str(cell.key))
