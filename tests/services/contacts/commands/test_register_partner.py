"""Registering partners."""

from __future__ import annotations

from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.errors import Forbidden, Refused
from chassis.ids import kind_of, new_id
from services.contacts.domain.kinds import MANAGER, PARTNER
from tests.services.contacts.conftest import Contacts

SELLER = Actor(subject="ann", role="manager", reach="own", scopes=frozenset({"read", "write"}))


def test_a_partner_is_registered_with_all_that_is_known_of_it(contacts: Contacts) -> None:
    manager = contacts.ask("register_manager", name="Ann")
    partner = contacts.ask(
        "register_partner",
        name=" ООО  «Ромашка» ",
        roles=["PROSPECT", "SUPPLIER"],
        manager_id=manager["id"],
        source="fair",
        interest="Pipes,\nmany",
        contact_points=[{"kind": "PHONE", "value": "8 (495) 123-45-67"}, {"kind": "SITE", "value": "romashka.ru"}],
        contact_persons=[
            {
                "full_name": "Пётр Петров",
                "job_title": "Директор",
                "contact_points": [{"kind": "EMAIL", "value": "p@romashka.ru"}],
            }
        ],
        legal_entities=[
            {"name": "ООО Ромашка", "country": "RU", "tax_id": "7707083893", "registration_reason_code": "773601001"}
        ],
        external_ref={"system": "1c", "id": "42"},
    )
    assert kind_of(UUID(partner["id"])) == PARTNER
    assert partner["name"] == "ООО «Ромашка»"
    assert partner["roles"] == ["PROSPECT", "SUPPLIER"]
    assert partner["version"] == 1
    assert partner["manager_id"] == manager["id"]
    assert partner["external_ref"] == {"system": "1c", "id": "42"}
    # a national number is of the country of the first legal entity
    phone, site = partner["contact_points"]
    assert (phone["value"], phone["original"], phone["primary"]) == ("+74951234567", "8 (495) 123-45-67", True)
    assert site["value"] == "https://romashka.ru"
    (person,) = partner["contact_persons"]
    assert (person["full_name"], person["job_title"]) == ("Пётр Петров", "Директор")
    assert person["contact_points"][0]["value"] == "p@romashka.ru"
    (entity,) = partner["legal_entities"]
    assert (entity["tax_id"], entity["registration_reason_code"]) == ("7707083893", "773601001")
    assert contacts.ask("partners_by_ids", ids=[partner["id"]]) == {"nodes": [partner]}


def test_the_event_tells_ids_and_roles_and_no_personal_data(contacts: Contacts) -> None:
    partner = contacts.ask("register_partner", name="Acme", source="fair", interest="secret pipes")
    assert contacts.told()[:1] == [
        (
            "partner.registered",
            {
                "partner_id": partner["id"],
                "roles": ["PROSPECT"],
                "manager_id": None,
                "parent_id": None,
                "source": "fair",
                "sequence": 1,
                "occurred_at": partner["registered_at"],
            },
        )
    ]
    assert "secret" not in str(contacts.told())


def test_everything_that_does_not_fit_is_said_at_once(contacts: Contacts) -> None:
    with pytest.raises(Refused) as refusal:
        contacts.ask(
            "register_partner",
            name=" ",
            manager_id=str(new_id(MANAGER)),
            contact_points=[{"kind": "SITE", "value": "acme.com"}, {"kind": "PHONE", "value": "1"}],
            contact_persons=[{"full_name": "Ann", "contact_points": [{"kind": "EMAIL", "value": "no"}]}],
            legal_entities=[{"name": "Acme", "country": "DE", "tax_id": "DE1"}],
        )
    assert {(p.code, p.field) for p in refusal.value.problems} == {
        ("REQUIRED", ("name",)),
        ("NOT_FOUND", ("manager",)),
        ("INVALID_PHONE", ("contactPoints", "1", "value")),
        ("INVALID_EMAIL", ("contactPersons", "0", "contactPoints", "0", "value")),
        ("INVALID_TAX_ID", ("legalEntities", "0", "taxId")),
    }
    assert contacts.told() == []


def test_a_reference_names_one_partner(contacts: Contacts) -> None:
    ref = {"system": "1c", "id": "42"}
    first = contacts.ask("register_partner", name="Acme", external_ref=ref)
    with pytest.raises(Refused) as refusal:
        contacts.ask("register_partner", name="Another", external_ref=ref)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.details) == ("EXTERNAL_REF_TAKEN", (first["id"],))
    assert contacts.told_types() == ["partner.registered"]
    assert contacts.ask("list_partners")["nodes"] == [first]


def test_a_legal_entity_known_by_its_tax_id_is_one_behind_both_partners(contacts: Contacts) -> None:
    entity = {"name": "Acme GmbH", "country": "DE", "tax_id": "DE136695976"}
    one, other = (contacts.ask("register_partner", name=name, legal_entities=[entity, entity]) for name in ("A", "B"))
    assert one["legal_entities"] == other["legal_entities"]
    assert len(one["legal_entities"]) == 1


def test_only_an_importer_places_a_registration_in_the_past(contacts: Contacts) -> None:
    partner = contacts.ask("register_partner", name="Acme", occurred_at="2017-03-01T00:00:00Z")
    assert partner["registered_at"] == "2017-03-01T00:00:00Z"
    with pytest.raises(Forbidden):
        contacts.as_actor(SELLER).ask("register_partner", name="Acme", occurred_at="2017-03-01T00:00:00Z")
    for wrong, code in (("2999-01-01T00:00:00Z", "OCCURRED_IN_FUTURE"), ("2017-03-01T00:00:00", "INVALID")):
        with pytest.raises(Refused, match=code):
            contacts.ask("register_partner", name="Acme", occurred_at=wrong)
