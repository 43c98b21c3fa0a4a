"""Claims through the gateway."""

from __future__ import annotations

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
    assert sorted(system.asked[:3]) == ["claims.register_claim", "contacts.locate", "deals.deals_by_ids"]
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
