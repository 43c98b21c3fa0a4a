"""Next steps, unfinished and upcoming deals through the gateway."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_manager, register_partner

NOW = datetime.now(UTC)
SOON = (NOW + timedelta(days=1)).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def test_a_next_step_and_its_reminder(system: System) -> None:
    ann = register_manager(system, "Ann")
    deal = open_deal(system, manager=ann)["id"]
    planned = system.do(
        "planNextStep", "step { id status dueAt remindAt assignee { name } deal { nextStep { subject } } }",
        deal=deal, kind="CALL", subject="Call back", dueAt=SOON, remindBefore=60,
    )  # fmt: skip
    assert planned["errors"] == []
    step = planned["step"]
    assert (step["dueAt"], step["assignee"], step["deal"]) == (
        SOON,
        {"name": "Ann"},
        {"nextStep": {"subject": "Call back"}},
    )
    assert step["remindAt"] < SOON
    other = system.do("planNextStep", "step { id }", deal=deal, kind="EMAIL", subject="Write", dueAt=SOON)["step"]["id"]
    query = "query($id: ID!) { deal(id: $id) { nextStep { id kind } nextSteps { subject status overdue } } }"
    assert system.ask(query, id=deal)["deal"] == {
        "nextStep": {"id": other, "kind": "EMAIL"},
        "nextSteps": [
            {"subject": "Write", "status": "PLANNED", "overdue": False},
            {"subject": "Call back", "status": "REPLACED", "overdue": False},
        ],
    }
    assert system.do("completeNextStep", "step { status }", step=other)["step"] == {"status": "DONE"}
    refused = system.do("dropNextStep", "step { id }", step=other)
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("STEP_CLOSED", ["step"])]
    wrong = system.do("dropNextStep", "step { id }", step=deal)
    assert [e["code"] for e in wrong["errors"]] == ["WRONG_KIND"]
    node = "query($id: ID!) { node(id: $id) { ... on NextStep { subject } } }"
    assert system.ask(node, id=other) == {"node": {"subject": "Write"}}


def test_unfinished_and_upcoming_deals(system: System) -> None:
    ann, bob = register_manager(system, "Ann"), register_manager(system, "Bob")
    partner = register_partner(system)
    passed, ahead = ((NOW + timedelta(days=days)).date().isoformat() for days in (-1, 5))
    open_deal(system, manager=ann, partner=partner, expectedCloseOn=passed)
    open_deal(system, manager=bob)
    open_deal(system, manager=ann, plannedStartOn=ahead)
    query = """{ unfinishedDeals { totalCount nodes { clientKind ageDays dwellDays visitDays allowedDwellDays dwellExceeded
        reasons deal { manager { name } } } }
      unfinishedSummary { manager { name } total reasons { reason count } }
      upcomingDeals { totalCount nodes { plannedStartOn } } }"""
    found = system.ask(query)
    first, second = found["unfinishedDeals"]["nodes"]
    assert found["unfinishedDeals"]["totalCount"] == 2
    assert (first["reasons"], first["clientKind"]) == (["NO_NEXT_STEP", "CLOSE_DATE_PASSED"], "PROSPECT")
    assert (second["reasons"], second["clientKind"]) == (["NO_NEXT_STEP"], "UNKNOWN")
    assert (first["ageDays"], first["allowedDwellDays"], first["dwellExceeded"]) == (0, None, False)
    assert 0 <= first["visitDays"] == first["dwellDays"] < 1
    assert found["upcomingDeals"] == {"totalCount": 1, "nodes": [{"plannedStartOn": ahead}]}
    assert {(row["manager"]["name"], row["total"]) for row in found["unfinishedSummary"]} == {("Ann", 1), ("Bob", 1)}

    narrowed = "query($f: AttentionFilter) { unfinishedDeals(filter: $f, orderBy: AGE) { nodes { deal { manager { name } } } } }"
    for filter in ({"managers": [ann]}, {"clientKinds": ["PROSPECT"]}, {"reasons": ["CLOSE_DATE_PASSED"]}):
        nodes = system.ask(narrowed, f=filter)["unfinishedDeals"]["nodes"]
        assert [node["deal"]["manager"]["name"] for node in nodes] == ["Ann"]
    mine = system.ask(query, role="manager", member=bob)
    assert (mine["unfinishedDeals"]["totalCount"], mine["upcomingDeals"]["totalCount"]) == (1, 0)
    assert len(mine["unfinishedSummary"]) == 1
