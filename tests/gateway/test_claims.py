"""Claims through the gateway."""

from __future__ import annotations

from typing import Any

from chassis.ids import new_id
from tests.gateway.system import System


def test_claim_from_registration_to_its_end(system: System) -> None:
    partner = system.do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    manager = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    deal = system.do("openDeal", "deal { id }", process=system.processes["manual_sale"], title="x", partner=partner)[
        "deal"
    ]["id"]
    system.asked.clear()
    payload = system.do(
        "registerClaim",
        "claim { id status severity partner { name } deal { title } assignee { id } resolvedAt }",
        partner=partner,
        deal=deal,
        subject="late",
        cause="DELIVERY",
    )
    assert payload["errors"] == []
    claim = payload["claim"]
    assert (claim["status"], claim["severity"], claim["partner"], claim["deal"]) == (
        "REGISTERED",
        "NORMAL",
        {"name": "Acme"},
        {"title": "x"},
    )
    assert sorted(system.asked[:2]) == ["claims.register_claim", "deals.deals_by_ids"], (
        "the partner is known to be there"
    )
    assigned = system.do("assignClaim", "claim { status assignee { name } }", claim=claim["id"], manager=manager)
    assert assigned == {"claim": {"status": "ASSIGNED", "assignee": {"name": "Ann"}}, "errors": []}
    resolved = system.do("resolveClaim", "claim { status resolution }", claim=claim["id"], resolution="sent again")
    assert resolved == {"claim": {"status": "RESOLVED", "resolution": "sent again"}, "errors": []}
    query = """query($id: ID!, $f: ClaimFilter) { claim(id: $id) { number } claims(filter: $f) { totalCount nodes { id } }
      deals { nodes { claims { nodes { status } } } } }"""
    found = system.ask(query, id=claim["id"], f={"statuses": ["RESOLVED"], "partners": [partner]})
    assert found["claims"] == {"totalCount": 1, "nodes": [{"id": claim["id"]}]}
    assert found["deals"]["nodes"] == [{"claims": {"nodes": [{"status": "RESOLVED"}]}}]


def test_claim_about_what_is_not_there(system: System) -> None:
    refused = system.do(
        "registerClaim", "claim { id }", partner=str(new_id(0x101)), deal=str(new_id(0x202)), subject="x", cause="GOODS"
    )
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("NOT_FOUND", ["partner"]), ("NOT_FOUND", ["deal"])]


def test_the_work_on_a_claim_and_its_clocks(system: System) -> None:
    do = system.do
    partner = do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    head = do("registerManager", "manager { id }", name="Bea")["manager"]["id"]
    [shipped] = system.ask("{ slaPolicies { id version warnAtPercent targets { severity resolutionMinutes } } }")[
        "slaPolicies"
    ]
    assert (shipped["version"], [one["severity"] for one in shipped["targets"]]) == (
        1,
        ["LOW", "NORMAL", "HIGH", "CRITICAL"],
    )
    targets = [
        {"severity": one["severity"], "firstResponseMinutes": 30, "resolutionMinutes": 60} for one in shipped["targets"]
    ]
    refused = do("setSlaPolicy", "slaPolicy { id }", targets=targets[:3], expectedVersion=1, role="head_of_sales")
    assert [(one["code"], one["field"]) for one in refused["errors"]] == [("REQUIRED", ["targets"])]
    policy = do("setSlaPolicy", "slaPolicy { version }", targets=targets, expectedVersion=1, role="head_of_sales")
    assert policy["slaPolicy"] == {"version": 2}
    claim = do(
        "registerClaim", "claim { id policy { version } products firstResponseDueAt firstResponseLate }",
        partner=partner, subject="late", cause="DELIVERY", products=["pump"],
    )["claim"]  # fmt: skip
    assert (claim["policy"], claim["products"], claim["firstResponseLate"]) == ({"version": 2}, ["pump"], False)
    asked = {"claim": claim["id"]}
    call: dict[str, Any] = {"kind": "CALL", "direction": "OUT", "claims": [claim["id"]], "managers": [head]}
    do("registerInteraction", "interaction { id }", **call)
    do("respondToClaim", "claim { id }", **asked, kind="NOTE", text="he was calm")
    waits = do("waitOnClient", "claim { status resolutionDueAt }", **asked)["claim"]
    assert waits == {"status": "WAITING", "resolutionDueAt": None}
    assert do("waitOnClient", "claim { id }", **asked)["errors"][0]["code"] == "ALREADY_WAITING"
    do("resumeClaim", "claim { id }", **asked)
    do("escalateClaim", "claim { id }", **asked, manager=head, reason="look at it")
    do("resolveClaim", "claim { id }", **asked, resolution="paid", rootCause="LATE_DELIVERY")
    do("reopenClaim", "claim { id }", **asked, reason="not paid")
    query = """query($id: ID!) { claim(id: $id) { status firstRespondedAt timesReopened rootCause
      answers { totalCount nodes { kind text interaction { kind } manager { name } } } changes(first: 1) { nodes { field new by } }
      satisfactionRequests { nodes { scale about automatic } } timeline { nodes { kind } } } }"""
    found = system.ask(query, id=claim["id"])["claim"]
    assert found["firstRespondedAt"] is not None
    assert (found["status"], found["timesReopened"], found["rootCause"]) == ("REGISTERED", 1, None)
    assert found["answers"]["totalCount"] == 4
    assert found["answers"]["nodes"][-1] == {
        "kind": "ANSWER", "text": None, "interaction": {"kind": "CALL"}, "manager": {"name": "Bea"},
    }  # fmt: skip
    assert found["satisfactionRequests"]["nodes"] == [{"scale": "CSAT", "about": "CLAIM", "automatic": True}]
    kinds = [one["kind"] for one in found["timeline"]["nodes"]]
    assert sorted(set(kinds)) == [
        "CLAIM_ESCALATED", "CLAIM_REGISTERED", "CLAIM_REOPENED", "CLAIM_RESOLVED", "CLAIM_RESPONDED", "CLAIM_RESUMED",
        "CLAIM_WAITING", "INTERACTION_REGISTERED", "SATISFACTION_REQUESTED",
    ]  # fmt: skip
    told = system.ask(
        "query($m: [ID!]) { reminders(filter: { managers: $m }) { nodes { escalated about { id } } } }", m=[head]
    )
    assert told["reminders"]["nodes"] == [{"escalated": True, "about": {"id": claim["id"]}}]


def test_a_client_who_is_not_satisfied_is_looked_after(system: System) -> None:
    do = system.do
    ann = do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    made = do(
        "registerPartner", "partner { id contactPersons { id } }",
        name="Acme", manager=ann, contactPersons=[{"fullName": "Eve"}],
    )["partner"]  # fmt: skip
    partner, eve = made["id"], made["contactPersons"][0]["id"]
    deal = do(
        "openDeal", "deal { id }", process=system.processes["manual_sale"], title="x", partner=partner, manager=ann
    )
    deal_id = deal["deal"]["id"]
    do("winDeal", "deal { id }", deal=deal_id)
    give = "response { id score counts low: score about respondent { fullName } deal { title } partner { name } request { scale automatic } }"
    low = do("recordSatisfaction", give, deal=deal_id, scale="NPS", score=3, respondent=eve, comment="slow")
    assert low["errors"] == []
    assert low["response"] == {
        "id": low["response"]["id"], "score": 3, "low": 3, "counts": True, "about": "DEAL",
        "respondent": {"fullName": "Eve"}, "deal": {"title": "x"}, "partner": {"name": "Acme"},
        "request": {"scale": "NPS", "automatic": True},
    }  # fmt: skip
    tasks = system.ask("query($d: ID!) { deal(id: $d) { tasks { title assignee { name } priority } } }", d=deal_id)
    assert tasks["deal"]["tasks"] == [
        {"title": "The client is not satisfied (NPS 3): find out why", "assignee": {"name": "Ann"}, "priority": "HIGH"}
    ]
    claim = do("registerClaim", "claim { id }", partner=partner, subject="late", cause="DELIVERY")["claim"]["id"]
    do("recordSatisfaction", "response { id }", claim=claim, scale="CSAT", score=1)
    reminded = system.ask(
        "query($m: [ID!]) { reminders(filter: { managers: $m }) { nodes { note about { id } } } }", m=[ann]
    )
    assert {"note": "The client is not satisfied: CSAT 1", "about": {"id": claim}} in reminded["reminders"]["nodes"]
    found = system.ask(
        "query($p: ID!) { partner(id: $p) { satisfaction { totalCount nodes { score comment } } timeline { nodes { kind } } } }",
        p=partner,
    )
    assert found["partner"]["satisfaction"]["nodes"] == [{"score": 1, "comment": None}, {"score": 3, "comment": "slow"}]
    assert "SATISFACTION_RECORDED" in [one["kind"] for one in found["partner"]["timeline"]["nodes"]]
    do("erasePerson", "contactPerson { id }", person=eve, reason="she asked")
    found = system.ask("query($p: ID!) { partner(id: $p) { satisfaction { nodes { comment } } } }", p=partner)
    assert found["partner"]["satisfaction"]["nodes"][1] == {"comment": "[erased]"}


def test_satisfaction_is_about_one_thing_that_is_there(system: System) -> None:
    partner = system.do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    deal = system.do("openDeal", "deal { id }", process=system.processes["manual_sale"], title="x", partner=partner)[
        "deal"
    ]["id"]
    wrong: list[tuple[dict[str, Any], str, list[str]]] = [
        ({"deal": str(new_id(0x202))}, "NOT_FOUND", ["deal"]),
        ({"deal": partner}, "WRONG_KIND", ["deal"]),
        ({}, "ONE_SUBJECT", ["deal"]),
        ({"deal": deal, "score": 6}, "INVALID", ["score"]),
        ({"deal": deal, "comment": "a\x00b"}, "INVALID", ["comment"]),
        ({"shipment": str(new_id(0x204))}, "NOT_FOUND", ["shipment"]),
        ({"claim": str(new_id(0x301))}, "NOT_FOUND", ["claim"]),
    ]
    for asked, code, field in wrong:
        refused = system.do("recordSatisfaction", "response { id }", **{"scale": "CSAT", "score": 5, **asked})
        assert [(one["code"], one["field"]) for one in refused["errors"]] == [(code, field)]
