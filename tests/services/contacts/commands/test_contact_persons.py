"""Persons who stand by themselves, and work for whomever they work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.ids import new_id
from services.contacts.domain.kinds import CONTACT_PERSON, PARTNER
from tests.services.contacts.conftest import Contacts

TODAY = datetime.now(UTC).date()
PHONE = {"kind": "PHONE", "value": "+1 212 555 0123"}


@pytest.fixture
def acme(contacts: Contacts) -> Any:
    """A partner with a legal entity."""
    return contacts.ask("register_partner", name="Acme", legal_entities=[{"name": "Acme Inc.", "country": "US"}])


def test_a_person_works_for_several_as_something_else_each_time(contacts: Contacts, acme: Any) -> None:
    bolt = contacts.ask("register_partner", name="Bolt")
    ann = contacts.ask(
        "register_contact_person",
        full_name="Ann Lee",
        birthday="1980-02-29",
        notes="likes tea",
        time_zone="Europe/Moscow",
        contact_points=[PHONE],
        partner_id=acme["id"],
        role="BUYER",
        job_title="Head of purchasing",
    )
    contacts.ask("link_contact_person", contact_person_id=ann["id"], partner_id=bolt["id"], role="DIRECTOR")
    entity = acme["legal_entities"][0]["id"]
    ann = contacts.ask("link_contact_person", contact_person_id=ann["id"], legal_entity_id=entity, role="ACCOUNTANT")
    assert {(link["partner_id"], link["legal_entity_id"], link["role"]) for link in ann["links"]} == {
        (acme["id"], None, "BUYER"),
        (bolt["id"], None, "DIRECTOR"),
        (None, entity, "ACCOUNTANT"),
    }
    found = contacts.ask("partners_by_ids", ids=[acme["id"], bolt["id"]])["nodes"]
    at_acme, at_bolt = (partner["contact_persons"][0] for partner in found)
    assert (at_acme["role"], at_acme["job_title"]) == ("BUYER", "Head of purchasing")
    assert (at_bolt["role"], at_bolt["job_title"]) == ("DIRECTOR", None)
    assert at_acme["contact_points"] == at_bolt["contact_points"] == ann["contact_points"]
    (whole,) = contacts.ask("legal_entities_by_ids", ids=[entity])["nodes"]
    assert [(one["id"], one["role"]) for one in whole["contact_persons"]] == [(ann["id"], "ACCOUNTANT")]
    linked = [told for type, told in contacts.told() if type == "person.linked"]
    assert [(told["partner_id"], told["legal_entity_id"], told["sequence"]) for told in linked] == [
        (acme["id"], None, 2),
        (bolt["id"], None, 3),
        (None, entity, 4),
    ]
    assert not any(word in str(contacts.told()) for word in ("Ann", "tea", "purchasing", "1980"))


def test_who_is_linked_twice_has_the_newer_facts_and_the_same_again_tells_nothing(
    contacts: Contacts, acme: Any
) -> None:
    ann = contacts.ask("register_contact_person", full_name="Ann", partner_id=acme["id"], job_title="Buyer")
    link = {"contact_person_id": ann["id"], "partner_id": acme["id"], "role": "TECHNICAL", "job_title": "Engineer"}
    changed = contacts.ask("link_contact_person", **link)
    assert [(one["role"], one["job_title"]) for one in changed["links"]] == [("TECHNICAL", "Engineer")]
    told = contacts.told()
    assert contacts.ask("link_contact_person", **link) == changed
    assert contacts.told() == told


def test_who_has_left_is_not_shown_but_on_record_and_may_come_back(contacts: Contacts, acme: Any) -> None:
    ann = contacts.ask("register_contact_person", full_name="Ann", partner_id=acme["id"], role="BUYER")
    this = {"contact_person_id": ann["id"], "partner_id": acme["id"]}
    for late in ("link_contact_person", "unlink_contact_person"):
        assert contacts.refused(late, **this, expected_version=1) == [("CONFLICT", "expectedVersion")]
    left = contacts.ask("unlink_contact_person", **this)
    assert [link["valid_to"] for link in left["links"]] == [TODAY.isoformat()]
    assert contacts.ask("partners_by_ids", ids=[acme["id"]])["nodes"][0]["contact_persons"] == []
    assert contacts.told()[-2][0] == "person.unlinked"
    assert contacts.refused("unlink_contact_person", **this) == [("NOT_FOUND", "contactPerson")]
    contacts.ask("link_contact_person", **this, role="DIRECTOR", valid_from=TODAY.isoformat())
    (back,) = contacts.ask("partners_by_ids", ids=[acme["id"]])["nodes"][0]["contact_persons"]
    assert (back["id"], back["role"], back["valid_to"]) == (ann["id"], "DIRECTOR", None)
    fields = [change["field"] for change in contacts.ask("changes_of", thing_ids=[acme["id"]])["pages"][0]["nodes"]]
    assert fields == ["contactPersons"] * 3


def test_who_is_off_the_partners_list_is_still_a_person(contacts: Contacts, acme: Any) -> None:
    ann = contacts.ask("register_contact_person", full_name="Ann", partner_id=acme["id"])
    contacts.ask("change_partner", partner_id=acme["id"], contact_persons=[])
    (found,) = contacts.ask("contact_persons_by_ids", ids=[ann["id"]])["nodes"]
    assert [link["valid_to"] for link in found["links"]] == [TODAY.isoformat()]


def test_facts_change_and_null_takes_them_off(contacts: Contacts) -> None:
    ann = contacts.ask("register_contact_person", full_name="Ann", notes="tea", birthday="1980-02-29")
    changed = contacts.ask(
        "change_contact_person", contact_person_id=ann["id"], full_name="Ann Lee", notes=None, expected_version=1
    )
    assert changed == {**ann, "full_name": "Ann Lee", "notes": None, "version": 2}
    type, told = contacts.told()[-1]
    assert (type, told["changed"]) == ("person.changed", ["full_name", "notes"])
    assert contacts.ask("change_contact_person", contact_person_id=ann["id"], full_name="Ann Lee") == changed
    assert contacts.told()[-1] == (type, told)


def test_everything_that_does_not_fit_is_said_at_once(contacts: Contacts, acme: Any) -> None:
    tomorrow = (TODAY + timedelta(days=2)).isoformat()
    assert contacts.refused(
        "register_contact_person",
        full_name="x" * 251,
        birthday=tomorrow,
        notes="n" * 5001,
        time_zone="Mars/Olympus",
        job_title="t" * 251,
        contact_points=[{"kind": "EMAIL", "value": "no"}],
        partner_id=str(new_id(PARTNER)),
    ) == [
        ("TOO_LONG", "fullName"),
        ("OCCURRED_IN_FUTURE", "birthday"),
        ("TOO_LONG", "notes"),
        ("UNKNOWN_TIME_ZONE", "timeZone"),
        ("TOO_LONG", "jobTitle"),
        ("INVALID_EMAIL", "contactPoints.0.value"),
        ("NOT_FOUND", "partner"),
    ]
    ann = contacts.ask("register_contact_person", full_name="Ann")
    link = {"contact_person_id": ann["id"], "partner_id": acme["id"]}
    for wrong, problem in (
        ({"valid_from": "2026-03-01", "valid_to": "2026-02-01"}, ("INVALID_INTERVAL", "validTo")),
        ({"valid_from": "1026-03-01"}, ("INVALID", "validFrom")),
        ({"partner_id": None}, ("REQUIRED", "partner_id")),
        ({"legal_entity_id": acme["legal_entities"][0]["id"]}, ("INVALID", "partner_id")),
        ({"contact_person_id": str(new_id(CONTACT_PERSON))}, ("NOT_FOUND", "contactPerson")),
    ):
        assert contacts.refused("link_contact_person", **{**link, **wrong}) == [problem]


def test_persons_are_seen_by_who_sees_whom_they_work_for(contacts: Contacts) -> None:
    eve = contacts.ask("register_manager", name="Eve")["id"]
    hers = contacts.ask(
        "register_partner", name="Hers", manager_id=eve, legal_entities=[{"name": "Hers Inc.", "country": "US"}]
    )
    entity = hers["legal_entities"][0]["id"]
    at_hers = contacts.ask("register_contact_person", full_name="At hers", partner_id=hers["id"])["id"]
    at_entity = contacts.ask("register_contact_person", full_name="At hers Inc.", legal_entity_id=entity)["id"]
    gone = contacts.ask("register_contact_person", full_name="Gone", partner_id=hers["id"])["id"]
    contacts.ask("unlink_contact_person", contact_person_id=gone, partner_id=hers["id"])
    free = contacts.ask("register_contact_person", full_name="Free")["id"]
    ids = [at_hers, at_entity, gone, free]
    for member, seen in ((eve, ids), (None, [free])):
        who = contacts.as_actor(_seller(member))
        assert [p and p["id"] for p in who.ask("contact_persons_by_ids", ids=ids)["nodes"]] == [
            id if id in seen else None for id in ids
        ]
        listed = who.ask("list_contact_persons", page={"total": True})
        assert {p["id"] for p in listed["nodes"]} == set(seen) and listed["total"] == len(seen)
        assert bool(who.ask("legal_entities_by_ids", ids=[entity])["nodes"][0]) is (member == eve)
        assert len(who.ask("list_legal_entities")["nodes"]) == (member == eve)
    stranger = contacts.as_actor(_seller(None))
    assert stranger.refused("change_contact_person", contact_person_id=at_hers, full_name="Mine") == [
        ("NOT_FOUND", "contactPerson")
    ]


def test_persons_are_found_by_name_partner_and_role(contacts: Contacts, acme: Any) -> None:
    for name, role in (("Ann Lee", "BUYER"), ("Bo Lee", "DIRECTOR")):
        contacts.ask("register_contact_person", full_name=name, partner_id=acme["id"], role=role)
    contacts.ask("register_contact_person", full_name="Cy Lee")
    for asked, found in (
        ({}, ["Ann Lee", "Bo Lee", "Cy Lee"]),
        ({"search": "le bo"}, ["Bo Lee"]),
        ({"filter": {"partner_ids": [acme["id"]]}}, ["Ann Lee", "Bo Lee"]),
        ({"filter": {"roles": ["BUYER"]}}, ["Ann Lee"]),
        ({"filter": {"roles": []}}, []),
    ):
        assert [p["full_name"] for p in contacts.ask("list_contact_persons", **asked)["nodes"]] == found


def _seller(member: str | None) -> Actor:
    scopes = frozenset({"read", "write"})
    return Actor(subject="s", role="manager", reach="own", member_id=UUID(member) if member else None, scopes=scopes)
