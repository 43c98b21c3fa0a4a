"""Deals registered by mistake or twice, and the time on hold: what figures leave out, and as of when."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.reporting.telling import Process, Teller, manager, usd
from tests.services.reporting.world import World, at

SALE = Process()
DAY = 86_400_000_000


def figures(world: World, **moment: Any) -> tuple[int, int, int]:
    """How many deals the funnel, the outcomes and the managers' results count."""
    stages = world.ask("funnel", process_id=SALE.id, **moment)["stages"]
    (row,) = world.ask("outcomes", **moment)["rows"]
    managers = world.ask("manager_performance", **moment)["rows"]
    return stages[0]["reached"], row["won"] + row["lost"] + row["in_progress"], sum(one["won"] for one in managers)


@pytest.fixture
def owner(world: World) -> Any:
    ann = manager()
    world.hear(SALE.published(), ann)
    return ann.subject


@pytest.mark.parametrize(("away", "back"), [("voided", "unvoided"), ("merged", "unmerged")])
def test_a_deal_that_is_put_away_is_in_no_figure_until_it_is_back(
    world: World, owner: Any, away: str, back: str
) -> None:
    deal = Teller(SALE, manager_id=owner, amount=usd("5.00")).open("2026-01-01").win("2026-01-05")
    kept = Teller(SALE, manager_id=owner).open("2026-01-02").win("2026-01-06")
    world.hear(*deal.told, *kept.told)
    assert figures(world) == (2, 2, 2)
    world.hear(*deal.correct(away, "2026-02-01").told[-1:])
    assert figures(world) == (1, 1, 1)
    world.hear(*deal.correct(back, "2026-02-02").told[-1:])
    assert figures(world) == (2, 2, 2)


def test_a_mistake_counted_as_long_as_nobody_knew(world: World, owner: Any) -> None:
    deal = Teller(SALE, manager_id=owner).open("2026-01-01").win("2026-01-05").correct("voided", "2026-02-01")
    world.hear(*deal.told)
    before, after = at("2026-01-15"), at("2026-02-15")
    assert figures(world, as_of=before, known_at=before) == (1, 1, 1)
    assert figures(world, as_of=before, known_at=after) == (0, 0, 0)
    assert figures(world, as_of=before) == (0, 0, 0)
    assert figures(world, as_of=after, known_at=before) == (1, 1, 1)


def test_before_it_began_a_deal_counts_nowhere_whatever_became_of_its_record(world: World, owner: Any) -> None:
    deal = Teller(SALE).open("2026-01-10").correct("voided", "2026-02-01").correct("unvoided", "2026-02-02")
    world.hear(*deal.told)
    assert figures(world, as_of=at("2026-01-05")) == (0, 0, 0)
    assert figures(world, as_of=at("2026-01-15"))[1] == 1


def test_losses_drill_down_to_deals_that_count(world: World, owner: Any) -> None:
    mistake, kept = (Teller(SALE).open("2026-01-01").lose("2026-01-02") for _ in range(2))
    world.hear(*mistake.told, *kept.told, *mistake.correct("voided", "2026-01-03").told[-1:])
    moments: list[dict[str, Any]] = [{}, {"as_of": at("2026-01-02")}]
    for moment in moments:
        page = world.ask(
            "stage_deals", kind="LOST", process_id=SALE.id, stage="contact", page={"total": True}, **moment
        )
        assert (page["total"], page["nodes"]) == (1, [str(kept.id)])


def dwell(world: World) -> Any:
    (state,) = world.rows()["deal_states"]
    return {stage: (spent, since is not None) for stage, _, spent, since, _ in state[-1]}


def test_the_time_on_hold_is_no_dwell(world: World, owner: Any) -> None:
    deal = Teller(SALE).open("2026-01-01").hold("2026-01-03").resume("2026-01-10").move("2026-01-11", "offer")
    world.hear(*deal.told)
    assert dwell(world) == {"contact": (3 * DAY, False), "offer": (0, True)}
    world.hear(*deal.hold("2026-01-12").told[-1:])
    assert dwell(world)["offer"] == (1 * DAY, False)
    world.hear(*deal.lose("2026-01-20").told[-1:])
    assert dwell(world)["offer"] == (1 * DAY, False)
    (row,) = world.ask("outcomes")["rows"]
    assert (row["lost"], row["in_progress"]) == (1, 0)


def test_a_deal_on_hold_is_in_progress_at_its_stage(world: World, owner: Any) -> None:
    world.hear(*Teller(SALE).open("2026-01-01").hold("2026-01-03").told)
    assert world.ask("funnel", process_id=SALE.id)["stages"][0]["open"] == 1
