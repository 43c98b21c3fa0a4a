"""Putting on record what was said."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from chassis.ids import new_id
from services.contacts.domain.kinds import CONTACT_PERSON, DEAL, MANAGER, PARTNER
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.talk import YESTERDAY, ahead, ann_and_bob, listed, manager_of, open_deal, partner, say

FILE = {"name": "offer.pdf", "media_type": "application/pdf", "size": 4096, "url": "s3://files/1", "sha256": "ab" * 32}


def test_what_was_said_is_on_record_as_it_was_said(contacts: Contacts) -> None:
    ann, _ = ann_and_bob(contacts)
    acme = partner(contacts, contact_persons=[{"full_name": "Joe"}])
    (joe,) = acme["contact_persons"]
    call = say(
        ann,
        direction="IN",
        title="Price",
        text="They want\n10 % off",
        duration_seconds=125,
        outcome={"key": "call_back", "text": "on Monday"},
        partner_ids=[acme["id"]],
        person_ids=[joe["id"]],
        guests=[{"name": "Their lawyer", "phone": "+49 30 901820", "email": "Law@Example.com"}],
        attachments=[FILE],
    )
    assert call["state"] == "DONE" and call["started_at"] == call["at"] == YESTERDAY
    assert (call["title"], call["text"], call["duration_seconds"]) == ("Price", "They want\n10 % off", 125)
    assert call["outcome"] == {"key": "call_back", "text": "on Monday"}
    assert (call["partner_ids"], call["person_ids"]) == ([acme["id"]], [joe["id"]])
    assert call["manager_ids"] == [manager_of(ann)]
    assert [(guest["kind"], guest["value"]) for guest in call["guests"]] == [
        ("PHONE", "+4930901820"),
        ("EMAIL", "Law@example.com"),
    ]
    (file,) = call["attachments"]
    assert {name: file[name] for name in FILE} == FILE
    assert contacts.ask("interactions_by_ids", ids=[call["id"], str(uuid4())])["nodes"] == [call, None]


def test_the_event_has_who_and_when_and_never_what_was_said(contacts: Contacts) -> None:
    ann, _ = ann_and_bob(contacts)
    acme = partner(contacts)
    call = say(ann, partner_ids=[acme["id"]], text="a secret", title="hush", guests=[{"email": "joe@example.com"}])
    type, told = contacts.told()[-1]
    assert type == "interaction.registered"
    assert told == {
        "interaction_id": call["id"], "sequence": 1, "kind": "CALL", "direction": "OUT", "automatic": False,
        "occurred_at": YESTERDAY, "started_at": YESTERDAY, "duration_seconds": None, "outcome": None,
        "partner_ids": [acme["id"]], "deal_ids": [], "claim_ids": [], "person_ids": [], "manager_ids": [manager_of(ann)],
    }  # fmt: skip


def test_a_deal_brings_its_partner(contacts: Contacts) -> None:
    acme, bolt = partner(contacts)["id"], partner(contacts, "Bolt")["id"]
    deal = open_deal(contacts, partner_id=acme)
    call = say(contacts, deal_ids=[deal])
    assert (call["partner_ids"], call["deal_ids"]) == ([acme], [str(deal)])
    assert listed(contacts, acme) == listed(contacts, deal) == [call["id"]]
    both = say(contacts, deal_ids=[deal], partner_ids=[bolt])
    assert both["partner_ids"] == [bolt, acme]


def test_a_person_brings_whom_they_work_for(contacts: Contacts) -> None:
    acme = partner(contacts, contact_persons=[{"full_name": "Joe"}])
    joe = acme["contact_persons"][0]["id"]
    call = say(contacts, person_ids=[joe])
    assert call["partner_ids"] == [acme["id"]]
    assert listed(contacts, joe) == [call["id"]]


def test_what_was_said_before_the_partner_was_known_is_the_partners_once_they_are(contacts: Contacts) -> None:
    acme = partner(contacts)["id"]
    unheard = new_id(DEAL)
    early = say(contacts, deal_ids=[unheard])
    assert early["partner_ids"] == []
    open_deal(contacts, deal_id=unheard, partner_id=acme)
    nobodys = open_deal(contacts)
    first = say(contacts, deal_ids=[nobodys], started_at="2021-05-05T09:00:00Z")
    told = {"deal_id": nobodys, "partner_id": acme, "manager_id": None}
    contacts.hear("deal.changed", nobodys, sequence=2, changed=["partner_id"], **told)
    assert listed(contacts, acme) == [first["id"], early["id"]]
    (call,) = contacts.ask("interactions_by_ids", ids=[first["id"]])["nodes"]
    assert call["partner_ids"] == [acme] and call["version"] == 1


def test_a_note_stays_among_us(contacts: Contacts) -> None:
    acme = partner(contacts)["id"]
    assert say(contacts, kind="NOTE", partner_ids=[acme])["direction"] == "INTERNAL"
    assert contacts.refused("register_interaction", kind="NOTE", direction="OUT", partner_ids=[acme]) == [
        ("INVALID", "direction")
    ]


@pytest.mark.parametrize(
    ("about", "problems"),
    [
        ({"started_at": ahead(hours=1)}, [("OCCURRED_IN_FUTURE", "startedAt")]),
        ({"started_at": "1969-12-31T23:59:59Z"}, [("INVALID", "startedAt")]),
        ({"duration_seconds": -1}, [("INVALID", "durationSeconds")]),
        ({"text": "x" * 20_001, "title": "\0"}, [("INVALID", "title"), ("TOO_LONG", "text")]),
        ({"outcome": {"key": "Call back"}}, [("INVALID", "outcome.key")]),
        ({"guests": [{"name": "Joe"}]}, [("REQUIRED", "guests.0.phone")]),
        ({"guests": [{"phone": "12", "email": "x"}]}, [("INVALID_PHONE", "guests.0.phone"), ("INVALID_EMAIL", "guests.0.email")]),
        ({"attachments": [{**FILE, "url": "javascript:alert(1)", "sha256": "1"}]},
         [("INVALID", "attachments.0.url"), ("INVALID", "attachments.0.sha256")]),
        ({"attachments": [{**FILE, "size": -1, "media_type": "pdf"}]},
         [("INVALID", "attachments.0.mediaType"), ("INVALID", "attachments.0.size")]),
        ({"manager_ids": [str(new_id(MANAGER))], "started_at": ahead(hours=1)},
         [("NOT_FOUND", "managers.0"), ("OCCURRED_IN_FUTURE", "startedAt")]),
        ({"person_ids": [str(new_id(CONTACT_PERSON))]}, [("NOT_FOUND", "persons.0")]),
        ({"deal_ids": [str(new_id(DEAL)) for _ in range(51)]}, [("TOO_MANY", "deals")]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_all_at_once(
    contacts: Contacts, about: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    acme = partner(contacts)["id"]
    assert contacts.refused("register_interaction", kind="CALL", partner_ids=[acme], **about) == problems


def test_it_concerns_someone(contacts: Contacts) -> None:
    assert contacts.refused("register_interaction", kind="CALL") == [("REQUIRED", "partners")]
    stranger = say(contacts, direction="IN", guests=[{"phone": "+49 30 901820"}])
    assert stranger["partner_ids"] == []


def test_what_is_out_of_reach_is_not_there(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    anns = partner(contacts, manager_id=manager_of(ann), contact_persons=[{"full_name": "Joe"}])
    deal = open_deal(contacts, partner_id=anns["id"], manager_id=manager_of(ann))
    joe = anns["contact_persons"][0]["id"]
    ids = {"partner_ids": [anns["id"]], "deal_ids": [deal], "person_ids": [joe]}
    assert bob.refused("register_interaction", kind="CALL", **ids) == [
        ("NOT_FOUND", "partners.0"),
        ("NOT_FOUND", "deals.0"),
        ("NOT_FOUND", "persons.0"),
    ]
    call = say(ann, **ids)
    assert bob.ask("interactions_by_ids", ids=[call["id"]])["nodes"] == [None]
    assert listed(bob, anns["id"]) == [] and bob.ask("list_interactions", page={"total": True})["total"] == 0
    shared = say(ann, partner_ids=[anns["id"]], manager_ids=[manager_of(ann), manager_of(bob)])
    assert listed(bob, anns["id"]) == [shared["id"]] == listed(bob, manager_of(bob))


def test_lists_are_narrowed_by_what_is_asked(contacts: Contacts) -> None:
    ann, bob = ann_and_bob(contacts)
    acme = partner(contacts)["id"]
    call = say(ann, partner_ids=[acme], direction="IN", started_at="2021-03-01T00:00:00Z")["id"]
    mail = say(bob, partner_ids=[acme], kind="EMAIL", automatic=True, started_at="2021-04-01T00:00:00Z")["id"]
    contacts.ask("review_interaction", interaction_id=mail)
    for filter, found in (
        ({}, [mail, call]),
        ({"kinds": ["EMAIL", "NOTE"]}, [mail]),
        ({"directions": ["IN"]}, [call]),
        ({"states": ["PLANNED"]}, []),
        ({"partner_ids": [acme]}, [mail, call]),
        ({"partner_ids": []}, []),
        ({"manager_ids": [manager_of(ann)]}, [call]),
        ({"since": "2021-04-01T00:00:00Z"}, [mail]),
        ({"until": "2021-04-01T00:00:00Z"}, [call]),
        ({"reviewed": False}, [call]),
        ({"automatic": True}, [mail]),
        ({"partner_ids": [str(new_id(PARTNER))]}, []),
    ):
        assert [node["id"] for node in contacts.ask("list_interactions", filter=filter)["nodes"]] == found, filter
