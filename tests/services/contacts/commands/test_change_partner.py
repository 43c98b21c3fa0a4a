"""Changing partners."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.actor import Actor
from chassis.errors import Refused
from chassis.ids import new_id
from services.contacts.domain.kinds import PARTNER
from tests.services.contacts.conftest import Contacts

PHONE = {"kind": "PHONE", "value": "(212) 555-0123"}
EMAIL = {"kind": "EMAIL", "value": "a@acme.com"}
ANN = {"full_name": "Ann Lee", "contact_points": [EMAIL, PHONE]}


@pytest.fixture
def partner(contacts: Contacts) -> Any:
    """A partner with a phone and a person."""
    manager = contacts.ask("register_manager", name="Ben")
    return contacts.ask(
        "register_partner", name="Acme", manager_id=manager["id"], contact_points=[PHONE], contact_persons=[ANN]
    )


def test_what_is_not_given_stays(contacts: Contacts, partner: Any) -> None:
    changed = contacts.ask("change_partner", partner_id=partner["id"], name="Acme Corp", expected_version=1)
    assert changed == {**partner, "name": "Acme Corp", "version": 2}
    kind, told = contacts.told()[-1]
    assert (kind, told["changed"], told["sequence"]) == ("partner.changed", ["name"], 2)


def test_null_takes_the_manager_off(contacts: Contacts, partner: Any) -> None:
    assert contacts.ask("change_partner", partner_id=partner["id"], manager_id=None)["manager_id"] is None


def test_the_same_again_writes_and_tells_nothing(contacts: Contacts, partner: Any) -> None:
    before = contacts.told()
    same = contacts.ask(
        "change_partner",
        partner_id=partner["id"],
        name="Acme",
        roles=["PROSPECT"],
        manager_id=partner["manager_id"],
        contact_points=[PHONE],
        contact_persons=[ANN],
    )
    assert same == partner
    assert contacts.told() == before


def test_lists_are_given_whole_and_what_was_known_keeps_its_id(contacts: Contacts, partner: Any) -> None:
    changed = contacts.ask(
        "change_partner",
        partner_id=partner["id"],
        contact_points=[EMAIL, PHONE],
        contact_persons=[{"full_name": "Eve"}, {**ANN, "job_title": "Buyer"}],
    )
    assert changed["contact_points"][1] == partner["contact_points"][0]
    eve, ann = changed["contact_persons"]
    assert (eve["full_name"], eve["contact_points"]) == ("Eve", [])
    assert ann == {**partner["contact_persons"][0], "job_title": "Buyer", "version": 3}
    assert contacts.told()[-1][1]["changed"] == ["contact_points", "contact_persons"]
    emptied = contacts.ask("change_partner", partner_id=partner["id"], contact_points=[], contact_persons=[])
    assert (emptied["contact_points"], emptied["contact_persons"], emptied["version"]) == ([], [], 3)


def test_another_version_is_a_conflict(contacts: Contacts, partner: Any) -> None:
    contacts.ask("change_partner", partner_id=partner["id"], name="B")
    with pytest.raises(Refused, match=r"CONFLICT.*version 2") as refusal:
        contacts.ask("change_partner", partner_id=partner["id"], name="C", expected_version=1)
    assert refusal.value.problems[0].field == ("expectedVersion",)


def test_what_does_not_fit_changes_nothing(contacts: Contacts, partner: Any) -> None:
    with pytest.raises(Refused) as refusal:
        contacts.ask(
            "change_partner",
            partner_id=partner["id"],
            name="",
            roles=[],
            contact_points=[EMAIL],
            contact_persons=[{"full_name": " "}],
        )
    assert [p.field for p in refusal.value.problems] == [("name",), ("roles",), ("contactPersons", "0", "fullName")]
    assert contacts.ask("partners_by_ids", ids=[partner["id"]])["nodes"] == [partner]


def test_no_name_at_all_is_refused(contacts: Contacts, partner: Any) -> None:
    with pytest.raises(Refused):
        contacts.ask("change_partner", partner_id=partner["id"], name=None)


def test_what_is_not_there_or_not_in_reach_is_not_found(contacts: Contacts, partner: Any) -> None:
    stranger = Actor(subject="eve", role="manager", reach="own", scopes=frozenset({"write"}))
    for actor, id in ((contacts.actor, str(new_id(PARTNER))), (stranger, partner["id"])):
        with pytest.raises(Refused, match="NOT_FOUND"):
            contacts.as_actor(actor).ask("change_partner", partner_id=id, name="Mine")


def test_the_same_list_again_leaves_since_when_and_until_when_somebody_works_there(contacts: Contacts) -> None:
    persons = [{"full_name": "Ann", "role": "BUYER"}, {"full_name": "Bob"}]
    acme = contacts.ask("register_partner", name="Acme", contact_persons=persons)
    ann = acme["contact_persons"][0]["id"]
    interval = {"valid_from": "2020-02-01", "valid_to": "2190-01-01"}
    contacts.ask("link_contact_person", contact_person_id=ann, partner_id=acme["id"], role="BUYER", **interval)
    before = contacts.rows()
    contacts.ask("change_partner", partner_id=acme["id"], contact_persons=persons)
    assert contacts.rows() == before
    contacts.ask("change_partner", partner_id=acme["id"], contact_persons=[*persons[::-1], {"full_name": "Eve"}])
    (one,) = contacts.ask("contact_persons_by_ids", ids=[ann])["nodes"]
    (link,) = one["links"]
    assert {name: link[name] for name in ("role", *interval)} == {"role": "BUYER", **interval}
