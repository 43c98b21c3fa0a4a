"""Taking contact persons over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chassis.actor import SYSTEM
from chassis.errors import Forbidden
from tests.services.contacts.conftest import Contacts

MAIL = {"kind": "EMAIL", "value": "ann@acme.example"}
ACME = {"system": "old", "id": "acme"}


def test_a_person_comes_with_what_they_do_for_a_partner(contacts: Contacts) -> None:
    acme = take_acme(contacts)
    (result,) = take(
        contacts, row("1", partner_ref=ACME, role="BUYER", job_title="Head of buying", birthday="1980-02-29")
    )
    assert result["status"] == "CREATED"
    (ann,) = contacts.ask("contact_persons_by_ids", ids=[result["id"]])["nodes"]
    assert (ann["full_name"], ann["birthday"], ann["version"]) == ("Ann Graham", "1980-02-29", 2)
    assert ann["contact_points"][0]["value"] == "ann@acme.example"
    assert [(link["partner_id"], link["role"], link["job_title"]) for link in ann["links"]] == [
        (acme, "BUYER", "Head of buying")
    ]
    assert contacts.told_types()[-3:] == ["person.registered", "person.linked", "partner.changed"]


def test_again_changes_nothing(contacts: Contacts) -> None:
    take_acme(contacts)
    rows = [row("1", partner_ref=ACME, role="BUYER"), row("2", full_name="Bob", contact_points=[])]
    first = take(contacts, *rows)
    before, told = contacts.rows(), contacts.told()
    assert take(contacts, *rows) == [{**one, "status": "UNCHANGED"} for one in first]
    assert (contacts.rows(), contacts.told()) == (before, told)


def test_what_a_row_does_not_say_stays_and_what_is_new_is_added(contacts: Contacts) -> None:
    acme = take_acme(contacts)
    take(contacts, row("1", partner_id=acme, role="BUYER", job_title="Buyer", birthday="1980-02-29"))
    phone = {"kind": "PHONE", "value": "(212) 555-0123"}
    (result,) = take(
        contacts, row("1", full_name="Ann Gray", partner_ref=ACME, role="DIRECTOR", contact_points=[phone])
    )
    assert result["status"] == "UPDATED"
    (ann,) = contacts.ask("contact_persons_by_ids", ids=[result["id"]])["nodes"]
    assert (ann["full_name"], ann["birthday"], len(ann["contact_points"])) == ("Ann Gray", "1980-02-29", 2)
    assert [(link["role"], link["job_title"]) for link in ann["links"]] == [("DIRECTOR", "Buyer")]
    sequences = [data["sequence"] for _, data in contacts.told() if data.get("person_id") == result["id"]]
    assert sequences == list(range(1, ann["version"] + 1))
    (changes,) = contacts.ask("changes_of", thing_ids=[result["id"]])["pages"]
    assert {one["field"] for one in changes["nodes"]} == {"fullName", "contactPoints"}


def test_a_partner_counts_one_change_however_many_persons_it_gets(contacts: Contacts) -> None:
    acme = take_acme(contacts)
    take(contacts, row("1", partner_ref=ACME), row("2", full_name="Bob", partner_ref=ACME))
    (partner,) = contacts.ask("partners_by_ids", ids=[acme])["nodes"]
    assert (partner["version"], len(partner["contact_persons"])) == (2, 2)


def test_a_bad_row_hinders_no_other(contacts: Contacts) -> None:
    acme = take_acme(contacts)
    results = take(
        contacts,
        row("1", full_name=" ", birthday="2999-01-01"),
        row("2", partner_ref={"system": "old", "id": "nobody"}),
        row("3", role="BUYER"),
        row("4", partner_id=acme, partner_ref=ACME),
        row("5", contact_points=[{"kind": "EMAIL", "value": "ann"}]),
        row("6"),
    )
    assert [[(p["code"], ".".join(p["field"])) for p in one["problems"]] for one in results] == [
        [("REQUIRED", "fullName"), ("OCCURRED_IN_FUTURE", "birthday")],
        [("NOT_FOUND", "partnerRef")],
        [("REQUIRED", "partner")],
        [("INVALID", "partnerRef")],
        [("INVALID_EMAIL", "contactPoints.0.value")],
        [],
    ]
    assert contacts.told_types() == ["partner.registered", "person.registered"]


def test_who_was_erased_does_not_come_back(contacts: Contacts) -> None:
    officer = contacts.as_actor(replace(SYSTEM, subject="officer", scopes=SYSTEM.scopes | {"privacy"}))
    (ann,) = take(contacts, row("1"))
    officer.ask("erase_person", person_id=ann["id"], reason="asked for it")
    before = contacts.rows()
    (result,) = take(contacts, row("1"))
    assert [(p["code"], p["field"]) for p in result["problems"]] == [("PERSON_ERASED", ["externalRef"])]
    assert contacts.rows() == before


def test_the_largest_batch_goes_in_and_a_second_time_changes_nothing(contacts: Contacts) -> None:
    take_acme(contacts)
    rows = [row(str(n), full_name=f"Person {n}", partner_ref=ACME) for n in range(500)]
    for expected in ("CREATED", "UNCHANGED"):
        assert {one["status"] for one in take(contacts, *rows)} == {expected}


def test_it_needs_the_scope(contacts: Contacts) -> None:
    clerk = contacts.as_actor(replace(SYSTEM, scopes=frozenset({"read", "write"})))
    with pytest.raises(Forbidden):
        take(clerk, row("1"))


def take(contacts: Contacts, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Import persons and give the results."""
    results: list[dict[str, Any]] = contacts.ask("import_persons", rows=list(rows))["results"]
    return results


def take_acme(contacts: Contacts) -> str:
    """Import a partner."""
    (acme,) = contacts.ask("import_partners", rows=[{"external_ref": ACME, "name": "Acme"}])["results"]
    return str(acme["id"])


def row(id: str, **about: Any) -> dict[str, Any]:
    """Make a row."""
    return {"external_ref": {"system": "old", "id": id}, "full_name": "Ann Graham", "contact_points": [MAIL], **about}
