"""How long deals had been at their stages is written down with when that held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.reporting.storage.moment import FOREVER
from tests.services.reporting.telling import Process, Teller
from tests.services.reporting.world import World, at

SALE = Process(stages=("contact", "offer", "contract"))
DAY = timedelta(days=1) // timedelta(microseconds=1)


def stays(world: World) -> list[tuple[Any, ...]]:
    """Give the stage, the days, and from when to when that held."""
    rows = world.rows()["deal_stays"]
    return sorted((row[7], row[4] // DAY, row[0], row[2]) for row in rows)


def test_a_stay_holds_until_the_deal_is_there_again(world: World) -> None:
    deal = Teller(SALE).open("2026-01-01").move("2026-01-03", "offer").move("2026-01-04", "contact")
    world.hear(*deal.told)
    first = ("contact", 2, at("2026-01-03"), at("2026-01-04"))
    assert stays(world) == [first, ("offer", 1, at("2026-01-04"), FOREVER)]
    told = len(deal.told)
    deal.lose("2026-01-05")
    world.hear(*deal.told[told:])
    assert stays(world) == [first, ("contact", 3, at("2026-01-05"), FOREVER), ("offer", 1, at("2026-01-04"), FOREVER)]


def test_a_deal_that_goes_on_in_another_process_leaves_its_stays_behind(world: World) -> None:
    export = Process(key="export", stages=("customs",))
    deal = Teller(SALE).open("2026-01-01").move("2026-01-03", "offer")
    deal.go_on("2026-01-09", export, "customs", highest="customs")
    world.hear(*deal.told)
    assert stays(world) == [("contact", 2, at("2026-01-03"), at("2026-01-09"))]


def test_what_comes_late_changes_them(world: World) -> None:
    deal = Teller(SALE).open("2026-01-01").move("2026-01-03", "offer").move("2026-01-05", "contract")
    opened, moved, left = deal.told
    world.hear(opened, left)
    assert stays(world) == [("contact", 4, at("2026-01-05"), FOREVER)]
    world.hear(moved)
    assert stays(world) == [("contact", 2, at("2026-01-03"), FOREVER), ("offer", 2, at("2026-01-05"), FOREVER)]
