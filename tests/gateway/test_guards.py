"""Guards through the gateway, each refusing and letting through; what is refused leaves no row and no event."""

from __future__ import annotations

from typing import Any

from tests.gateway.processes import definition, publish, stage
from tests.gateway.system import System
from tests.support.databases import contents


def deal_before(system: System, guard: dict[str, Any], **more: Any) -> str:
    """Open a deal that a guard keeps from its second stage."""
    process = publish(system, definition(stage("contact"), stage("offer", guards=[guard])))
    made = system.do("openDeal", "deal { id }", process=process, title="A deal", **more)
    assert made["errors"] == []
    return str(made["deal"]["id"])


def refused(system: System, deal: str) -> tuple[list[str], str]:
    """Try to enter the stage: give the guards that are not met and what to do; canEnter has said the same before."""
    query = "query($id: ID!) { deal(id: $id) { canEnter { stage { key } possible code missing { guard message } } } }"
    (_, told) = system.ask(query, id=deal)["deal"]["canEnter"]
    before = contents(system.databases["deals"])
    payload = system.do("moveDeal", "deal { id }", deal=deal, stage="offer")
    assert contents(system.databases["deals"]) == before
    (error,) = payload["errors"]
    assert (payload["deal"], error["code"], error["field"]) == (None, "GUARDS_UNMET", ["stage"])
    assert (told["possible"], told["code"]) == (False, "GUARDS_UNMET")
    assert [one["guard"] for one in told["missing"]] == error["details"]
    return error["details"], error["message"]


def enters(system: System, deal: str) -> None:
    query = "query($id: ID!) { deal(id: $id) { canEnter { possible code missing { guard } } } }"
    assert system.ask(query, id=deal)["deal"]["canEnter"][1] == {"possible": True, "code": None, "missing": []}
    moved = system.do("moveDeal", "deal { stage { key } }", deal=deal, stage="offer")
    assert moved == {"deal": {"stage": {"key": "offer"}}, "errors": []}


def test_required_fields_filled(system: System) -> None:
    fields = [{"name": "fields", "value": "products, amount, expected_close_on"}]
    deal = deal_before(system, {"name": "required_fields_filled", "parameters": fields}, products=["M8"])
    guards, message = refused(system, deal)
    assert guards == ["required_fields_filled"]
    assert message.endswith("fill in amount, expected_close_on")
    amount = {"amount": "3", "currency": "USD"}
    system.do("changeDeal", "deal { id }", deal=deal, amount=amount, expectedCloseOn="2030-01-31")
    enters(system, deal)


def test_no_open_critical_claim(system: System) -> None:
    partner = system.do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    deal = deal_before(system, {"name": "no_open_critical_claim"}, partner=partner)

    def claim(severity: str, of: str | None) -> str:
        about = {"deal": of} if of else {}
        made = system.do(
            "registerClaim", "claim { id }",
            partner=partner, subject="Broken", cause="GOODS", severity=severity, **about,
        )  # fmt: skip
        assert made["errors"] == []
        return str(made["claim"]["id"])

    claim("HIGH", deal)
    claim("CRITICAL", None)
    critical = claim("CRITICAL", deal)
    assert refused(system, deal)[0] == ["no_open_critical_claim"]
    manager = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    system.do("assignClaim", "claim { id }", claim=critical, manager=manager)
    assert refused(system, deal)[0] == ["no_open_critical_claim"]
    system.do("changeClaim", "claim { id }", claim=critical, severity="LOW")
    system.do("changeClaim", "claim { id }", claim=critical, severity="CRITICAL")
    system.do("resolveClaim", "claim { id }", claim=critical, resolution="Sent another")
    system.do("reopenClaim", "claim { id }", claim=critical, reason="It came broken, too")
    assert refused(system, deal)[0] == ["no_open_critical_claim"]
    system.do("changeClaim", "claim { id }", claim=critical, severity="HIGH")
    enters(system, deal)


def test_approved_by_head_of_sales(system: System) -> None:
    manager = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    deal = deal_before(system, {"name": "approved_by_head_of_sales"}, manager=manager)
    assert refused(system, deal)[0] == ["approved_by_head_of_sales"]
    ann = {"role": "manager", "member": manager}
    asked = system.do("requestApproval", "approval { id status stage { key } task { assignee { name } } }",
                      **ann, deal=deal, stage="offer")["approval"]  # fmt: skip
    assert (asked["status"], asked["stage"], asked["task"]) == (
        "REQUESTED", {"key": "offer"}, {"assignee": {"name": "Ann"}},
    )  # fmt: skip
    assert refused(system, deal)[0] == ["approved_by_head_of_sales"]
    query = "mutation($a: ID!) { decideApproval(input: {approval: $a, approved: true}) { approval { id } } }"
    assert system.answer(query, **ann, a=asked["id"])["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    pending = "{ approvals(status: REQUESTED) { totalCount nodes { deal { id } } } }"
    assert system.ask(pending, role="head_of_sales")["approvals"] == {
        "totalCount": 1,
        "nodes": [{"deal": {"id": deal}}],
    }
    system.do("decideApproval", "approval { status }", role="head_of_sales", approval=asked["id"], approved=True)
    found = system.ask("query($id: ID!) { deal(id: $id) { approvals { status decidedBy } } }", id=deal)["deal"]
    assert [one["status"] for one in found["approvals"]] == ["APPROVED"]
    enters(system, deal)


def test_partner_known_and_client_classified(system: System) -> None:
    guards = [{"name": "partner_known"}, {"name": "client_classified"}]
    process = publish(system, definition(stage("contact"), stage("offer", guards=guards)))
    deal = system.do("openDeal", "deal { id }", process=process, title="A deal")["deal"]["id"]
    assert refused(system, deal)[0] == ["partner_known", "client_classified"]
    partner = system.do("registerPartner", "partner { id }", name="Acme")["partner"]["id"]
    system.do("changeDeal", "deal { id }", deal=deal, partner=partner)
    assert refused(system, deal)[0] == ["client_classified"]
    system.do("registerSaleTerms", "saleTerms { id }", partner=partner, currency="USD", validFrom="2020-01-01")
    enters(system, deal)


def test_no_guard_holds_up_a_process_by_hand(system: System) -> None:
    guards = [{"name": "partner_known"}]
    process = publish(system, definition(stage("contact"), stage("offer", guards=guards), control="MANUAL"))
    enters(system, system.do("openDeal", "deal { id }", process=process, title="A deal")["deal"]["id"])


def test_a_deal_goes_on_in_another_version(system: System) -> None:
    first = publish(system, definition(stage("contact"), stage("offer")))
    deals = [system.do("openDeal", "deal { id }", process=first, title="A deal")["deal"]["id"] for _ in range(2)]
    second = publish(system, definition(stage("contact"), stage("call"), stage("offer")))
    system.do("moveDeal", "deal { id }", deal=deals[0], stage="offer")
    changed = system.do(
        "changeDealProcess",
        "deal { process { version } stage { key rank } history { kind fromProcess { version } toProcess { version } } }",
        role="head_of_sales", deal=deals[0], process=second,
    )["deal"]  # fmt: skip
    assert (changed["process"], changed["stage"]) == ({"version": 2}, {"key": "offer", "rank": 3})
    assert changed["history"][-1] == {
        "kind": "PROCESS_CHANGED", "fromProcess": {"version": 1}, "toProcess": {"version": 2},
    }  # fmt: skip
    wrong = system.do("changeDealProcess", "deal { id }", deal=deals[0], process=second)
    assert [(error["code"], error["field"]) for error in wrong["errors"]] == [("SAME_PROCESS", ["process"])]
    bulk = system.do(
        "changeProcessOfDeals", "after results { id deal { stage { key } } errors { code } }",
        fromProcess=first, toProcess=second, stages=[{"fromStage": "contact", "toStage": "call"}],
    )  # fmt: skip
    assert bulk == {
        "after": None, "errors": [],
        "results": [{"id": deals[1], "deal": {"stage": {"key": "call"}}, "errors": []}],
    }  # fmt: skip
    funnel = system.ask("query($p: ID!) { funnel(process: $p) { stages { stage { key } reached open } } }", p=second)[
        "funnel"
    ]
    assert [(one["stage"]["key"], one["reached"], one["open"]) for one in funnel["stages"]] == [
        ("contact", 2, 0), ("call", 2, 1), ("offer", 1, 1),
    ]  # fmt: skip
