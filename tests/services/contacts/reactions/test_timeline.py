"""What others tell is on the timeline of all that it is about, once and in order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from chassis.ids import new_id
from chassis.service import reactions_of
from chassis.store.inbox import InBatches
from services.contacts.domain.kinds import CLAIM, DEAL
from services.contacts.domain.timeline import FACTS, OWN, kind_of_fact
from services.contacts.reactions.follow_deals import CHANGED, follow_deals
from services.contacts.reactions.record_facts import record_facts
from services.contacts.service import ContactsService
from tests.services.contacts.conftest import LONG_AGO, Contacts
from tests.services.contacts.talk import (
    ann_and_bob,
    kinds,
    manager_of,
    open_deal,
    partner,
    register_claim,
    say,
    timeline,
)


def test_every_declared_fact_of_others_is_recorded(contacts: Contacts) -> None:
    recording = (InBatches(follow_deals), InBatches(record_facts))
    recorded = {key for key, found in reactions_of(ContactsService).items() if any(one in found for one in recording)}
    assert recorded - {("deals", CHANGED)} == {
        (source, type) for source, types in FACTS.items() if source != OWN for type in types
    }
    acme, deal = partner(contacts)["id"], new_id(DEAL)
    told = [(source, type) for source, types in FACTS.items() if source != OWN for type in types]
    for hour, (_, type) in enumerate(told):
        at = LONG_AGO + timedelta(hours=hour)
        contacts.hear(type, uuid4(), at=at, deal_id=deal, partner_id=acme, claim_id=new_id(CLAIM))
    expected = [kind_of_fact(type) for _, type in reversed(told)]
    assert kinds(timeline(contacts, deal)) == expected
    entries = timeline(contacts, acme)
    assert kinds([entry for entry in entries if entry["source"] != OWN]) == expected


def test_a_fact_has_what_its_event_told_and_when(contacts: Contacts) -> None:
    ann, _ = ann_and_bob(contacts)
    acme, deal = partner(contacts)["id"], new_id(DEAL)
    contacts.hear(
        "proposal.responded", deal, sequence=3, deal_id=deal, partner_id=acme, manager_id=manager_of(ann),
        proposal_id=str(deal), response="REJECTED", reason="price", version=2, final=True, products=["A", "B"],
        amount={"amount": "10.50", "currency": "EUR", "base": None}, note=None, nested={"a": 1}, long="x" * 201,
    )  # fmt: skip
    (entry,) = timeline(contacts, deal)
    assert (entry["kind"], entry["source"], entry["manager_id"]) == ("PROPOSAL_RESPONDED", "deals", manager_of(ann))
    assert (entry["occurred_at"], entry["recorded_at"]) == ("2020-01-01T00:00:00Z", "2020-01-01T00:00:01Z")
    assert entry["amount"] == {"amount": "10.50", "currency": "EUR"}
    assert {detail["name"]: detail["value"] for detail in entry["details"]} == {
        "proposal_id": str(deal), "response": "REJECTED", "reason": "price", "version": "2", "final": "true",
        "products": "A, B",
    }  # fmt: skip
    assert timeline(contacts, manager_of(ann)) == [entry]


def test_a_fact_heard_twice_or_late_is_there_once_and_in_its_place(contacts: Contacts) -> None:
    deal = new_id(DEAL)
    won = contacts.hear("deal.won", deal, at=LONG_AGO + timedelta(days=9), sequence=3, deal_id=deal)
    contacts.hear("deal.opened", deal, at=LONG_AGO, sequence=1, deal_id=deal)
    again = {**won.headers, "cloudEvents:position": "3"}
    contacts.receive(type(won)(headers=again, body=won.body))
    assert kinds(timeline(contacts, deal)) == ["DEAL_WON", "DEAL_OPENED"]


def test_a_merged_deals_timeline_and_interactions_are_the_survivors(contacts: Contacts) -> None:
    acme = partner(contacts)["id"]
    last, middle, first = (open_deal(contacts, partner_id=acme) for _ in range(3))
    call = say(contacts, deal_ids=[first])["id"]
    contacts.hear("deal.unmerged", first, sequence=4, deal_id=first)
    contacts.hear("deal.merged", first, sequence=3, deal_id=first, into_id=last)  # heard late: it was undone
    assert "CALL" not in kinds(timeline(contacts, last))
    contacts.hear("deal.merged", first, sequence=5, deal_id=first, into_id=middle)
    contacts.hear("deal.merged", middle, sequence=3, deal_id=middle, into_id=last)

    def about(deal: Any) -> list[str]:
        listed = contacts.ask("list_interactions", filter={"deal_ids": [deal]})["nodes"]
        of = contacts.ask("interactions_of", thing_ids=[deal])["pages"][0]["nodes"]
        assert [one["id"] for one in listed] == [one["id"] for one in of]
        return [one["id"] for one in of]

    assert kinds(timeline(contacts, last)).count("DEAL_OPENED") == 3
    assert about(last) == [call]
    contacts.hear("deal.unmerged", middle, sequence=4, deal_id=middle)
    assert (about(last), about(middle)) == ([], [call])
    assert kinds(timeline(contacts, last)).count("DEAL_OPENED") == 1


def test_facts_from_before_the_partner_was_known_are_theirs_once_they_are(contacts: Contacts) -> None:
    acme = partner(contacts)["id"]
    deal = open_deal(contacts)
    contacts.hear("deal.changed", deal, sequence=2, deal_id=deal, partner_id=acme, changed=["partner_id"])
    assert "DEAL_OPENED" in kinds(timeline(contacts, acme))
    bolt = partner(contacts, "Bolt")["id"]
    contacts.hear("deal.changed", deal, sequence=3, deal_id=deal, partner_id=bolt, changed=["partner_id"])
    assert "DEAL_OPENED" in kinds(timeline(contacts, acme)) and "DEAL_OPENED" not in kinds(timeline(contacts, bolt))


@pytest.mark.parametrize("in_order", [True, False])
def test_a_claims_facts_stand_under_its_deal(contacts: Contacts, in_order: bool) -> None:
    acme, deal, claim = partner(contacts)["id"], new_id(DEAL), new_id(CLAIM)
    told: list[tuple[str, int, dict[str, Any]]] = [
        ("claim.registered", 1, {"deal_id": deal}),
        ("claim.resolved", 2, {"manager_id": None}),
    ]
    for type, sequence, data in told if in_order else reversed(told):
        at = LONG_AGO + timedelta(hours=sequence)
        contacts.hear(type, claim, at=at, sequence=sequence, claim_id=claim, partner_id=acme, **data)
    assert kinds(timeline(contacts, deal)) == kinds(timeline(contacts, claim)) == ["CLAIM_RESOLVED", "CLAIM_REGISTERED"]
    call = say(contacts, claim_ids=[claim])
    assert call["partner_ids"] == [acme]


def test_an_interaction_with_several_is_on_the_timeline_of_each_once(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    acme = partner(contacts, contact_persons=[{"full_name": "Joe"}, {"full_name": "Jim"}])
    bolt = partner(contacts, "Bolt")["id"]
    persons = [person["id"] for person in acme["contact_persons"]]
    deals = [open_deal(contacts, partner_id=acme["id"]), open_deal(contacts)]
    everyone = [acme["id"], bolt, *persons, *deals, manager_of(ann), manager_of(bob)]
    call = say(
        contacts, partner_ids=[acme["id"], bolt], person_ids=persons, deal_ids=deals,
        manager_ids=[manager_of(ann), manager_of(bob)],
    )  # fmt: skip
    for thing in everyone:
        mine = [entry for entry in timeline(contacts, thing) if entry["interaction_id"] == call["id"]]
        assert kinds(mine) == ["INTERACTION_REGISTERED"], thing


def test_a_timeline_shows_what_is_in_reach(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    acme = partner(contacts, manager_id=manager_of(ann))["id"]
    anns = open_deal(contacts, partner_id=acme, manager_id=manager_of(ann))
    bobs = open_deal(contacts, partner_id=acme, manager_id=manager_of(bob))
    register_claim(contacts, acme)
    say(contacts, partner_ids=[acme], manager_ids=[manager_of(bob)])
    assert kinds(timeline(ann, anns)) == kinds(timeline(ann, bobs)) == ["DEAL_OPENED"]
    assert timeline(bob, anns) == [] and kinds(timeline(bob, bobs)) == ["DEAL_OPENED"]
    seen = timeline(bob, acme)
    assert kinds(seen) == ["INTERACTION_REGISTERED", "DEAL_OPENED"] and seen[1]["deal_id"] == str(bobs)
    assert len(timeline(ann, acme)) > len(seen)


def test_a_task_is_on_the_timeline_of_whose_it_was_to_do_and_of_the_deals_manager(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    deal = new_id(DEAL)
    told: dict[str, Any] = {
        "deal_id": deal,
        "manager_id": manager_of(ann),
        "assignee_id": manager_of(bob),
        "status": "DONE",
    }
    contacts.hear("task.completed", deal, **told)
    (entry,) = timeline(contacts, deal)
    assert entry["manager_id"] == manager_of(bob)
    assert (
        kinds(timeline(contacts, manager_of(ann))) == kinds(timeline(contacts, manager_of(bob))) == ["TASK_COMPLETED"]
    )


def test_a_partners_timeline_begins_with_their_registration(contacts: Contacts) -> None:
    acme = partner(contacts, source="fair")["id"]
    row = {"external_ref": {"system": "old", "id": "1"}, "name": "Bolt", "occurred_at": "2017-03-01T09:00:00Z"}
    rows = [row, {**row, "name": "Bolt Ltd"}]
    (bolt, same) = contacts.ask("import_partners", rows=rows)["results"]
    assert bolt["id"] == same["id"]
    (entry,) = timeline(contacts, acme)
    assert (entry["kind"], {d["name"]: d["value"] for d in entry["details"]}["source"]) == (
        "PARTNER_REGISTERED",
        "fair",
    )
    (imported,) = timeline(contacts, bolt["id"])
    assert (imported["kind"], imported["occurred_at"]) == ("PARTNER_REGISTERED", "2017-03-01T09:00:00Z")


def test_a_timeline_of_what_has_none_is_empty(contacts: Contacts) -> None:
    assert timeline(contacts, uuid4()) == []
    (page,) = contacts.ask("timelines_of", thing_ids=[str(new_id(DEAL))], page={"total": True})["pages"]
    assert page == {"nodes": [], "cursors": [], "has_next": False, "total": 0}


def test_what_is_heard_at_once_is_as_what_is_heard_one_by_one(contacts: Contacts) -> None:
    acme, other, deal, its = partner(contacts)["id"], partner(contacts)["id"], new_id(DEAL), new_id(DEAL)
    call = say(contacts, deal_ids=[deal], partner_ids=[])
    contacts.receive(
        contacts.message("deal.changed", deal, sequence=3, deal_id=deal, partner_id=acme, changed=["partner_id"]),
        contacts.message("deal.opened", deal, sequence=1, deal_id=deal),
        contacts.message("deal.stage_changed", deal, sequence=2, deal_id=deal),
        contacts.message("deal.opened", its, deal_id=its, partner_id=other),
        contacts.message("deal.changed", its, sequence=2, deal_id=its, partner_id=other, changed=["title"]),
    )
    assert sorted(kinds([e for e in timeline(contacts, acme) if e["source"] != OWN])) == [
        "DEAL_OPENED",
        "DEAL_STAGE_CHANGED",
    ]
    assert contacts.ask("interactions_by_ids", ids=[call["id"]])["nodes"][0]["partner_ids"] == [acme]
    assert kinds([e for e in timeline(contacts, other) if e["source"] != OWN]) == ["DEAL_OPENED"]
