"""Deals that go on in another version or process: counted from then on where they are, as of before where they were."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import utc_now
from chassis.wire import Json
from tests.services.reporting.telling import Process, Teller, interaction, manager, task, usd
from tests.services.reporting.world import World, at

SALE = Process(key="sale", stages=("contact", "offer", "contract"))
LONGER = Process(key="sale", version=2, stages=("inquiry", "contact", "contract", "thanks"))
EXPORT = Process(key="export", stages=("contact", "customs", "offer"))
LATER = utc_now()


def column(answer: Json, name: str) -> list[Any]:
    return [stage[name] for stage in answer["stages"]]


def rerouted() -> Teller:
    """A deal that went far in one process and began anew in another."""
    return (
        Teller(SALE, amount=usd("5.00"))
        .open("2026-01-01").move("2026-01-02", "contract").move("2026-01-03", "offer")
        .go_on("2026-02-01", EXPORT, "customs", highest="customs")
    )  # fmt: skip


@pytest.mark.parametrize("known_at", [None, LATER], ids=["live", "from facts"])
def test_a_deal_counts_in_the_process_in_which_it_goes_on(world: World, known_at: Any) -> None:
    stays = Teller(SALE).open("2026-01-01")
    world.hear(SALE.published(), EXPORT.published(), *stays.told, *rerouted().told)
    old = world.ask("funnel", process_id=SALE.id, known_at=known_at)
    assert (column(old, "reached"), column(old, "open")) == ([1, 0, 0], [1, 0, 0])
    new = world.ask(
        "funnel", process_id=EXPORT.id, known_at=known_at, period={"from": "2026-01-01", "to": "2026-01-02"}
    )
    assert column(new, "reached") == [1, 1, 0]
    assert column(new, "entered") == [0, 1, 0]  # what it entered elsewhere is no stage of this process
    assert column(new, "open") == [0, 1, 0]
    assert column(new, "reached_amount") == ["5.00", "5.00", "0.00"]


def test_before_the_change_it_counts_where_it_was(world: World) -> None:
    world.hear(SALE.published(), EXPORT.published(), *rerouted().told)
    day = at("2026-01-15")
    assert column(world.ask("funnel", process_id=SALE.id, as_of=day, known_at=LATER), "reached") == [1, 1, 1]
    assert column(world.ask("funnel", process_id=EXPORT.id, as_of=day, known_at=LATER), "reached") == [0, 0, 0]


@pytest.mark.parametrize("known_at", [None, LATER], ids=["live", "from facts"])
def test_figures_of_a_process_are_those_of_its_deals_and_their_tasks(world: World, known_at: Any) -> None:
    ann = manager()
    sold = Teller(SALE, manager_id=ann.subject).open("2026-01-01").win("2026-01-09")
    longer = Teller(LONGER, manager_id=ann.subject).open("2026-01-01")
    exported = Teller(EXPORT, manager_id=ann.subject).open("2026-01-01").win("2026-01-03")
    tasks = [task(("task.created", "2026-01-02", "2026-01-03", ann.subject), deal_id=longer.id)]
    talk = interaction("2026-01-05", ann.subject)
    told = (*sold.told, *longer.told, *exported.told, *rerouted().told, *tasks[0], talk)
    world.hear(ann, SALE.published(), LONGER.published(), EXPORT.published(), *told)

    def figures(*processes: Process) -> tuple[Any, ...]:
        filter = {"process_ids": [one.id for one in processes]}
        (row,) = world.ask("outcomes", filter=filter, known_at=known_at)["rows"]
        (anns,) = world.ask("manager_performance", filter=filter, known_at=known_at)["rows"]
        counted = (row["won"], row["in_progress"])
        return *counted, anns["won"], anns["median_cycle_days"], anns["overdue_tasks"], anns["interactions"]

    assert figures(SALE) == (1, 1, 1, 8.0, 1, 1)
    assert figures(EXPORT) == (1, 1, 1, 2.0, 0, 1)
    assert figures(SALE, EXPORT) == (2, 2, 2, 5.0, 1, 1)
    problem = world.refused("outcomes", filter={"process_ids": [ann.subject]})
    assert (problem.code, problem.field) == ("NOT_FOUND", ("filter", "processes"))


@pytest.mark.parametrize("known_at", [None, LATER], ids=["live", "from facts"])
def test_in_a_newer_version_what_was_reached_stays_reached(world: World, known_at: Any) -> None:
    deal = (
        Teller(SALE)
        .open("2026-01-01").move("2026-01-02", "contract").move("2026-01-03", "offer")
        .go_on("2026-02-01", LONGER, "contact", highest="contract").lose("2026-02-02")
    )  # fmt: skip
    world.hear(SALE.published(), LONGER.published(), *deal.told)
    answer = world.ask("funnel", process_id=SALE.id, known_at=known_at)
    assert column(answer, "key") == list(LONGER.stages)
    assert column(answer, "reached") == [1, 1, 1, 0]
    assert column(answer, "entered") == [0, 1, 1, 0]
    assert column(answer, "lost") == [0, 1, 0, 0]
    assert column(answer, "furthest_lost") == [0, 0, 1, 0]


@pytest.mark.parametrize("known_at", [None, LATER], ids=["live", "from facts"])
def test_a_deal_that_goes_on_without_stages_leaves_the_funnel(world: World, known_at: Any) -> None:
    free = Process(key="free", stages=())
    deal = Teller(SALE).open("2026-01-01").go_on("2026-02-01", free, None, highest=None).win("2026-02-02")
    world.hear(SALE.published(), free.published(), *deal.told)
    assert column(world.ask("funnel", process_id=SALE.id, known_at=known_at), "reached") == [0, 0, 0]
    rows = world.ask("outcomes", group_by="PROCESS", known_at=known_at)["rows"]
    assert [(row["key"], row["won"]) for row in rows] == [("free", 1)]


def test_the_order_of_hearing_makes_no_difference(world: World) -> None:
    told = rerouted().told
    world.hear(SALE.published(), EXPORT.published(), *reversed(told))
    assert column(world.ask("funnel", process_id=EXPORT.id), "open") == [0, 1, 0]
    assert column(world.ask("funnel", process_id=SALE.id), "reached") == [0, 0, 0]
