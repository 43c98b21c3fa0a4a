from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import utc_now
from chassis.wire import Json
from tests.services.reporting.telling import (
    Process,
    Teller,
    claim,
    eur,
    interaction,
    manager,
    moved_to,
    partner,
    task,
    team,
    usd,
)
from tests.services.reporting.world import World, at

SALE = Process()


def _counts(answer: Json) -> dict[str | None, tuple[int, int, int]]:
    return {row["key"]: (row["won"], row["lost"], row["in_progress"]) for row in answer["rows"]}


def test_lost_in_march_reopened_won_in_may(world: World) -> None:
    deal = Teller(SALE, amount=usd("500.00")).open("2026-02-01").lose("2026-03-10")
    deal.reopen("2026-04-20").win("2026-05-05")
    world.hear(SALE.published(), *deal.told)

    def by_month(**when: Any) -> dict[str | None, tuple[int, int, int]]:
        return _counts(world.ask("outcomes", group_by="MONTH", **when))

    april, may = at("2026-04-01"), at("2026-05-01")
    assert by_month(as_of=april) == {"2026-03": (0, 1, 0)}
    assert by_month(as_of=april, known_at=april) == {"2026-03": (0, 1, 0)}
    assert by_month(as_of=may) == {None: (0, 0, 1)}
    assert by_month(as_of=at("2026-06-01")) == {"2026-05": (1, 0, 0)}
    assert by_month() == {"2026-05": (1, 0, 0)}
    march = {"from": "2026-03-01", "to": "2026-04-01"}
    assert _counts(world.ask("outcomes", period=march)) == {None: (0, 0, 0)}
    assert _counts(world.ask("outcomes", period=march, as_of=april)) == {None: (0, 1, 0)}


def test_what_is_imported_later_was_not_known_then(world: World) -> None:
    imported = at("2026-06-10")
    deal = Teller(SALE).open("2026-01-05", recorded=imported).win("2026-01-20", recorded=imported)
    world.hear(SALE.published(), *deal.told)
    june = at("2026-06-01")
    assert _counts(world.ask("outcomes", as_of=june)) == {None: (1, 0, 0)}
    assert _counts(world.ask("outcomes", as_of=june, known_at=june)) == {None: (0, 0, 0)}


def test_amounts_are_exact_and_those_without_a_rate_are_counted_apart(world: World) -> None:
    world.hear(
        *Teller(SALE, amount=usd("0.10")).open("2026-01-01").win("2026-01-02").told,
        *Teller(SALE, amount=usd("0.20")).open("2026-01-01").win("2026-01-02").told,
        *Teller(SALE, amount=eur("900.00")).open("2026-01-01").win("2026-01-02").told,
        *Teller(SALE, amount=eur("9.00")).open("2026-01-01").told,
        *Teller(SALE).open("2026-01-01").lose("2026-01-02").told,
    )
    (row,) = world.ask("outcomes")["rows"]
    assert (row["won_amount"], row["lost_amount"], row["unconverted"]) == ("0.30", "0.00", 1)
    assert row["win_rate"] == {"value": 0.75, "numerator": "3", "denominator": "4"}


def test_a_filter_that_matches_nothing_gives_zeros_and_no_ratio(world: World) -> None:
    world.hear(*Teller(SALE).open("2026-01-01").win("2026-01-02").told)
    nobody = {"manager_ids": [str(manager().subject)]}
    (row,) = world.ask("outcomes", filter=nobody)["rows"]
    assert (row["won"], row["lost"], row["in_progress"]) == (0, 0, 0)
    assert row["win_rate"] == {"value": None, "numerator": "0", "denominator": "0"}
    assert world.ask("outcomes", filter=nobody, group_by="MONTH")["rows"] == []


def test_every_grouping(world: World) -> None:
    north = team()
    ann, bob = manager(north.subject), manager()
    deals = [
        Teller(SALE, manager_id=ann.subject, products=["A", "B"]).open("2026-01-01").win("2026-01-02"),
        Teller(SALE, manager_id=bob.subject, products=["B"]).open("2026-01-01").lose("2026-02-02", "timing"),
        Teller(Process(key="other", stages=())).open("2026-01-01"),
    ]
    world.hear(north, ann, bob, *(event for deal in deals for event in deal.told))

    def by(grouping: str) -> dict[str | None, tuple[int, int, int]]:
        live = _counts(world.ask("outcomes", group_by=grouping))
        assert _counts(world.ask("outcomes", group_by=grouping, known_at=at("2026-06-01"))) == live
        return live

    assert by("PROCESS") == {"sale": (1, 1, 0), "other": (0, 0, 1)}
    assert by("MANAGER") == {str(ann.subject): (1, 0, 0), str(bob.subject): (0, 1, 0), None: (0, 0, 1)}
    assert by("TEAM") == {str(north.subject): (1, 0, 0), None: (0, 1, 1)}
    assert by("PRODUCT") == {"A": (1, 0, 0), "B": (1, 1, 0), None: (0, 0, 1)}
    assert by("LOSS_REASON") == {"timing": (0, 1, 0), None: (1, 0, 1)}


def test_a_team_brings_the_teams_below_it_as_they_were_known(world: World) -> None:
    head = team()
    below = team(head.subject)
    ann = manager(below.subject)
    gone = moved_to(None, ann, at("2026-03-01"))
    deal = Teller(SALE, manager_id=ann.subject).open("2026-01-01")
    world.hear(gone, ann, below, head, *deal.told)  # disordered: the change is heard of first
    mine = {"team_ids": [str(head.subject)]}
    assert _counts(world.ask("outcomes", filter=mine)) == {None: (0, 0, 0)}
    assert _counts(world.ask("outcomes", filter=mine, known_at=at("2026-02-01"))) == {None: (0, 0, 1)}


def test_filters_by_partner_source_and_product(world: World) -> None:
    fair, web = partner("fair"), partner("web")
    world.hear(
        fair,
        web,
        *Teller(SALE, partner_id=fair.subject, products=["A"]).open("2026-01-01").told,
        *Teller(SALE, partner_id=web.subject, products=["A", "B"]).open("2026-01-01").win("2026-01-01").told,
        *Teller(SALE).open("2026-01-01").lose("2026-01-01").told,
    )
    for known_at in (None, at("2026-06-01")):

        def counted(known_at: Any = known_at, **filter: Any) -> tuple[int, int, int]:
            return _counts(world.ask("outcomes", filter=filter, known_at=known_at))[None]

        assert counted(sources=["fair"]) == (0, 0, 1)
        assert counted(partner_ids=[str(web.subject)]) == (1, 0, 0)
        assert counted(products=["A"]) == (1, 0, 1)
        assert counted(products=["B"], sources=["fair"]) == (0, 0, 0)
        assert counted(products=[]) == (0, 0, 0)


def test_the_period_is_half_open(world: World) -> None:
    world.hear(*Teller(SALE).open("2026-01-01").win("2026-02-01").told)

    def won(first: str | None, to: str | None) -> int:
        period = {name: day for name, day in (("from", first), ("to", to)) if day}
        wons = {
            world.ask("outcomes", period=period, known_at=known)["rows"][0]["won"] for known in (None, at("2026-09-01"))
        }
        (one,) = wons
        return int(one)

    assert won("2026-02-01", "2026-03-01") == 1
    assert won("2026-01-01", "2026-02-01") == 0
    assert won("2026-02-01", None) == 1
    assert won(None, "2026-02-01") == 0
    assert won("2026-02-01", "2026-02-01") == 0


@pytest.mark.parametrize("query", ["outcomes", "manager_performance"])
def test_a_period_that_ends_before_it_begins_is_refused(world: World, query: str) -> None:
    problem = world.refused(query, period={"from": "2026-03-01", "to": "2026-02-01"})
    assert (problem.code, problem.field) == ("INVALID_PERIOD", ("period", "from"))


def test_managers_are_credited_with_what_happened_while_they_owned_the_deal(world: World) -> None:
    ann, bob = manager(), manager()
    deal = Teller(SALE, manager_id=ann.subject, amount=usd("10.00")).open("2026-01-01").win("2026-01-05")
    deal.change("2026-02-01", manager_id=bob.subject)
    handed_over = Teller(SALE, manager_id=ann.subject).open("2026-01-01")
    handed_over.change("2026-02-01", manager_id=bob.subject)
    world.hear(ann, bob, *deal.told, *handed_over.told)
    for known_at in (None, at("2026-06-01")):
        rows = {row["manager_id"]: row for row in world.ask("manager_performance", known_at=known_at)["rows"]}
        anns, bobs = rows[str(ann.subject)], rows[str(bob.subject)]
        assert (anns["won"], anns["in_progress"], anns["won_amount"], anns["median_cycle_days"]) == (1, 0, "10.00", 4.0)
        assert (bobs["won"], bobs["in_progress"], bobs["median_cycle_days"]) == (0, 1, None)


def test_resolved_claims_count_for_whoever_had_them(world: World) -> None:
    ann = manager()
    deal = Teller(SALE, products=["A"]).open("2026-01-01")
    world.hear(
        *deal.told,
        *claim("2026-01-02", "2026-01-09", ann.subject, deal_id=deal.id),
        *claim("2026-01-02", "2026-02-09", ann.subject),
        *claim("2026-01-02", None, None),
    )

    def resolved(**asked: Any) -> list[int]:
        return [row["claims_resolved"] for row in world.ask("manager_performance", **asked)["rows"]]

    assert resolved() == [2]
    assert resolved(period={"from": "2026-01-01", "to": "2026-02-01"}) == [1]
    assert resolved(as_of=at("2026-02-01")) == [1]
    assert (
        resolved(filter={"products": ["A"]}) == resolved(filter={"products": ["A"]}, known_at=at("2026-07-01")) == [1]
    )
    assert resolved(filter={"manager_ids": [str(manager().subject)]}) == []


def test_interactions_count_for_everybody_who_took_part(world: World) -> None:
    ann, bob, acme = manager(), manager(), partner("fair")
    deal = Teller(SALE, products=["A"]).open("2026-01-01")
    world.hear(
        *deal.told,
        acme,
        interaction("2026-01-05", ann.subject, bob.subject, partners=[acme.subject]),
        interaction("2026-02-05", ann.subject, deals=[deal.id]),
        interaction("2026-02-05", ann.subject, automatic=True),
        interaction("2026-02-05"),
    )

    def counted(**asked: Any) -> dict[str, int]:
        return {row["manager_id"]: row["interactions"] for row in world.ask("manager_performance", **asked)["rows"]}

    anns, bobs = str(ann.subject), str(bob.subject)
    assert counted() == {anns: 2, bobs: 1}
    assert counted(period={"from": "2026-01-01", "to": "2026-02-01"}) == {anns: 1, bobs: 1}
    assert counted(as_of=at("2026-02-01")) == {anns: 1, bobs: 1}
    assert counted(filter={"manager_ids": [bobs]}) == {bobs: 1}
    assert counted(filter={"partner_ids": [str(acme.subject)]}) == {anns: 1, bobs: 1}
    assert counted(filter={"sources": ["fair"]}) == {anns: 1, bobs: 1}
    assert counted(filter={"products": ["A"]}) == counted(filter={"products": ["A"]}, known_at=at("2026-07-01"))
    assert counted(filter={"products": ["A"]}) == {anns: 1}


def test_a_correction_counts_in_the_place_of_what_it_corrects_once_it_is_known(world: World) -> None:
    ann, bob = manager(), manager()
    wrong = interaction("2026-01-05", ann.subject)
    right = interaction("2026-01-07", bob.subject, corrects=wrong, recorded=at("2026-03-01"))
    nobodys = interaction("2026-01-07", corrects=right, recorded=at("2026-04-01"))
    world.hear(nobodys, right, wrong)

    def counted(**asked: Any) -> list[str]:
        return [row["manager_id"] for row in world.ask("manager_performance", **asked)["rows"]]

    february, march = at("2026-02-01"), at("2026-03-15")
    assert counted(as_of=february, known_at=february) == [str(ann.subject)]
    assert counted(as_of=february, known_at=march) == [str(bob.subject)]
    assert counted(as_of=at("2026-01-06"), known_at=march) == []
    assert counted(as_of=february) == counted() == []


def test_a_task_is_overdue_from_when_it_was_due_until_it_is_done(world: World) -> None:
    ann, bob = manager(), manager()
    deal = Teller(SALE, products=["A"]).open("2026-01-01")
    told = task(
        ("task.created", "2026-01-01", "2026-01-10", ann.subject),
        ("task.changed", "2026-01-12", "2026-01-10", bob.subject),
        ("task.completed", "2026-01-15", "2026-01-10", bob.subject),
        ("task.changed", "2026-02-01", "2026-03-01", bob.subject),
        deal_id=deal.id,
    )
    world.hear(*deal.told, *reversed(told))

    def overdue(day: str, **asked: Any) -> dict[str, int]:
        rows = world.ask("manager_performance", as_of=at(day), known_at=at(day), **asked)["rows"]
        return {row["manager_id"]: row["overdue_tasks"] for row in rows if row["overdue_tasks"]}

    anns, bobs = str(ann.subject), str(bob.subject)
    days = ("2026-01-10", "2026-01-11", "2026-01-13", "2026-01-16", "2026-02-15", "2026-03-02")
    assert [overdue(day) for day in days] == [{}, {anns: 1}, {bobs: 1}, {}, {}, {bobs: 1}]
    assert overdue("2026-01-11", period={"from": "2026-06-01"}) == {anns: 1}
    assert overdue("2026-01-11", filter={"products": ["B"]}) == {}
    assert overdue("2026-01-11", filter={"products": ["A"], "manager_ids": [anns]}) == {anns: 1}


def test_tasks_due_in_a_period_are_done_in_time_or_late_or_overdue(world: World) -> None:
    ann = manager().subject
    deal, mistake = Teller(SALE).open("2026-01-01").win("2026-02-01"), Teller(SALE).open("2026-01-01")
    mistake.correct("voided", "2026-02-01")
    done = [("task.completed", day, "2026-01-10", ann) for day in ("2026-01-09", "2026-01-10", "2026-01-10T00:01")]
    for steps in ([("task.created", "2026-01-02", "2026-01-10", ann), one] for one in done):
        world.hear(*task(*steps, deal_id=deal.id), *task(*steps, deal_id=mistake.id))
    world.hear(*deal.told, *mistake.told, *task(("task.created", "2026-01-02", "2026-01-31", ann)))
    world.hear(*task(("task.created", "2026-01-02", "2026-01-10", ann), ("task.cancelled", "2026-01-09", None, ann)))

    def due(**asked: Any) -> Any:
        (row,) = world.ask("manager_performance", **asked)["rows"]
        return *row["due_tasks"].values(), row["tasks_done_in_time"]["value"]

    january, days = {"from": "2026-01-01", "to": "2026-02-01"}, {"from": "2026-01-10", "to": "2026-01-11"}
    assert due(period=january) == due() == (2, 1, 1, 0.5)
    assert due(period=days) == due(period=january, as_of=at("2026-01-31")) == (2, 1, 0, 2 / 3)
    assert due(period=january, as_of=at("2026-01-10"), known_at=at("2026-01-11")) == (4, 0, 0, 1.0)  # nobody knew


ENDS: dict[str, Callable[[Teller], Teller]] = {
    "won": lambda deal: deal.win("2026-02-01"),
    "lost": lambda deal: deal.lose("2026-02-01"),
    "voided": lambda deal: deal.correct("voided", "2026-02-01"),
    "merged": lambda deal: deal.correct("merged", "2026-02-01"),
}


@pytest.mark.parametrize("end", ENDS)
def test_no_task_is_overdue_in_a_deal_that_is_over(world: World, end: str) -> None:
    ann, deal = manager(), Teller(SALE).open("2026-01-01")
    told = task(("task.created", "2026-01-01", "2026-01-10", ann.subject), deal_id=deal.id)
    world.hear(*ENDS[end](deal).told, *told)
    moments: list[dict[str, Any]] = [{"as_of": at(day), "known_at": at(day)} for day in ("2026-01-11", "2026-02-02")]
    found = [world.ask("manager_performance", **moment)["rows"] for moment in (*moments, {})]
    assert [sum(row["overdue_tasks"] for row in rows) for rows in found] == [1, 0, 0]


@pytest.mark.parametrize(("moment", "field"), [("as_of", "asOf"), ("known_at", "knownAt")])
def test_of_the_future_nothing_is_told(world: World, moment: str, field: str) -> None:
    now = utc_now()
    questions: list[tuple[str, dict[str, Any]]] = [
        ("outcomes", {}), ("manager_performance", {}), ("client_profiles", {"partner_ids": []}),
    ]  # fmt: skip
    for query, asked in questions:
        problem = world.refused(query, **{**asked, moment: now + timedelta(hours=1)})
        assert (problem.code, problem.field) == ("INVALID", (field,))
        assert "forecast" in problem.message
        world.ask(query, **{**asked, moment: now + timedelta(minutes=2)})  # a clock that is ahead
