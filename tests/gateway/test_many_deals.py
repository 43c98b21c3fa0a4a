"""Commands for many deals, hand-over and possible duplicates through the gateway."""

from __future__ import annotations

from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_manager, register_partner

GIVE = "results { status id errors { code field } }"


def test_each_row_is_checked_by_itself_and_one_wrong_row_hinders_no_other(system: System) -> None:
    ann, partner = register_manager(system), register_partner(system)
    first, second, third = (open_deal(system)["id"] for _ in range(3))
    rows = [{"deal": first, "manager": ann}, {"deal": second, "manager": partner}, {"deal": partner, "manager": ann}]
    rows += [{"deal": third, "manager": ann[:-4] + "0000"}]
    results = system.do("bulkAssignDeals", GIVE, rows=rows)["results"]
    assert [(r["status"], [(e["code"], e["field"]) for e in r["errors"]]) for r in results] == [
        ("DONE", []),
        ("REFUSED", [("WRONG_KIND", ["manager"])]),
        ("REFUSED", [("WRONG_KIND", ["deal"])]),
        ("REFUSED", [("NOT_FOUND", ["manager"])]),
    ]
    assert [r["id"] for r in results] == [first, second, partner, third]


def test_many_are_moved_and_closed(system: System) -> None:
    first, second = open_deal(system)["id"], open_deal(system, "typical_sale")["id"]
    moves = [{"deal": first, "stage": "proposal"}, {"deal": second, "stage": "proposal"}]
    moved = system.do("bulkMoveDeals", GIVE, rows=moves, idempotencyKey="k")
    assert [r["status"] for r in moved["results"]] == ["DONE", "REFUSED"]
    assert system.do("bulkMoveDeals", GIVE, rows=moves, idempotencyKey="k") == moved
    ends = [{"deal": first, "outcome": "LOST", "reason": "price"}, {"deal": second, "outcome": "WON"}]
    closed = system.do("bulkCloseDeals", GIVE, rows=ends)["results"]
    assert [[e["code"] for e in r["errors"]] for r in closed] == [[], ["SHIPMENT_REQUIRED"]]
    too_many = system.do("bulkMoveDeals", GIVE, rows=[moves[0]] * 501)
    assert (too_many["results"], too_many["errors"][0]["code"]) == (None, "TOO_LONG")


def test_a_manager_hands_over_and_the_figures_credit_the_new_one(system: System) -> None:
    ann, bob = register_manager(system, "Ann"), register_manager(system, "Bob")
    won, still_open = (open_deal(system, manager=ann)["id"] for _ in range(2))
    system.do("winDeal", "deal { id }", deal=won)
    give = "handedOver on results { status }"
    answer = system.do("handOverDeals", give, fromManager=ann, toManager=bob)
    assert (answer["handedOver"], answer["results"]) == (1, [{"status": "DONE"}])
    system.do("winDeal", "deal { id }", deal=still_open)
    rows = system.ask("{ managerPerformance { manager { name } won } }")["managerPerformance"]
    assert sorted((row["manager"]["name"], row["won"]) for row in rows) == [("Ann", 1), ("Bob", 1)]


def test_likely_duplicates_are_shown(system: System) -> None:
    partner = register_partner(system)
    first, second = (open_deal(system, partner=partner)["id"] for _ in range(2))
    query = "query($id: ID!) { possibleDuplicateDeals(deal: $id) { score reasons deal { id } } }"
    assert system.ask(query, id=first)["possibleDuplicateDeals"] == [
        {"score": 1.0, "reasons": ["SIMILAR_TITLE"], "deal": {"id": second}}
    ]
    assert system.ask(query, id=partner)["possibleDuplicateDeals"] == []


def test_a_voided_deal_leaves_the_reports(system: System) -> None:
    deal = open_deal(system)["id"]
    query = "{ outcomes { inProgress } }"
    assert system.ask(query)["outcomes"] == [{"inProgress": 1}]
    system.do("voidDeal", "deal { id }", deal=deal, reason="a mistake")
    assert system.ask(query)["outcomes"] == [{"inProgress": 0}]
