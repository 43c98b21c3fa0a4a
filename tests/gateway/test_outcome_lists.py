"""Loss reasons, competitors and the audit through the gateway."""

from __future__ import annotations

import json

from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_manager, register_partner

REASON = "lossReason { key name russianName retiredAt }"


def test_the_head_of_sales_keeps_the_list_and_managers_may_not(system: System) -> None:
    added = system.do(
        "addLossReason",
        REASON,
        role="head_of_sales",
        key="budget",
        name="No budget",
        russianName="Нет бюджета",
        place=1,
    )
    assert added == {
        "lossReason": {"key": "budget", "name": "No budget", "russianName": "Нет бюджета", "retiredAt": None},
        "errors": [],
    }
    changed = system.do("changeLossReason", REASON, key="budget", name="Budget")["lossReason"]
    assert (changed["name"], changed["russianName"]) == ("Budget", "Нет бюджета")
    assert system.do("retireLossReason", REASON, key="budget")["lossReason"]["retiredAt"] is not None
    query = "{ lossReasons { key } all: lossReasons(includeRetired: true) { key } }"
    data = system.ask(query)
    assert {"key": "budget"} not in data["lossReasons"]
    assert data["all"][0] == {"key": "budget"}

    ann = register_manager(system)
    answer = system.answer(
        'mutation { retireLossReason(input: {key: "price"}) { errors { code } } }', role="manager", member=ann
    )
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_competitors_are_partners_in_that_role_and_no_other_wins_our_deals(system: System) -> None:
    rival = register_partner(system, "Rival", roles=["COMPETITOR"])
    client = register_partner(system, "Acme", roles=["CLIENT"])
    data = system.ask("{ competitors { totalCount nodes { id name } } }")["competitors"]
    assert data == {"totalCount": 1, "nodes": [{"id": rival, "name": "Rival"}]}
    deal = open_deal(system)
    lose = {"deal": deal["id"], "reason": "competitor"}
    refused = system.do("loseDeal", "deal { id }", **lose, competitor=client)
    assert [(error["code"], error["field"]) for error in refused["errors"]] == [("NOT_A_COMPETITOR", ["competitor"])]
    lost = system.do("loseDeal", "deal { lossReason competitor { name } }", **lose, competitor=rival)
    assert lost["deal"] == {"lossReason": "competitor", "competitor": {"name": "Rival"}}


def test_a_deal_shows_its_changes_and_a_conflict_names_them(system: System) -> None:
    deal = open_deal(system)
    system.do("changeDeal", "deal { id }", deal=deal["id"], title="Other", expectedCloseOn="2030-01-31")
    query = "query($id: ID!) { deal(id: $id) { changes { totalCount nodes { kind version field old new by at } } } }"
    page = system.ask(query, id=deal["id"])["deal"]["changes"]
    assert page["totalCount"] == 3
    assert [(c["field"], c["old"], c["new"]) for c in page["nodes"][:2]] == [
        ("expectedCloseOn", None, '"2030-01-31"'), ("title", '"A deal"', '"Other"'),
    ]  # fmt: skip
    assert json.loads(page["nodes"][2]["new"])["title"] == "A deal"
    conflict = system.do("winDeal", "deal { id }", deal=deal["id"], expectedVersion=1)["errors"][0]
    assert (conflict["code"], conflict["details"]) == ("CONFLICT", ["expectedCloseOn", "title"])
