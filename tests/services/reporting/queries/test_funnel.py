from __future__ import annotations

from typing import Any

import pytest

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.wire import Json
from tests.services.reporting.telling import Process, Teller, eur, manager, moved_to, team, usd
from tests.services.reporting.world import PROCESS, World, at

SALE = Process(stages=("contact", "offer", "contract"))


def _column(answer: Json, name: str) -> list[Any]:
    return [stage[name] for stage in answer["stages"]]


def test_a_funnel(world: World) -> None:
    skips = Teller(SALE, amount=usd("100.00")).open("2026-01-01").move("2026-01-02", "contract").lose("2026-01-03")
    back = (
        Teller(SALE, amount=usd("10.00")).open("2026-01-01").move("2026-01-02", "offer").move("2026-01-03", "contact")
    )
    won_early = Teller(SALE, amount=usd("1.00")).open("2026-01-01").win("2026-01-02")
    lost_first = Teller(SALE, amount=eur("7.00")).open("2026-01-01").lose("2026-01-04")
    world.hear(SALE.published(), *skips.told, *back.told, *won_early.told, *lost_first.told)
    for known_at in (None, at("2026-06-01")):
        answer = world.ask("funnel", process_id=SALE.id, known_at=known_at)
        assert _column(answer, "key") == ["contact", "offer", "contract"]
        assert _column(answer, "reached") == [4, 3, 2]
        assert _column(answer, "entered") == [4, 1, 1]
        assert _column(answer, "open") == [1, 0, 0]
        assert _column(answer, "lost") == [1, 0, 1]
        assert _column(answer, "furthest_lost") == [1, 0, 1]
        assert _column(answer, "reached_amount") == ["111.00", "111.00", "101.00"]
        assert _column(answer, "lost_amount") == ["0.00", "0.00", "100.00"]
        assert [ratio and ratio["value"] for ratio in _column(answer, "conversion")] == [3 / 4, 2 / 3, None]
        assert [ratio and ratio["value"] for ratio in _column(answer, "mature_conversion")] == [3 / 4, 2 / 2, None]
        assert _column(answer, "conversion")[2] is None
        assert [ratio["value"] for ratio in _column(answer, "loss_share")] == [0.5, 0.0, 0.5]
        assert [ratio["value"] for ratio in _column(answer, "hazard")] == [1 / 3, 0.0, 1.0]
        assert (answer["unconverted"], answer["most_lost_at"], answer["currency"]) == (1, "contract", "USD")


def test_an_empty_funnel_has_its_stages_and_no_ratios(world: World) -> None:
    world.hear(SALE.published())
    for known_at in (None, at("2000-01-01")):
        answer = world.ask("funnel", process_id=SALE.id, known_at=known_at)
        assert _column(answer, "reached") == [0, 0, 0]
        assert _column(answer, "hazard")[0] == {"value": None, "numerator": "0", "denominator": "0"}
        assert answer["most_lost_at"] is None


def test_a_process_without_stages_has_an_empty_funnel(world: World) -> None:
    free = Process(key="free", stages=())
    world.hear(free.published(), *Teller(free, amount=eur("1.00")).open("2026-01-01").win("2026-01-02").told)
    answer = world.ask("funnel", process_id=free.id)
    assert (answer["stages"], answer["most_lost_at"], answer["unconverted"]) == ([], None, 0)


def test_versions_are_one_family_shown_by_the_newest(world: World) -> None:
    old = Process(version=1, stages=("contact", "survey", "contract"))
    new = Process(version=2, stages=("contact", "offer", "contract"))
    ends_in_removed = Teller(old).open("2026-01-01").move("2026-01-02", "survey").lose("2026-01-03")
    passes = Teller(old).open("2026-01-01").move("2026-01-02", "contract")
    fresh = Teller(new).open("2026-01-01").move("2026-01-02", "offer")
    world.hear(new.published(), old.published(), *ends_in_removed.told, *passes.told, *fresh.told)
    for process in (old, new):
        answer = world.ask("funnel", process_id=process.id)
        assert answer["process_id"] == str(new.id)
        assert _column(answer, "reached") == [3, 2, 1]
        assert _column(answer, "open") == [0, 1, 1]
        assert _column(answer, "lost") == [0, 0, 0]  # lost at a stage that is no more: in no stage's count
        assert _column(answer, "furthest_lost") == [1, 0, 0]


def test_the_cohort_is_what_was_created_in_the_period(world: World) -> None:
    world.hear(
        SALE.published(),
        *Teller(SALE).open("2026-01-31T23:59").win("2026-05-01").told,
        *Teller(SALE).open("2026-02-01").win("2026-05-01").told,
    )
    february = {"from": "2026-02-01", "to": "2026-03-01"}
    assert _column(world.ask("funnel", process_id=SALE.id, period=february), "reached") == [1, 1, 1]
    past = world.ask("funnel", process_id=SALE.id, period=february, as_of=at("2026-03-01"))
    assert _column(past, "reached") == [1, 0, 0]
    assert past["as_of"] == "2026-03-01T00:00:00Z"


def test_an_unknown_process_and_a_period_that_ends_before_it_begins(world: World) -> None:
    problem = world.refused("funnel", process_id=new_id(PROCESS))
    assert (problem.code, problem.field) == ("NOT_FOUND", ("process",))
    world.hear(SALE.published())
    problem = world.refused("funnel", process_id=SALE.id, period={"from": "2026-02-02", "to": "2026-02-01"})
    assert (problem.code, problem.field) == ("INVALID_PERIOD", ("period", "from"))


@pytest.mark.parametrize("known_at", [None, at("2026-09-01")])
def test_the_lost_deals_behind_the_number(world: World, known_at: Any) -> None:
    lost = [Teller(SALE).open("2026-01-01").lose("2026-02-01") for _ in range(5)]
    other = Teller(SALE).open("2026-01-01").move("2026-01-02", "offer").lose("2026-02-01")
    world.hear(SALE.published(), *other.told, *(event for deal in lost for event in deal.told))
    asked = {"process_id": SALE.id, "stage": "contact", "kind": "LOST", "known_at": known_at}
    first = world.ask("stage_deals", **asked, page={"first": 3, "total": True})
    second = world.ask("stage_deals", **asked, page={"first": 3, "after": first["cursors"][-1]})
    assert (first["total"], first["has_next"], second["has_next"]) == (5, True, False)
    assert first["nodes"] + second["nodes"] == sorted((str(deal.id) for deal in lost), reverse=True)
    assert world.refused("stage_deals", **{**asked, "stage": "nowhere"}).code == "UNKNOWN_STAGE"


def test_who_sees_less_is_shown_less(world: World) -> None:
    north, south = team(), team()
    ann, bob, cid = manager(north.subject), manager(south.subject), manager(south.subject)
    world.hear(
        SALE.published(), north, south, ann, bob, cid, moved_to(north.subject, cid, at("2026-01-01")),
        *(event for owner in (ann, bob, cid) for event in Teller(SALE, manager_id=owner.subject).open("2026-01-01").told),
        *Teller(SALE).open("2026-01-01").told,
    )  # fmt: skip
    own = Actor(subject="ann", role="manager", reach="own", member_id=ann.subject, scopes=frozenset({"read"}))
    lead = Actor(
        subject="lead", role="team_lead", reach="team", team_ids=frozenset({north.subject}), scopes=frozenset({"read"})
    )

    def reached(actor: Actor, **more: Any) -> int:
        funnel = world.ask("funnel", actor, process_id=SALE.id, **more)
        return int(_column(funnel, "reached")[0])

    for known_at in (None, at("2026-09-01")):
        assert reached(own, known_at=known_at) == 2
        assert reached(lead, known_at=known_at) == 3
        assert reached(own, known_at=known_at, filter={"manager_ids": [str(bob.subject)]}) == 0
