"""Erasing a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.actor import SYSTEM
from chassis.bus.envelope import Message
from chassis.errors import Forbidden, Refused
from chassis.store.inbox import Inbox
from chassis.store.work import Caller, Work
from chassis.wire import Json
from services.contacts.commands.register_interaction import RegisterInteraction, register_interaction
from tests.services.contacts.conftest import Contacts
from tests.services.contacts.talk import ahead, partner, plan, say, timeline

OFFICER = replace(SYSTEM, subject="officer", scopes=SYSTEM.scopes | {"privacy"})
PHONE = {"kind": "PHONE", "value": "(212) 555-0187"}
MAIL = {"kind": "EMAIL", "value": "annabel@graham.example"}


@pytest.fixture
def contacts(contacts: Contacts) -> Contacts:
    """Contacts, asked by who may erase."""
    return contacts.as_actor(OFFICER)


def test_what_is_left_is_that_there_was_someone(contacts: Contacts) -> None:
    acme = partner(contacts)
    ann = annabel(contacts, partner_id=acme["id"], role="BUYER", job_title="Head of buying")
    left = contacts.ask("erase_person", person_id=ann["id"], reason="asked for it")
    assert (left["full_name"], left["version"], left["erased_at"] is not None) == ("[erased]", 3, True)
    assert (left["birthday"], left["notes"], left["time_zone"], left["contact_points"]) == (None, None, None, [])
    assert [(link["partner_id"], link["role"], link["job_title"]) for link in left["links"]] == [
        (acme["id"], "BUYER", None)
    ]
    assert contacts.told()[-1] == (
        "person.erased",
        {"sequence": 3, "occurred_at": contacts.told()[-1][1]["occurred_at"], "person_id": ann["id"]},
    )
    (changes,) = contacts.ask("changes_of", thing_ids=[ann["id"]])["pages"]
    newest = changes["nodes"][0]
    assert (newest["field"], newest["after"], newest["actor"]) == ("erased", "asked for it", "officer")
    (history,) = contacts.ask("contact_point_history", ids=[ann["id"]])["pages"]
    assert [(one["action"], one["before"], one["after"]) for one in history["nodes"]] == [("ADDED", None, None)] * 2


def test_only_once_and_nothing_changes_after_it(contacts: Contacts) -> None:
    acme = partner(contacts)
    ann = annabel(contacts, partner_id=acme["id"])
    point = ann["contact_points"][0]["id"]
    contacts.ask("erase_person", person_id=ann["id"], reason="asked for it")
    assert contacts.refused("erase_person", person_id=ann["id"], reason="again") == [("PERSON_ERASED", "person")]
    erased = [("PERSON_ERASED", "contactPerson")]
    assert contacts.refused("change_contact_person", contact_person_id=ann["id"], full_name="Ann") == erased
    assert contacts.refused("link_contact_person", contact_person_id=ann["id"], partner_id=acme["id"]) == erased
    assert contacts.refused("add_contact_point", contact_person_id=ann["id"], **PHONE) == erased
    assert contacts.refused("end_contact_point", contact_point_id=point) == [("NOT_FOUND", "contactPoint")]
    said: dict[str, Any] = {"kind": "CALL", "person_ids": [ann["id"]]}
    assert contacts.refused("register_interaction", **said) == [("PERSON_ERASED", "persons.0")]
    said = {"kind": "NOTE", "partner_ids": [acme["id"]], "text": "x", "mentions": [mention(ann, 0, 1)]}
    assert contacts.refused("register_interaction", **said) == [("PERSON_ERASED", "mentions.0.person")]


def test_a_list_of_persons_does_not_recognise_who_was_erased(contacts: Contacts) -> None:
    acme = partner(contacts, contact_persons=[{"full_name": "Annabel Graham"}, {"full_name": "Bob"}])
    ann, bob = contacts.ask("list_contact_persons")["nodes"]
    contacts.ask("erase_person", person_id=ann["id"], reason="asked for it")
    persons = [{"full_name": "[erased]", "contact_points": [PHONE]}, {"full_name": "Bob"}]
    contacts.ask("change_partner", partner_id=acme["id"], contact_persons=persons)
    (left,) = contacts.ask("contact_persons_by_ids", ids=[ann["id"]])["nodes"]
    assert (left["version"], left["contact_points"]) == (3, [])
    names = [(one["full_name"], one["id"] == bob["id"]) for one in contacts.ask("list_contact_persons")["nodes"]]
    assert sorted(names) == [("Bob", True), ("[erased]", False), ("[erased]", False)]


def test_two_problems_at_once(contacts: Contacts) -> None:
    ann = annabel(contacts)
    gone = str(UUID(int=UUID(ann["id"]).int ^ 1))
    assert contacts.refused("erase_person", person_id=gone, reason=" ") == [
        ("REQUIRED", "reason"),
        ("NOT_FOUND", "person"),
    ]
    assert contacts.refused("erase_person", person_id=ann["id"], reason="x" * 501) == [("TOO_LONG", "reason")]
    late = contacts.refused("erase_person", person_id=ann["id"], reason="x", expected_version=9)
    assert late == [("CONFLICT", "expectedVersion")]


def test_it_needs_the_scope(contacts: Contacts) -> None:
    ann = annabel(contacts)
    for name, asked in (("erase_person", {"reason": "x"}), ("personal_data", {})):
        with pytest.raises(Forbidden, match="privacy"):
            contacts.as_actor(SYSTEM).ask(name, person_id=ann["id"], **asked)


def test_texts_keep_all_but_the_person(contacts: Contacts) -> None:
    acme = partner(contacts, interest="Annabel Graham wants chairs", source="fair")
    ann, bob = annabel(contacts, partner_id=acme["id"]), annabel(contacts, "Bob Stone")
    text = "Annie said that Bobby calls back on 212-555-0187"
    said = say(
        contacts,
        person_ids=[ann["id"]],
        title="Call with annabel graham",
        text=text,
        mentions=[mention(ann, 0, 5), mention(bob, 16, 21)],
        outcome={"key": "call_back", "text": "write to annabel@graham.example"},
        attachments=[{"name": "Annabel Graham.pdf", "media_type": "a/b", "size": 1, "url": "https://x.example/1"}],
    )
    guest = say(contacts, guests=[{"name": "A lady", "phone": "+1 212 555 0187"}])
    other = say(contacts, partner_ids=[acme["id"]], title="Annabel Graham of another firm, by chance")
    planned = plan(
        contacts, person_ids=[ann["id"]], text="See Annie", mentions=[mention(ann, 4, 9)], starts_at=ahead(days=2)
    )
    contacts.ask("erase_person", person_id=ann["id"], reason="Annabel Graham asked for it")
    found = {one["id"]: one for one in contacts.ask("list_interactions")["nodes"]}
    after = found[said["id"]]
    assert after["title"] == "Call with [erased]"
    assert after["text"] == "[erased] said that Bobby calls back on [erased]"
    assert [after["text"][m["start"] : m["end"]] for m in after["mentions"]] == ["Bobby"]
    assert after["outcome"] == {"key": "call_back", "text": "write to [erased]"}
    assert after["attachments"][0]["name"] == "[erased].pdf"
    assert (after["at"], after["kind"], after["person_ids"]) == (said["at"], said["kind"], [ann["id"]])
    assert found[guest["id"]]["guests"] == [
        {"name": None, "kind": "PHONE", "value": "[erased]", "original": "[erased]"}
    ]
    assert found[other["id"]]["title"] == other["title"]
    assert found[planned["id"]]["text"] == "See [erased]"
    (acme,) = contacts.ask("partners_by_ids", ids=[acme["id"]])["nodes"]
    assert acme["interest"] == "[erased] wants chairs"
    (changes,) = contacts.ask("changes_of", thing_ids=[ann["id"]])["pages"]
    assert changes["nodes"][0]["after"] == "[erased] asked for it"
    assert len(timeline(contacts, ann["id"])) == 2


def test_mentions_belong_to_their_text(contacts: Contacts) -> None:
    ann = annabel(contacts)
    first = plan(contacts, person_ids=[ann["id"]], text="See Annie", mentions=[mention(ann, 4, 9)])
    done = contacts.ask("complete_interaction", interaction_id=first["id"])
    assert done["mentions"] == [mention(ann, 4, 9)]
    moved = contacts.ask("correct_interaction", interaction_id=first["id"], title="Seen")
    assert moved["mentions"] == [mention(ann, 4, 9)]
    told = contacts.ask(
        "correct_interaction", interaction_id=moved["id"], text="Annie was away", mentions=[mention(ann, 0, 5)]
    )
    assert told["mentions"] == [mention(ann, 0, 5)]
    assert contacts.ask("correct_interaction", interaction_id=told["id"], text="Nobody came")["mentions"] == []
    second = plan(contacts, person_ids=[ann["id"]], text="See Annie", mentions=[mention(ann, 4, 9)])
    other = contacts.ask("complete_interaction", interaction_id=second["id"], text="She came")
    assert other["mentions"] == []
    wrong = contacts.refused("register_interaction", kind="CALL", person_ids=[ann["id"]], mentions=[mention(ann, 0, 1)])
    assert wrong == [("INVALID", "mentions.0.start")]
    nobody = mention({"id": str(UUID(int=UUID(ann["id"]).int ^ 1))}, 0, 1)
    missing = contacts.refused("plan_interaction", kind="CALL", text="a", starts_at=ahead(days=1), mentions=[nobody])
    assert missing == [("NOT_FOUND", "mentions.0.person")]


def test_kept_answers_go_and_others_stay(contacts: Contacts) -> None:
    ann, bob = annabel(contacts), annabel(contacts, "Bob Stone")
    for who in (ann, bob):
        work = Work(contacts.database, Caller(actor=OFFICER, idempotency_key=f"call {who['full_name']}"))
        work.run(register_interaction, RegisterInteraction, {"kind": "CALL", "person_ids": [who["id"]]})
    contacts.ask("erase_person", person_id=ann["id"], reason="asked for it")
    kept = contacts.database.tables.idempotency
    with contacts.database.reading() as reading:
        assert reading.connection.execute(sa.select(kept.c.key)).scalars().all() == ["call Bob Stone"]


def test_parked_messages_keep_their_facts_only(contacts: Contacts) -> None:
    ann = annabel(contacts)
    bodies = [
        f'{{"person_id":"{ann["id"]}","note":"A lady called","at":"2026-01-02T03:04:05Z","kind":"CALL"}}'.encode(),
        b'{"title":"Annabel Graham"}',
        "Annabel Graham, сказала".encode(),
        b'{"title":"somebody"}',
    ]
    Inbox(contacts.database, {}).receive([Message(headers={}, body=body) for body in bodies])
    contacts.ask("erase_person", person_id=ann["id"], reason="asked for it")
    parked = contacts.database.tables.parked
    with contacts.database.reading() as reading:
        left = [bytes(body) for body in reading.connection.execute(sa.select(parked.c.body)).scalars()]
    assert sorted(left) == sorted(
        [
            bodies[0].replace(b"A lady called", b"[erased]"),
            b'{"title":"[erased]"}',
            "[erased], сказала".encode(),
            bodies[3],
        ]
    )


def test_personal_data_is_all_there_is(contacts: Contacts) -> None:
    acme = partner(contacts)
    ann = annabel(contacts, partner_id=acme["id"], role="BUYER")
    contacts.ask("change_contact_person", contact_person_id=ann["id"], full_name="Annabel Stone")
    contacts.ask("end_contact_point", contact_point_id=ann["contact_points"][0]["id"])
    took_part = say(contacts, person_ids=[ann["id"]])
    spoken_of = say(contacts, partner_ids=[acme["id"]], text="Annie", mentions=[mention(ann, 0, 5)])
    say(contacts, partner_ids=[acme["id"]])
    data = contacts.ask("personal_data", person_id=ann["id"])
    assert data["person"]["full_name"] == "Annabel Stone"
    assert [(one["name"], one["role"]) for one in data["works_for"]] == [("Acme", "BUYER")]
    assert {one["value"] for one in data["contact_points"]} == {"+12125550187", "annabel@graham.example"}
    assert [one["action"] for one in data["contact_point_history"]] == ["ADDED", "ADDED", "ENDED"]
    assert {one["id"] for one in data["interactions"]} == {took_part["id"], spoken_of["id"]}
    assert [one["field"] for one in data["changes"]] == ["fullName", "contactPoints"]
    assert [one["kind"] for one in data["timeline"]] == ["INTERACTION_REGISTERED"]
    contacts.ask("erase_person", person_id=ann["id"], reason="asked for it")
    with pytest.raises(Refused, match="PERSON_ERASED"):
        contacts.ask("personal_data", person_id=ann["id"])


def annabel(contacts: Contacts, name: str = "Annabel Graham", **about: Any) -> Json:
    """Register a person with all that can be known."""
    points = [PHONE, MAIL] if name == "Annabel Graham" else []
    facts = {"birthday": "1980-02-29", "notes": "likes tea", "time_zone": "Europe/Moscow"}
    return contacts.ask("register_contact_person", full_name=name, contact_points=points, **facts, **about)


def mention(person: Json, start: int, end: int) -> dict[str, Any]:
    """Mark a person in a text."""
    return {"person_id": person["id"], "start": start, "end": end}
