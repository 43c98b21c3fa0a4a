"""Interactions and timelines through the gateway."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chassis.clock import utc_now
from chassis.ids import new_id
from gateway.contacts.types import TimelineKind
from services.contacts.domain.timeline import FACTS, kind_of_fact
from tests.gateway.system import System

_PAST = "2021-05-04T09:00:00Z"


def _partner(system: System, **about: Any) -> str:
    return str(system.do("registerPartner", "partner { id }", name="Acme", **about)["partner"]["id"])


def _deal(system: System, partner: str | None, **about: Any) -> str:
    process = system.processes["manual_sale"]
    payload = system.do("openDeal", "deal { id }", process=process, title="Tables", partner=partner, **about)
    return str(payload["deal"]["id"])


def _call(system: System, **about: Any) -> Any:
    payload = system.do("registerInteraction", "interaction { id version }", kind="CALL", startedAt=_PAST, **about)
    assert payload["errors"] == []
    return payload["interaction"]


def test_what_is_said_within_a_deal_is_seen_from_the_deal_its_partner_and_who_said_it(system: System) -> None:
    ann = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    partner = _partner(system)
    deal = _deal(system, partner)
    call = _call(
        system,
        deals=[deal],
        managers=[ann],
        text="They agree",
        outcome={"key": "agreed"},
        guests=[{"email": "joe@example.com"}],
        attachments=[{"name": "a.pdf", "mediaType": "application/pdf", "size": 3e9, "url": "s3://b/a.pdf"}],
    )
    seen = """interactions { totalCount nodes { id kind direction state text outcome { key } startedAt durationSeconds
      partners { name } deals { title } managers { name } guests { value } attachments { size } } }
      timeline { nodes { kind occurredAt interaction { id text } deal { title } partner { name } } }"""
    query = f"""query($d: ID!, $p: ID!, $m: ID!) {{ deal(id: $d) {{ {seen} }} partner(id: $p) {{ {seen} }}
      node(id: $m) {{ ... on Manager {{ {seen} }} }} }}"""
    found = system.ask(query, d=deal, p=partner, m=ann)
    for thing in (found["deal"], found["partner"], found["node"]):
        assert thing["interactions"]["totalCount"] == 1
        (node,) = thing["interactions"]["nodes"]
        assert node == {
            "id": call["id"], "kind": "CALL", "direction": "OUT", "state": "DONE", "text": "They agree",
            "outcome": {"key": "agreed"}, "startedAt": _PAST, "durationSeconds": None,
            "partners": [{"name": "Acme"}], "deals": [{"title": "Tables"}], "managers": [{"name": "Ann"}],
            "guests": [{"value": "joe@example.com"}], "attachments": [{"size": 3e9}],
        }  # fmt: skip
        entry = thing["timeline"]["nodes"][-1]
        assert (entry["kind"], entry["occurredAt"]) == ("INTERACTION_REGISTERED", _PAST)
        assert entry["interaction"] == {"id": call["id"], "text": "They agree"}
        assert (entry["deal"], entry["partner"]) == ({"title": "Tables"}, {"name": "Acme"})
    assert [entry["kind"] for entry in found["deal"]["timeline"]["nodes"]][:-1] == ["DEAL_OPENED"]


def test_what_is_said_with_a_person_is_seen_from_them_and_found_by_them(system: System) -> None:
    partner = _partner(system)
    made = system.do("registerContactPerson", "contactPerson { id }", partner=partner, fullName="Ivan Petrov")
    person = made["contactPerson"]["id"]
    call = _call(system, persons=[person], text="He agrees")
    _call(system, partners=[partner])
    query = """query($p: ID!) { interactions(filter: {persons: [$p]}) { nodes { id persons { fullName } partners { name } } }
      contactPerson(id: $p) { interactions { totalCount nodes { text } } timeline { nodes { kind interaction { id } } } } }"""
    found = system.ask(query, p=person)
    (node,) = found["interactions"]["nodes"]
    assert node == {"id": call["id"], "persons": [{"fullName": "Ivan Petrov"}], "partners": [{"name": "Acme"}]}
    assert found["contactPerson"]["interactions"] == {"totalCount": 1, "nodes": [{"text": "He agrees"}]}
    (entry,) = found["contactPerson"]["timeline"]["nodes"]
    assert entry == {"kind": "INTERACTION_REGISTERED", "interaction": {"id": call["id"]}}
    refused = system.do("registerInteraction", "interaction { id }", kind="CALL", persons=[partner])
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("WRONG_KIND", ["persons", "0"])]


def test_a_deals_story_is_on_its_timeline_and_its_partners(system: System) -> None:
    partner = _partner(system)
    deal = _deal(system, partner, amount={"amount": "1500", "currency": "USD"})
    claim = system.do(
        "registerClaim", "claim { id }", partner=partner, deal=deal, subject="late", cause="DELIVERY", severity="HIGH"
    )["claim"]["id"]
    system.do("resolveClaim", "claim { id }", claim=claim, resolution="sent again")
    system.do("loseDeal", "deal { id }", deal=deal, reason="price")
    entries = "timeline { nodes { id kind amount { amount currency } details { name value } claim { subject } } }"
    query = f"query($d: ID!, $p: ID!, $c: ID!) {{ deal(id: $d) {{ {entries} }} partner(id: $p) {{ {entries} }} claim(id: $c) {{ {entries} }} }}"
    found = system.ask(query, d=deal, p=partner, c=claim)
    story = found["deal"]["timeline"]["nodes"]
    assert [entry["kind"] for entry in story] == [
        "DEAL_LOST",
        "SATISFACTION_REQUESTED",
        "CLAIM_RESOLVED",
        "CLAIM_REGISTERED",
        "DEAL_OPENED",
    ]
    assert found["partner"]["timeline"]["nodes"][:5] == story
    assert found["claim"]["timeline"]["nodes"] == story[1:4]
    lost, _, _, registered, opened = story
    assert {"name": "reason", "value": "price"} in lost["details"]
    assert opened["amount"] == {"amount": "1500.00", "currency": "USD"}
    assert registered["claim"] == {"subject": "late"}
    only = system.ask(
        "query($d: ID!) { deal(id: $d) { timeline(kinds: [DEAL_WON, DEAL_LOST], first: 1) { totalCount nodes { id } } } }",
        d=deal,
    )
    assert only["deal"]["timeline"] == {"totalCount": 1, "nodes": [{"id": lost["id"]}]}


def test_lists_of_partners_load_their_interactions_and_timelines_in_one_request_each(system: System) -> None:
    for _ in range(3):
        _call(system, partners=_partner(system))  # one id stands for a list of one
    system.asked.clear()
    query = """{ partners { nodes { interactions(first: 1) { nodes { managers { name } } }
      timeline(first: 2) { nodes { interaction { kind } partner { name } } } } } }"""
    nodes = system.ask(query)["partners"]["nodes"]
    assert [len(node["interactions"]["nodes"]) for node in nodes] == [1, 1, 1]
    assert [node["timeline"]["nodes"][0]["partner"] for node in nodes] == [{"name": "Acme"}] * 3
    assert sorted(system.asked) == [
        "contacts.interactions_by_ids",
        "contacts.interactions_of",
        "contacts.list_partners",
        "contacts.partners_by_ids",
        "contacts.timelines_of",
    ]


def test_a_plan_from_its_making_to_its_correction(system: System) -> None:
    partner = _partner(system)
    start = utc_now().replace(microsecond=0) + timedelta(days=3)
    give = "interaction { id version state plannedStart plannedEnd allDay timeZone reviewed postponedUntil startedAt text }"
    made = system.do("planInteraction", give, kind="MEETING", partners=[partner], startsAt=_text(start), title="Visit")
    plan = made["interaction"]
    assert (plan["state"], plan["plannedStart"], plan["allDay"]) == ("PLANNED", _text(start), False)
    day = (start + timedelta(days=1)).date().isoformat()
    moved = system.do(
        "rescheduleInteraction", give, interaction=plan["id"], startsOn=day, timeZone="Asia/Tokyo", expectedVersion=1
    )["interaction"]
    assert (moved["allDay"], moved["timeZone"]) == (True, "Asia/Tokyo")
    late = system.do("rescheduleInteraction", give, interaction=plan["id"], startsOn=day, expectedVersion=1)
    assert [error["code"] for error in late["errors"]] == ["CONFLICT"]
    put_off = system.do("postponeInteraction", give, interaction=plan["id"], until=_text(start))["interaction"]
    assert put_off["postponedUntil"] == _text(start)
    done = system.do("completeInteraction", give, interaction=plan["id"], startedAt=_PAST, outcome={"key": "met"})
    assert (done["interaction"]["state"], done["interaction"]["startedAt"]) == ("DONE", _PAST)
    assert system.do("reviewInteraction", give, interaction=plan["id"])["interaction"]["reviewed"] is True
    refused = system.do("cancelInteraction", give, interaction=plan["id"])
    assert [(error["code"], error["field"]) for error in refused["errors"]] == [("NOT_PLANNED", ["interaction"])]
    right = system.do(
        "correctInteraction", "interaction { id text title corrects { id title correctedBy { id } } }",
        interaction=plan["id"], text="They took it", title=None,
    )["interaction"]  # fmt: skip
    assert (right["text"], right["title"]) == ("They took it", None)
    assert right["corrects"] == {"id": plan["id"], "title": "Visit", "correctedBy": {"id": right["id"]}}
    listed = system.ask(
        "query($f: InteractionFilter) { interactions(filter: $f) { nodes { id } } }", f={"kinds": ["MEETING"]}
    )
    assert listed["interactions"]["nodes"] == [{"id": right["id"]}]


def test_references_to_what_is_not_there_or_is_something_else_are_refused(system: System) -> None:
    partner = _partner(system)
    refused = system.do(
        "registerInteraction", "interaction { id }", kind="CALL", partners=[partner], deals=[str(new_id(0x202))],
        claims=[partner],
    )  # fmt: skip
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("WRONG_KIND", ["claims", "0"])]
    refused = system.do("registerInteraction", "interaction { id }", kind="CALL", deals=[str(new_id(0x202))])
    assert [(e["code"], e["field"]) for e in refused["errors"]] == [("NOT_FOUND", ["deals", "0"])]


def test_an_idempotent_repeat_is_one_interaction(system: System) -> None:
    partner = _partner(system)
    calls = {_call(system, partners=[partner], idempotencyKey="k")["id"] for _ in range(3)}
    assert len(calls) == 1
    assert system.ask("{ interactions { totalCount } }")["interactions"]["totalCount"] == 1


def test_managers_see_what_is_theirs(system: System) -> None:
    ann = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    bob = system.do("registerManager", "manager { id }", name="Bob")["manager"]["id"]
    partner = _partner(system, manager=ann)
    call = _call(system, partners=[partner], managers=[ann])["id"]
    query = "query($i: ID!, $m: ID!) { interaction(id: $i) { id } interactions { totalCount } node(id: $m) { ... on Manager { timeline { totalCount } } } }"
    mine = system.ask(query, role="manager", member=ann, i=call, m=ann)
    assert (mine["interaction"], mine["interactions"]["totalCount"]) == ({"id": call}, 1)
    hidden = system.ask(query, role="manager", member=bob, i=call, m=ann)
    assert hidden == {"interaction": None, "interactions": {"totalCount": 0}, "node": {"timeline": {"totalCount": 0}}}


def test_interactions_count_for_those_who_took_part(system: System) -> None:
    ann = system.do("registerManager", "manager { id }", name="Ann")["manager"]["id"]
    partner = _partner(system)
    _call(system, partners=[partner], managers=[ann])
    _call(system, partners=[partner], managers=[ann], automatic=True)
    query = """{ managerPerformance { manager { name } interactions activities { calls { incoming outgoing }
      emails { outgoing } } dueTasks { inTime late overdue } tasksDoneInTime { value } winRateByAmount { value } } }"""
    (row,) = system.ask(query)["managerPerformance"]
    assert (row["manager"], row["interactions"]) == ({"name": "Ann"}, 1)
    assert sum(row["activities"]["calls"].values()) == 1
    assert row["activities"]["emails"] == {"outgoing": 0}
    assert (row["dueTasks"], row["tasksDoneInTime"]) == ({"inTime": 0, "late": 0, "overdue": 0}, {"value": None})


def test_the_api_knows_every_kind_of_fact_that_there_is() -> None:
    recorded = {kind_of_fact(type) for types in FACTS.values() for type in types}
    assert set(TimelineKind._meta.enum.__members__) == recorded


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
