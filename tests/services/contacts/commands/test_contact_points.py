"""Contact points one by one: added, changed, ended, restored, and every change on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.ids import new_id
from services.contacts.domain.kinds import CONTACT_POINT
from tests.services.contacts.conftest import Contacts

TODAY = datetime.now(UTC).date()
PHONE = {"kind": "PHONE", "value": "(212) 555-0123 ext. 7"}
OTHER = {"kind": "PHONE", "value": "(212) 555-0124"}


@pytest.fixture
def acme(contacts: Contacts) -> Any:
    """A partner with a phone."""
    return contacts.ask("register_partner", name="Acme", contact_points=[PHONE])


def test_a_phone_has_its_extension_apart(acme: Any) -> None:
    (point,) = acme["contact_points"]
    assert (point["value"], point["extension"], point["original"]) == ("+12125550123", "7", PHONE["value"])


def test_each_owner_has_one_primary_of_each_kind(contacts: Contacts, acme: Any) -> None:
    first = acme["contact_points"][0]
    second = contacts.ask("add_contact_point", partner_id=acme["id"], **OTHER)
    assert (second["primary"], second["owner_id"]) == (False, acme["id"])
    assert _primary(contacts, acme) == {first["id"]: True, second["id"]: False}
    contacts.ask("set_primary_contact_point", contact_point_id=second["id"])
    assert _primary(contacts, acme) == {first["id"]: False, second["id"]: True}
    third = contacts.ask("add_contact_point", partner_id=acme["id"], kind="PHONE", value="+12125550125", primary=True)
    assert _primary(contacts, acme) == {first["id"]: False, second["id"]: False, third["id"]: True}
    contacts.ask("end_contact_point", contact_point_id=third["id"])
    assert _primary(contacts, acme) == {first["id"]: True, second["id"]: False}
    before = contacts.told()
    contacts.ask("set_primary_contact_point", contact_point_id=first["id"])
    assert contacts.told() == before


def test_the_history_says_who_changed_what_from_what_to_what(contacts: Contacts, acme: Any) -> None:
    ben = contacts.ask("register_manager", name="Ben")["id"]
    who = contacts.as_actor(
        Actor(subject="ben", role="manager", reach="all", member_id=UUID(ben), scopes=frozenset({"read", "write"}))
    )
    id = acme["contact_points"][0]["id"]
    who.ask("change_contact_point", contact_point_id=id, value="+1 212 555 0199")
    who.ask("end_contact_point", contact_point_id=id)
    who.ask("restore_contact_point", contact_point_id=id)
    own, whole = (contacts.ask("contact_point_history", ids=[one])["pages"][0]["nodes"] for one in (id, acme["id"]))
    assert own == whole
    assert [
        (c["action"], (c["before"] or {}).get("value"), c["after"]["value"], c["after"].get("valid_to"), c["actor"])
        for c in reversed(own)
    ] == [
        ("ADDED", None, "+12125550123", None, "system"),
        ("CHANGED", "+12125550123", "+12125550199", None, "ben"),
        ("ENDED", "+12125550199", "+12125550199", TODAY.isoformat(), "ben"),
        ("RESTORED", "+12125550199", "+12125550199", None, "ben"),
    ]
    assert {c["member_id"] for c in own} == {None, ben}
    told = [data for type, data in contacts.told() if type == "partner.changed"]
    assert [(data["changed"], data["sequence"]) for data in told] == [(["contact_points"], n) for n in (2, 3, 4)]
    assert "555" not in str(contacts.told())


def test_persons_and_entities_have_contact_points_too(contacts: Contacts) -> None:
    ann = contacts.ask("register_contact_person", full_name="Ann")
    inc = contacts.ask("register_legal_entity", name="Acme Inc.", country="US")
    mail = contacts.ask("add_contact_point", contact_person_id=ann["id"], kind="EMAIL", value="ann@acme.com")
    parts = {"country": "us", "city": "New York", "street": "Broadway", "building": "1", "postal_code": "10004"}
    address = contacts.ask(
        "add_contact_point", legal_entity_id=inc["id"], kind="ADDRESS", value="1 Broadway, New York", address=parts
    )
    assert address["address"] == {**parts, "country": "US", "region": None, "unit": None}
    assert contacts.ask("contact_persons_by_ids", ids=[ann["id"]])["nodes"][0]["contact_points"][0]["id"] == mail["id"]
    assert contacts.ask("legal_entities_by_ids", ids=[inc["id"]])["nodes"][0]["contact_points"][0]["primary"]
    assert [type for type, _ in contacts.told()[-2:]] == ["person.changed", "legal_entity.changed"]


@pytest.mark.parametrize(
    ("messenger", "given", "value"),
    [
        ("TELEGRAM", "https://t.me/Ann_Lee", "@ann_lee"),
        ("TELEGRAM", "@Ann_Lee", "@ann_lee"),
        ("TELEGRAM", "+1 212 555 0123", "+12125550123"),
        ("WHATSAPP", "(212) 555-0123", "+12125550123"),
        (None, "ann.lee", "ann.lee"),
    ],
)
def test_an_account_is_spelt_as_its_messenger_does(
    contacts: Contacts, acme: Any, messenger: str | None, given: str, value: str
) -> None:
    point = contacts.ask("add_contact_point", partner_id=acme["id"], kind="MESSENGER", value=given, messenger=messenger)
    assert (point["value"], point["messenger"], point["original"]) == (value, messenger, given)


def test_a_national_number_is_of_the_country_where_its_owner_is_registered(contacts: Contacts) -> None:
    entity = {"name": "ООО Ромашка", "country": "RU", "tax_id": "7707083893"}
    partner = contacts.ask("register_partner", name="Ромашка", legal_entities=[entity])
    given = {"kind": "PHONE", "value": "8 (495) 123-45-67"}
    for owner in ({"partner_id": partner["id"]}, {"legal_entity_id": partner["legal_entities"][0]["id"]}):
        point = contacts.ask("add_contact_point", **owner, **given)
        assert point["value"] == "+74951234567"
        changed = contacts.ask("change_contact_point", contact_point_id=point["id"], value="8 (495) 123-45-68")
        assert changed["value"] == "+74951234568"


def test_what_does_not_fit_is_refused(contacts: Contacts, acme: Any) -> None:
    id, owner = acme["contact_points"][0]["id"], {"partner_id": acme["id"]}
    for command, payload, problem in (
        ("add_contact_point", {**owner, **PHONE}, ("KNOWN_ALREADY", "value")),
        ("add_contact_point", {**owner, "kind": "PHONE", "value": "12"}, ("INVALID_PHONE", "value")),
        ("add_contact_point", {**owner, **OTHER, "messenger": "VIBER"}, ("INVALID", "messenger")),
        ("add_contact_point", {**owner, **OTHER, "address": {"city": "Rome"}}, ("INVALID", "address")),
        ("add_contact_point", {**owner, **OTHER, "country": "XX"}, ("UNKNOWN_COUNTRY", "country")),
        ("add_contact_point", OTHER, ("REQUIRED", "partner_id")),
        (
            "add_contact_point",
            {**owner, "kind": "MESSENGER", "value": "ann", "messenger": "WHATSAPP"},
            ("INVALID_PHONE", "value"),
        ),
        (
            "add_contact_point",
            {**owner, "kind": "ADDRESS", "value": "Rome", "address": {"country": "Italy", "city": "Rome"}},
            ("UNKNOWN_COUNTRY", "address.country"),
        ),
        (
            "add_contact_point",
            {**owner, **OTHER, "valid_from": "2026-03-02", "valid_to": "2026-03-01"},
            ("INVALID_INTERVAL", "validTo"),
        ),
        ("change_contact_point", {"contact_point_id": id, "value": "call me"}, ("INVALID_PHONE", "value")),
        (
            "change_contact_point",
            {"contact_point_id": id, "valid_to": TODAY.isoformat()},
            ("INVALID_INTERVAL", "validTo"),
        ),
        ("restore_contact_point", {"contact_point_id": id}, ("NOT_ENDED", "contactPoint")),
        (
            "end_contact_point",
            {"contact_point_id": id, "valid_to": (TODAY + timedelta(days=2)).isoformat()},
            ("OCCURRED_IN_FUTURE", "validTo"),
        ),
        ("end_contact_point", {"contact_point_id": str(new_id(CONTACT_POINT))}, ("NOT_FOUND", "contactPoint")),
        ("end_contact_point", {"contact_point_id": id, "expected_version": 7}, ("CONFLICT", "expectedVersion")),
    ):
        assert contacts.refused(command, **payload) == [problem], (command, payload)


def test_an_ended_point_is_restored_before_it_is_changed_and_not_beside_its_like(contacts: Contacts, acme: Any) -> None:
    id = acme["contact_points"][0]["id"]
    contacts.ask("end_contact_point", contact_point_id=id, valid_to="2026-01-01")
    assert contacts.refused("change_contact_point", contact_point_id=id, value="+12125550155") == [
        ("ENDED", "contactPoint")
    ]
    contacts.ask("add_contact_point", partner_id=acme["id"], **PHONE)
    assert contacts.refused("restore_contact_point", contact_point_id=id) == [("KNOWN_ALREADY", "value")]


def test_a_point_that_ended_by_its_own_date_makes_room_for_another_primary(contacts: Contacts, acme: Any) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    owner = {"partner_id": acme["id"]}
    past = contacts.ask("add_contact_point", **owner, kind="EMAIL", value="old@acme.com", valid_to=yesterday)
    now = contacts.ask("add_contact_point", **owner, kind="EMAIL", value="new@acme.com", primary=True)
    (old, new) = contacts.ask("contact_points_by_ids", ids=[past["id"], now["id"]])["nodes"]
    assert (old["primary"], new["primary"]) == (False, True)
    shown = contacts.ask("partners_by_ids", ids=[acme["id"]])["nodes"][0]["contact_points"]
    assert [point["value"] for point in shown] == ["+12125550123", "new@acme.com"]


def test_points_of_what_is_not_in_reach_are_not_there(contacts: Contacts) -> None:
    eve = contacts.ask("register_manager", name="Eve")["id"]
    hers = contacts.ask("register_partner", name="Hers", manager_id=eve, contact_points=[PHONE])
    id = hers["contact_points"][0]["id"]
    stranger = contacts.as_actor(Actor(subject="s", role="manager", reach="own", scopes=frozenset({"read", "write"})))
    assert stranger.ask("contact_points_by_ids", ids=[id])["nodes"] == [None]
    assert stranger.ask("contact_point_history", ids=[id, hers["id"]])["pages"][1]["nodes"] == []
    assert stranger.ask("changes_of", thing_ids=[hers["id"]])["pages"][0]["nodes"] == []
    assert stranger.refused("end_contact_point", contact_point_id=id) == [("NOT_FOUND", "contactPoint")]


def _primary(contacts: Contacts, partner: Any) -> dict[str, bool]:
    (found,) = contacts.ask("partners_by_ids", ids=[partner["id"]])["nodes"]
    return {point["id"]: point["primary"] for point in found["contact_points"]}
