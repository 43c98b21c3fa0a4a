"""Proposals through the gateway."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.ids import new_id
from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_partner

LINE: dict[str, Any] = {"product": "M8", "quantity": "3", "price": {"amount": "9.99", "currency": "USD"}}
PROPOSAL = """proposal { id version number status deal { id } latest { number status validUntil totals { net { amount }
  tax { amount } gross { amount currency base } } lines { product quantity price { amount } gross { amount } }
  alternatives { name totals { gross { amount } } } response { response reason competitor { name } amount { amount } }
  responses { response by } } }"""


def send(system: System, deal: str, **more: Any) -> Any:
    return system.do("sendProposal", PROPOSAL, deal=deal, **({"lines": [LINE], "validUntil": "2999-12-31"} | more))


def count(system: System, deal: str) -> int:
    query = "query($id: ID!) { deal(id: $id) { proposals { id } } }"
    return len(system.ask(query, id=deal)["deal"]["proposals"])


def test_from_the_draft_to_the_answer(system: System) -> None:
    rival = register_partner(system, "Rival", roles=["COMPETITOR"])
    deal = open_deal(system)["id"]
    draft = system.do("draftProposal", PROPOSAL, deal=deal, lines=[LINE])
    assert draft["errors"] == []
    proposal = draft["proposal"]
    changed = system.do(
        "changeProposal", PROPOSAL, proposal=proposal["id"], validUntil="2999-12-31",
        lines=[LINE | {"taxPercent": "20", "discountPercent": "10"}], expectedVersion=proposal["version"],
    )  # fmt: skip
    assert changed["errors"] == []
    sent = system.do("sendProposal", PROPOSAL, deal=deal, proposal=proposal["id"])
    assert sent["errors"] == []
    assert sent["proposal"]["status"] == "SENT"
    assert sent["proposal"]["latest"]["totals"] == {
        "net": {"amount": "26.97"},
        "tax": {"amount": "5.39"},
        "gross": {"amount": "32.36", "currency": "USD", "base": "32.36"},
    }
    answered = system.do(
        "recordProposalResponse", PROPOSAL, deal=deal, response="REJECTED", reason="competitor", competitor=rival
    )
    assert answered["errors"] == []
    assert answered["proposal"]["latest"]["response"] == {
        "response": "REJECTED", "reason": "competitor", "competitor": {"name": "Rival"}, "amount": None,
    }  # fmt: skip
    revised = system.do("reviseProposal", PROPOSAL, proposal=proposal["id"], lines=[LINE])
    assert revised["proposal"]["latest"]["number"] == 2
    assert system.do("sendProposal", PROPOSAL, deal=deal, proposal=proposal["id"])["errors"] == []
    accepted = system.do("recordProposalResponse", "deal { amount { amount } }", deal=deal, response="ACCEPTED")
    assert accepted == {"deal": {"amount": {"amount": "29.97"}}, "errors": []}


def test_one_call_sends_and_the_deal_shows_it(system: System) -> None:
    deal = open_deal(system)["id"]
    lines = [LINE | {"alternative": "steel"}, LINE | {"alternative": "zinc", "quantity": "2"}]
    proposal = send(system, deal, lines=lines)["proposal"]
    assert proposal["latest"]["totals"] is None
    assert proposal["latest"]["alternatives"] == [
        {"name": "steel", "totals": {"gross": {"amount": "29.97"}}},
        {"name": "zinc", "totals": {"gross": {"amount": "19.98"}}},
    ]
    shown = system.ask(
        """query($deal: ID!, $id: ID!) {
          deal(id: $deal) { proposals { id versions { number } } documents { kind id number } }
          proposal(id: $id) { id } node(id: $id) { id ... on Proposal { status } } }""",
        deal=deal, id=proposal["id"],
    )  # fmt: skip
    assert shown["deal"]["proposals"] == [{"id": proposal["id"], "versions": [{"number": 1}]}]
    assert shown["deal"]["documents"] == [{"kind": "PROPOSAL", "id": proposal["id"], "number": proposal["number"]}]
    assert (shown["proposal"], shown["node"]) == ({"id": proposal["id"]}, {"id": proposal["id"], "status": "SENT"})


def test_proposals_of_many_deals_come_in_one_request(system: System) -> None:
    for _ in range(3):
        send(system, open_deal(system)["id"])
    system.asked.clear()
    found = system.ask("{ deals { nodes { proposals { number deal { number } } } } }")["deals"]["nodes"]
    assert [len(deal["proposals"]) for deal in found] == [1, 1, 1]
    assert sorted(system.asked) == ["deals.deals_by_ids", "deals.list_deals", "deals.proposals_of_deals"]


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ({"lines": [LINE | {"quantity": "-1"}]}, [("INVALID_QUANTITY", ["lines", "0", "quantity"])]),
        ({"lines": [LINE | {"discountPercent": "300"}]}, [("INVALID_DISCOUNT", ["lines", "0", "discountPercent"])]),
        ({"lines": [LINE | {"taxPercent": "300"}]}, [("INVALID_TAX", ["lines", "0", "taxPercent"])]),
        (
            {"lines": [LINE | {"price": {"amount": "1", "currency": "XYZ"}, "quantity": "0"}]},
            [
                ("UNKNOWN_CURRENCY", ["lines", "0", "price", "currency"]),
                ("INVALID_QUANTITY", ["lines", "0", "quantity"]),
            ],
        ),
        ({"lines": [LINE | {"product": "x" * 50_000}]}, [("TOO_LONG", ["lines", "0", "product"])]),
        ({"note": "x" * 50_000}, [("TOO_LONG", ["note"])]),
        ({"note": "a\0b"}, [("INVALID", ["note"])]),
        ({"validUntil": "2020-01-01"}, [("INVALID_VALIDITY", ["validUntil"])]),
        ({"proposal": str(new_id(0x202))}, [("WRONG_KIND", ["proposal"])]),
        ({"proposal": str(new_id(0x218))}, [("NOT_FOUND", ["proposal"])]),
    ],
)
def test_what_cannot_be_sent_is_said_and_not_stored(
    system: System, more: dict[str, Any], errors: list[tuple[str, list[str]]]
) -> None:
    deal = open_deal(system)["id"]
    refused = send(system, deal, **more)
    assert refused["proposal"] is None
    assert [(error["code"], error["field"]) for error in refused["errors"]] == errors
    assert count(system, deal) == 0


@pytest.mark.parametrize("more", [{"validUntil": "20206-01-01"}, {"lines": [LINE | {"quantity": "many"}]}])
def test_what_is_no_date_or_number_is_bad_input(system: System, more: dict[str, Any]) -> None:
    deal = open_deal(system)["id"]
    answer = system.answer(
        "mutation($input: SendProposalInput!) { sendProposal(input: $input) { errors { code } } }",
        input={"deal": deal, "lines": [LINE], "validUntil": "2999-12-31"} | more,
    )
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert count(system, deal) == 0


def test_an_answer_refers_to_what_is_there(system: System) -> None:
    deal = open_deal(system)["id"]
    proposal = send(system, deal)["proposal"]
    refused = system.do(
        "recordProposalResponse", "proposal { id }",
        proposal=deal, response="REJECTED", reason="price", competitor=proposal["id"],
    )  # fmt: skip
    assert [(error["code"], error["field"]) for error in refused["errors"]] == [
        ("WRONG_KIND", ["proposal"]), ("WRONG_KIND", ["competitor"]),
    ]  # fmt: skip
    assert send(system, deal, proposal=proposal["id"], expectedVersion=7)["errors"][0]["code"] == "CONFLICT"
