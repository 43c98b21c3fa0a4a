"""Holds, voids and merges through the gateway."""

from __future__ import annotations

from tests.gateway.system import System
from tests.gateway.test_deals import open_deal, register_partner

LIST = "query($f: DealFilter) { deals(filter: $f) { totalCount nodes { id } } }"


def test_a_deal_waits_and_goes_on(system: System) -> None:
    deal = open_deal(system)["id"]
    give = "deal { hold { since until } history { kind reason } }"
    held = system.do("holdDeal", give, deal=deal, reason="their budget", until="2099-01-01T00:00:00Z")["deal"]
    assert held["hold"]["until"] == "2099-01-01T00:00:00Z"
    assert held["history"][-1] == {"kind": "HELD", "reason": "their budget"}
    assert system.do("moveDeal", "deal { id }", deal=deal, stage="proposal")["errors"][0]["code"] == "DEAL_ON_HOLD"
    assert system.ask(LIST, f={"onHold": True})["deals"]["totalCount"] == 1
    assert system.do("resumeDeal", give, deal=deal)["deal"]["hold"] is None


def test_a_voided_deal_is_out_of_lists_and_comes_back(system: System) -> None:
    deal = open_deal(system)["id"]
    assert system.do("voidDeal", "deal { voided }", deal=deal, reason="twice") == {
        "deal": {"voided": True},
        "errors": [],
    }
    assert system.ask(LIST, f={})["deals"] == {"totalCount": 0, "nodes": []}
    assert system.ask(LIST, f={"includeVoided": True})["deals"]["nodes"] == [{"id": deal}]
    query = "query($id: ID!) { deal(id: $id) { voided } }"
    assert system.ask(query, id=deal)["deal"] == {"voided": True}
    refused = system.do("winDeal", "deal { id }", deal=deal)["errors"]
    assert [(error["code"], error["field"]) for error in refused] == [("DEAL_VOIDED", ["deal"])]
    assert system.do("unvoidDeal", "deal { voided }", deal=deal)["deal"] == {"voided": False}


def test_merged_deals_are_one_and_can_be_taken_apart(system: System) -> None:
    survivor, duplicate = open_deal(system)["id"], open_deal(system)["id"]
    give = "deal { id mergedDeals { id title mergedInto } }"
    merged = system.do("mergeDeals", give, survivor=survivor, duplicates=[duplicate])
    assert merged["deal"]["mergedDeals"] == [{"id": duplicate, "title": "A deal", "mergedInto": survivor}]
    query = "query($id: ID!) { deal(id: $id) { id } node(id: $id) { id } }"
    assert system.ask(query, id=duplicate) == {"deal": {"id": survivor}, "node": {"id": survivor}}
    refused = system.do("winDeal", "deal { id }", deal=duplicate)["errors"][0]
    assert (refused["code"], refused["details"]) == ("DEAL_MERGED", [survivor])
    assert system.do("unmergeDeal", "deal { id }", deal=duplicate)["deal"] == {"id": duplicate}
    partner = register_partner(system)
    wrong = system.do("mergeDeals", "deal { id }", survivor=survivor, duplicates=[duplicate, partner])["errors"]
    assert [(error["code"], error["field"]) for error in wrong] == [("WRONG_KIND", ["duplicates", "1"])]
    nobody = system.do("mergeDeals", "deal { id }", survivor=survivor, duplicates=[])["errors"]
    assert [(error["code"], error["field"]) for error in nobody] == [("REQUIRED", ["duplicates"])]
