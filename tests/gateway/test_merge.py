"""A merged partner through the gateway: whatever belongs to it is seen with the survivor, and back after undoing."""

from __future__ import annotations

from typing import Any

from chassis.wire import Json
from tests.gateway.system import System
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.test_any_merge import look

VIEW = """{ id name roles merged { id name } contactPoints { value } contactPersons { fullName }
  deals { totalCount nodes { title } } claims { totalCount nodes { subject } }
  interactions { totalCount nodes { title partners { id } } } timeline(first: 50) { nodes { kind } } }"""


def _register(system: System, name: str, **facts: Any) -> str:
    return str(system.do("registerPartner", "partner { id }", name=name, **facts)["partner"]["id"])


def _see(system: System, partner: str) -> Json:
    return system.ask(f"query($id: ID!) {{ partner(id: $id) {VIEW} }}", id=partner)["partner"]


def _with_history(system: System, name: str, **facts: Any) -> str:
    partner = _register(system, name, **facts)
    process = system.processes["manual_sale"]
    system.do("openDeal", "deal { id }", process=process, title=f"deal of {name}", partner=partner)
    system.do("registerClaim", "claim { id }", partner=partner, subject=f"claim of {name}", cause="GOODS")
    talk = {"kind": "CALL", "title": f"call with {name}", "startedAt": "2026-01-05T10:00:00Z"}
    system.do("registerInteraction", "interaction { id }", **talk, partners=[partner])
    return partner


def test_everything_follows_to_the_survivor_and_back(system: System) -> None:
    kept = _with_history(system, "Acme")
    gone = _with_history(
        system, "Akme", roles=["SUPPLIER"], contactPersons=[{"fullName": "Ann"}],
        contactPoints=[{"kind": "EMAIL", "value": "a@acme.com"}],
    )  # fmt: skip
    before = [_see(system, partner) for partner in (kept, gone)]
    query = """query($a: ID!, $b: ID!) { mergePreview(survivor: $a, merged: $b) { survivor { name } merged { name }
      takenOver { field value } conflicts { field survivor merged } counts { contactPoints deals claims interactions } } }"""
    preview = system.ask(query, a=kept, b=gone)["mergePreview"]
    assert preview == {
        "survivor": {"name": "Acme"},
        "merged": {"name": "Akme"},
        "takenOver": [{"field": "roles", "value": "SUPPLIER"}],
        "conflicts": [{"field": "name", "survivor": "Acme", "merged": "Akme"}],
        "counts": {"contactPoints": 1, "deals": 1, "claims": 1, "interactions": 1},
    }
    merged = system.do(
        "mergePartners", "partner { id }", survivor=kept, merged=gone, expectedVersion=1, expectedMergedVersion=1
    )
    assert merged == {"partner": {"id": kept}, "errors": []}
    seen = _see(system, gone)
    assert seen == _see(system, kept)
    assert (seen["id"], seen["roles"], seen["merged"]) == (
        kept,
        ["PROSPECT", "SUPPLIER"],
        [{"id": gone, "name": "Akme"}],
    )
    assert (seen["contactPoints"], seen["contactPersons"]) == ([{"value": "a@acme.com"}], [{"fullName": "Ann"}])
    for what, field in (("deals", "title"), ("claims", "subject"), ("interactions", "title")):
        both = sorted(one[field] for view in before for one in view[what]["nodes"])
        assert (seen[what]["totalCount"], sorted(one[field] for one in seen[what]["nodes"])) == (2, both)
    assert {one["id"] for talk in seen["interactions"]["nodes"] for one in talk["partners"]} == {kept}
    told = [entry["kind"] for view in before for entry in view["timeline"]["nodes"]]
    assert sorted(entry["kind"] for entry in seen["timeline"]["nodes"]) == sorted([*told, "PARTNER_MERGED"])
    lists = system.ask(
        """query($f: ClaimFilter, $g: DealFilter) { partners { totalCount } claims(filter: $f) { totalCount nodes { partner { id } } }
          deals(filter: $g) { totalCount nodes { partner { id } } } }""",
        f={"partners": [kept]},
        g={"partners": [kept]},
    )
    assert lists == {
        "partners": {"totalCount": 1},
        "claims": {"totalCount": 2, "nodes": [{"partner": {"id": kept}}] * 2},
        "deals": {"totalCount": 2, "nodes": [{"partner": {"id": kept}}] * 2},
    }

    undone = system.do("unmergePartner", "partner { id } survivor { id merged { id } }", partner=gone)
    assert undone == {"partner": {"id": gone}, "survivor": {"id": kept, "merged": []}, "errors": []}
    for partner, was in zip((kept, gone), before, strict=True):
        now = _see(system, partner)
        assert {**now, "timeline": None} == {**was, "timeline": None}


def test_a_merged_partner_is_referred_to_and_the_survivor_is_meant(system: System) -> None:
    kept, gone = _register(system, "Acme"), _register(system, "Akme")
    system.do("mergePartners", "partner { id }", survivor=kept, merged=gone)
    deal = system.do(
        "openDeal", "deal { partner { id } }", process=system.processes["manual_sale"], title="x", partner=gone
    )
    assert deal == {"deal": {"partner": {"id": kept}}, "errors": []}
    refused = system.do("changePartner", "partner { id }", partner=gone, name="X")
    assert [(error["code"], error["field"], error["details"]) for error in refused["errors"]] == [
        ("PARTNER_MERGED", ["partner"], [kept])
    ]
    wrong = system.answer(
        "query($a: ID!, $b: ID!) { mergePreview(survivor: $a, merged: $b) { counts { deals } } }", a=kept, b=gone
    )
    assert wrong["errors"][0]["extensions"]["code"] == "PARTNER_MERGED"


def test_pairs_are_listed_and_dismissed(system: System) -> None:
    one, other = _register(system, "Acme"), _register(system, "Acme Ltd")
    look(Contacts(system.databases["contacts"]))
    give = "id first { id duplicates { partner { id } score reasons } } second { id } score reasons status"
    found = system.ask(f"{{ duplicatePairs(first: 5) {{ totalCount nodes {{ {give} }} }} }}")["duplicatePairs"]
    (pair,) = found["nodes"]
    assert {pair["first"]["id"], pair["second"]["id"]} == {one, other}
    assert (pair["reasons"], pair["status"], pair["score"]) == (["SIMILAR_NAME"], "OPEN", 0.55)
    assert pair["first"]["duplicates"] == [
        {"partner": {"id": pair["second"]["id"]}, "score": 0.55, "reasons": ["SIMILAR_NAME"]}
    ]
    dismissed = system.do("dismissDuplicate", "pair { id status dismissedBy }", pair=pair["id"])
    assert (dismissed["pair"]["status"], dismissed["errors"]) == ("DISMISSED", [])
    listed = system.ask("{ duplicatePairs { totalCount } all: duplicatePairs(status: DISMISSED) { nodes { id } } }")
    assert listed == {"duplicatePairs": {"totalCount": 0}, "all": {"nodes": [{"id": pair["id"]}]}}
    node = system.ask("query($id: ID!) { node(id: $id) { id ... on DuplicatePair { score } } }", id=pair["id"])
    assert node["node"]["score"] == 0.55
