"""Taking over what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from chassis.actor import SYSTEM, Actor
from chassis.errors import Forbidden
from chassis.ids import new_id
from services.contacts.domain.kinds import DEAL
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.talk import listed

ACME = {"system": "old", "id": "acme"}
ANN = {"system": "old", "id": "ann"}
SAM = {"system": "hr", "id": "sam"}
FILE = {"name": "offer.pdf", "media_type": "application/pdf", "size": 7, "url": "https://files.example/offer.pdf"}


@pytest.fixture
def ids(contacts: Contacts) -> dict[str, str]:
    """A partner, someone who works there and a manager, all imported."""
    imported = {
        "acme": contacts.ask("import_partners", rows=[{"external_ref": ACME, "name": "Acme"}]),
        "ann": contacts.ask(
            "import_persons", rows=[{"external_ref": ANN, "full_name": "Ann Graham", "partner_ref": ACME}]
        ),
        "sam": contacts.ask("import_managers", rows=[{"external_ref": SAM, "name": "Sam"}]),
    }
    return {name: answer["results"][0]["id"] for name, answer in imported.items()}


def test_an_interaction_comes_with_whom_it_was_with(contacts: Contacts, ids: dict[str, str]) -> None:
    said = row("1", person_refs=[ANN], manager_ref=SAM, direction="IN", outcome={"key": "call_back"}, title="Prices")
    (result,) = take(contacts, said)
    assert result["status"] == "CREATED"
    (call,) = contacts.ask("interactions_by_ids", ids=[result["id"]])["nodes"]
    assert (call["kind"], call["direction"], call["state"], call["at"]) == (
        "CALL",
        "IN",
        "DONE",
        "2017-03-01T09:00:00Z",
    )
    assert (call["title"], call["outcome"]["key"]) == ("Prices", "call_back")
    assert (call["partner_ids"], call["person_ids"], call["manager_ids"]) == ([ids["acme"]], [ids["ann"]], [ids["sam"]])
    assert listed(contacts, ids["acme"]) == [result["id"]]
    type, data = contacts.told()[-1]
    assert (type, data["occurred_at"]) == ("interaction.registered", "2017-03-01T09:00:00Z")


def test_nobody_is_made_a_part_of_it(contacts: Contacts, ids: dict[str, str]) -> None:
    sam = contacts.as_actor(replace(SYSTEM, member_id=UUID(ids["sam"])))
    (result,) = take(sam, row("1", partner_ref=ACME))
    (call,) = contacts.ask("interactions_by_ids", ids=[result["id"]])["nodes"]
    assert call["manager_ids"] == []


def test_again_changes_nothing(contacts: Contacts, ids: dict[str, str]) -> None:
    rows = [row("1", partner_ref=ACME), row("2", partner_id=ids["acme"], manager_id=ids["sam"], text="Hello")]
    first = take(contacts, *rows)
    before, told = contacts.rows(), contacts.told()
    assert take(contacts, *rows) == [{**one, "status": "UNCHANGED"} for one in first]
    assert (contacts.rows(), contacts.told()) == (before, told)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"kind": "MEETING"}, "kind"),
        ({"direction": "IN"}, "direction"),
        ({"started_at": "2017-03-02T09:00:00Z"}, "startedAt"),
        ({"title": "Other"}, "title"),
        ({"text": "Other"}, "text"),
        ({"duration_seconds": 60}, "durationSeconds"),
        ({"outcome": {"key": "refused"}}, "outcome"),
        ({"person_refs": [ANN]}, "personRefs"),
        ({"manager_ref": SAM}, "manager"),
        ({"deal_ids": ["01a2109a-4202-8202-b175-c4357cbc2880"]}, "deals"),
        ({"guests": [{"email": "eve@example.com"}]}, "guests"),
        ({"attachments": [{**FILE, "size": 8}]}, "attachments"),
    ],
)
def test_what_took_place_is_not_changed(
    contacts: Contacts, ids: dict[str, str], other: dict[str, Any], field: str
) -> None:
    said = {"partner_ref": ACME, "text": "Hello", "guests": [{"phone": "+12125550187"}], "attachments": [FILE]}
    (first,) = take(contacts, row("1", **said))
    assert take(contacts, row("1", **said))[0]["status"] == "UNCHANGED"
    before = contacts.rows()
    (result,) = take(contacts, row("1", **{**said, **other}))
    assert [(p["code"], p["field"], p["details"]) for p in result["problems"]] == [
        ("INTERACTION_DONE", [field], [first["id"]])
    ]
    assert contacts.rows() == before


def test_one_that_was_corrected_stays_corrected(contacts: Contacts, ids: dict[str, str]) -> None:
    (first,) = take(contacts, row("1", partner_ref=ACME, text="Hello"))
    contacts.ask("correct_interaction", interaction_id=first["id"], text="Goodbye")
    assert take(contacts, row("1", partner_ref=ACME, text="Hello"))[0]["status"] == "UNCHANGED"


def test_a_call_about_a_deal_with_someone_unknown(contacts: Contacts, ids: dict[str, str]) -> None:
    deal = new_id(DEAL)
    contacts.hear("deal.opened", deal, deal_id=deal, partner_id=ids["acme"], manager_id=ids["sam"])
    guests = [{"name": "Eve", "phone": "+1 212 555 0187"}]
    (result,) = take(contacts, row("1", deal_ids=[str(deal)], guests=guests, attachments=[FILE]))
    (call,) = contacts.ask("interactions_by_ids", ids=[result["id"]])["nodes"]
    assert (call["deal_ids"], call["partner_ids"]) == ([str(deal)], [ids["acme"]])
    assert [(one["name"], one["value"]) for one in call["guests"]] == [("Eve", "+12125550187")]
    assert [one["url"] for one in call["attachments"]] == [FILE["url"]]
    bob = contacts.ask("register_manager", name="Bob")["id"]
    scopes = frozenset({"read", "write", "import"})
    other = contacts.as_actor(Actor(subject="bob", role="manager", member_id=UUID(bob), scopes=scopes))
    wrong = {"guests": [{"phone": "1"}], "attachments": [{**FILE, "url": "javascript:x"}]}
    (result,) = take(other, row("2", deal_ids=[str(deal)], **wrong))
    assert [(p["code"], ".".join(p["field"])) for p in result["problems"]] == [
        ("NOT_FOUND", "deals.0"), ("INVALID_PHONE", "guests.0.phone"), ("INVALID", "attachments.0.url"),
    ]  # fmt: skip


def test_a_bad_row_hinders_no_other(contacts: Contacts, ids: dict[str, str]) -> None:
    nobody = {"system": "old", "id": "nobody"}
    results = take(
        contacts,
        row("1"),
        row("2", partner_ref=nobody, person_refs=[ANN, nobody], manager_ref=nobody),
        row("3", partner_ref=ACME, started_at="2999-01-01T00:00:00Z"),
        row("4", partner_ref=ACME, text="x" * 20_001),
        row("5", partner_ref=ACME),
        row("5", partner_ref=ACME, text="Other"),
    )
    assert [[(p["code"], ".".join(p["field"])) for p in one["problems"]] for one in results] == [
        [("REQUIRED", "partners")],
        [("NOT_FOUND", "partnerRef"), ("NOT_FOUND", "personRefs.1"), ("NOT_FOUND", "managerRef")],
        [("OCCURRED_IN_FUTURE", "startedAt")],
        [("TOO_LONG", "text")],
        [],
        [("INTERACTION_DONE", "text")],
    ]
    assert contacts.told_types().count("interaction.registered") == 1


def test_who_was_erased_is_named_no_more(contacts: Contacts, ids: dict[str, str]) -> None:
    officer = contacts.as_actor(replace(SYSTEM, subject="officer", scopes=SYSTEM.scopes | {"privacy"}))
    officer.ask("erase_person", person_id=ids["ann"], reason="asked for it")
    (result,) = take(contacts, row("1", partner_ref=ACME, person_refs=[ANN]))
    assert [(p["code"], p["field"]) for p in result["problems"]] == [("PERSON_ERASED", ["personRefs", "0"])]


def test_the_largest_batch_goes_in_and_a_second_time_changes_nothing(contacts: Contacts, ids: dict[str, str]) -> None:
    rows = [row(str(n), partner_ref=ACME, person_refs=[ANN], text=f"Call {n}") for n in range(500)]
    for expected in ("CREATED", "UNCHANGED"):
        assert {one["status"] for one in take(contacts, *rows)} == {expected}


def test_it_needs_the_scope(contacts: Contacts) -> None:
    clerk = contacts.as_actor(replace(SYSTEM, scopes=frozenset({"read", "write"})))
    with pytest.raises(Forbidden):
        take(clerk, row("1"))


def take(contacts: Contacts, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Import interactions and give the results."""
    results: list[dict[str, Any]] = contacts.ask("import_interactions", rows=list(rows))["results"]
    return results


def row(id: str, **about: Any) -> dict[str, Any]:
    """Make a row of a call."""
    ref = {"system": "old", "id": id}
    return {"external_ref": ref, "kind": "CALL", "started_at": "2017-03-01T09:00:00Z", **about}
