"""Segments, preferences, hand-overs and assignment through the gateway."""

from __future__ import annotations

from typing import Any

from tests.gateway.system import System

TERMS = {"currency": "USD", "validFrom": "2020-01-01"}


def _partner(system: System, name: str = "Acme", **about: Any) -> str:
    return str(system.do("registerPartner", "partner { id }", name=name, **about)["partner"]["id"])


def _manager(system: System, name: str, **about: Any) -> str:
    return str(system.do("registerManager", "manager { id }", name=name, **about)["manager"]["id"])


def test_terms_of_a_segment_hold_for_those_whom_its_rule_makes_members(system: System) -> None:
    ann = _manager(system, "Ann")
    rule = {"conditions": [{"roles": ["SUPPLIER"]}, {"managers": [ann]}]}
    give = "segment { id name rule { match conditions { roles managers { name } teams { name } openInterest } } }"
    segment = system.do("registerSegment", give, name="Retail", rule=rule)["segment"]
    assert segment["rule"] == {
        "match": "ALL",
        "conditions": [
            {"roles": ["SUPPLIER"], "managers": None, "teams": None, "openInterest": None},
            {"roles": None, "managers": [{"name": "Ann"}], "teams": None, "openInterest": None},
        ],
    }
    system.do("registerTypicalSaleTerms", "saleTerms { id }", segment=segment["id"], **TERMS)
    acme = _partner(system, roles=["SUPPLIER"])
    query = "query($p: ID!) { partner(id: $p) { classified segments { name } } }"
    assert system.ask(query, p=acme)["partner"] == {"classified": False, "segments": []}
    system.do("changePartner", "partner { id }", partner=acme, manager=ann)
    assert system.ask(query, p=acme)["partner"] == {"classified": True, "segments": [{"name": "Retail"}]}
    system.do("changePartner", "partner { id }", partner=acme, roles=["COMPETITOR"])
    assert system.ask(query, p=acme)["partner"] == {"classified": False, "segments": []}


def test_members_by_hand_and_the_lists_of_them(system: System) -> None:
    acme, bolt = _partner(system), _partner(system, "Bolt")
    segment = system.do("registerSegment", "segment { id version }", name="Friends", partners=[acme])["segment"]
    system.do("addSegmentMembers", "segment { id }", segment=segment["id"], partners=[bolt])
    system.do("removeSegmentMembers", "segment { id }", segment=segment["id"], partners=[acme])
    found = system.ask(
        """query($s: ID!) { segment(id: $s) { members { totalCount nodes { name } } } segments { nodes { name } }
          partners(filter: {segments: [$s]}) { nodes { name segments { id } } } node(id: $s) { __typename } }""",
        s=segment["id"],
    )
    assert found["segment"]["members"] == {"totalCount": 1, "nodes": [{"name": "Bolt"}]}
    assert found["segments"]["nodes"] == [{"name": "Friends"}]
    assert found["partners"]["nodes"] == [{"name": "Bolt", "segments": [{"id": segment["id"]}]}]
    assert found["node"] == {"__typename": "Segment"}
    changed = system.do("changeSegment", "segment { name }", segment=segment["id"], name="Old friends")
    assert changed["segment"] == {"name": "Old friends"}
    refused = system.do("registerSegment", "segment { id }", name="x", rule={"conditions": [{"teams": [acme]}]})
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [
        ("WRONG_KIND", ["rule", "conditions", "0", "teams", "0"])
    ]


def test_preferences_as_of_a_day(system: System) -> None:
    acme = _partner(system)
    give = "preference { id kind value weight source validFrom validTo partner { name } }"
    made = system.do(
        "registerPreference", give, partner=acme, kind="BRAND", value="steelco", weight="0.5", validFrom="2021-01-01"
    )["preference"]
    assert made == {
        "id": made["id"], "kind": "BRAND", "value": "steelco", "weight": "0.5000", "source": "STATED",
        "validFrom": "2021-01-01", "validTo": None, "partner": {"name": "Acme"},
    }  # fmt: skip
    ended = system.do("endPreference", "preference { validTo }", preference=made["id"], on="2021-06-01")
    assert ended["preference"] == {"validTo": "2021-06-01"}
    query = """query($p: ID!) { partner(id: $p) { then: preferences(asOf: "2021-05-31") { value }
      later: preferences(asOf: "2021-06-01") { value } now: preferences { value } } }"""
    assert system.ask(query, p=acme)["partner"] == {"then": [{"value": "steelco"}], "later": [], "now": []}


def test_a_hand_over_takes_deals_along(system: System) -> None:
    ann, bob = _manager(system, "Ann"), _manager(system, "Bob")
    acme = _partner(system, manager=ann)
    process = system.processes["manual_sale"]
    deal = system.do("openDeal", "deal { id }", process=process, title="Tables", partner=acme, manager=ann)["deal"][
        "id"
    ]
    give = (
        "handOver { id completed partnerCount interactionCount reminderCount fromManager { name } toManager { name } }"
    )
    handed = system.do("handOver", give, fromManager=ann, toManager=bob, reason="holidays")["handOver"]
    assert (handed["completed"], handed["partnerCount"], handed["toManager"]) == (True, 1, {"name": "Bob"})
    query = "query($d: ID!, $h: ID!) { deal(id: $d) { manager { name } } handOver(id: $h) { reason } }"
    found = system.ask(query, d=deal, h=handed["id"])
    assert found == {"deal": {"manager": {"name": "Bob"}}, "handOver": {"reason": "holidays"}}
    again = system.do("handOver", give, fromManager=ann, toManager=ann)
    assert [(e["code"], e["field"]) for e in again["errors"]] == [("SAME_MANAGER", ["toManager"])]


def test_new_partners_go_by_turns_to_the_managers_of_a_team(system: System) -> None:
    team = system.do("registerTeam", "team { id }", name="North")["team"]["id"]
    for name in ("Ann", "Bob"):
        _manager(system, name, team=team)
    give = "assignmentRules { version rules { sources team { name } manager { name } } }"
    rules = [{"sources": ["Web"], "team": team}]
    made = system.do("setAssignmentRules", give, role="head_of_sales", rules=rules)["assignmentRules"]
    assert made == {"version": 1, "rules": [{"sources": ["Web"], "team": {"name": "North"}, "manager": None}]}
    assert system.ask("{ assignmentRules { version } }") == {"assignmentRules": {"version": 1}}
    got = [
        system.do("registerPartner", "partner { manager { name } }", name=f"P{n}", source="Web")["partner"]["manager"]
        for n in range(3)
    ]
    assert got == [{"name": "Ann"}, {"name": "Bob"}, {"name": "Ann"}]
