from __future__ import annotations

from datetime import timedelta

from tests.services.reporting.telling import Process, Teller, partner
from tests.services.reporting.world import World, at

NEVER = "1970-01-01T00:00:00Z"


def test_nothing_is_included_before_anything_was_heard(world: World) -> None:
    assert world.ask("freshness")["freshness"] == NEVER


def test_the_silence_of_one_source_does_not_hold_the_others_back(world: World) -> None:
    world.hear(partner(when=at("2026-01-01")), *Teller(Process()).open("2026-02-01").told)
    answer = world.ask("freshness")
    assert answer["freshness"] == "2026-02-01T00:00:00Z"
    assert {one["source"]: one["complete"] for one in answer["sources"]} == dict.fromkeys(
        ("claims", "contacts", "deals"), True
    )


def test_while_an_event_is_missing_nothing_is_promised(world: World) -> None:
    opened, won = world.bus.publish(*Teller(Process()).open("2026-02-01").win("2026-02-02").told)
    world.receive([won])
    assert world.ask("freshness")["freshness"] == NEVER
    world.receive([opened])
    assert world.ask("freshness")["freshness"] == "2026-02-02T00:00:00Z"


def test_an_event_that_waits_for_another_try_holds_it_back(world: World) -> None:
    good = Teller(Process()).open("2026-02-01").win("2026-02-05").told
    bad = Teller(Process(), amount={"amount": "1", "currency": "no currency"}).open("2026-02-03").told
    world.inbox.receive(world.bus.publish(*good, *bad))
    answer = world.ask("freshness")
    assert answer["freshness"] == "2026-02-03T00:00:00Z"
    assert [one["source"] for one in answer["sources"] if not one["complete"]] == ["deals"]
    assert world.ask("outcomes")["rows"][0]["won"] == 1


def test_reports_say_how_fresh_they_are(world: World) -> None:
    sale = Process()
    world.hear(sale.published(), *Teller(sale).open(at("2026-02-01") + timedelta(hours=1)).told)
    for answer in (world.ask("funnel", process_id=sale.id), world.ask("outcomes"), world.ask("manager_performance")):
        assert answer["freshness"] == "2026-02-01T01:00:00Z"
        assert answer["as_of"] > answer["freshness"]
