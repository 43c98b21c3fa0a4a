"""First contact: everything in one command, or nothing of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.store.work import Caller, Work
from services.contacts.commands.register_partner import RegisterPartner, register_partner
from tests.services.contacts.conftest import Contacts

CALL = {
    "kind": "CALL",
    "direction": "IN",
    "subject": "Asks for pipes",
    "text": "needs them by May",
    "outcome": {"key": "call_back"},
}
FIRST_CONTACT: dict[str, Any] = {
    "name": "Acme",
    "source": "fair",
    "interest": "pipes",
    "contact_persons": [{"full_name": "Ann Lee", "role": "BUYER"}],
    "interaction": CALL,
}


def test_partner_person_interest_and_interaction_come_in_one_command(contacts: Contacts) -> None:
    partner = contacts.ask("register_partner", **FIRST_CONTACT)
    (call,) = contacts.ask("list_interactions")["nodes"]
    (ann,) = partner["contact_persons"]
    assert (call["kind"], call["direction"], call["title"]) == ("CALL", "IN", "Asks for pipes")
    assert (call["partner_ids"], call["person_ids"]) == ([partner["id"]], [ann["id"]])
    assert contacts.told_types() == [
        "partner.registered",
        "person.registered",
        "person.linked",
        "interest.registered",
        "interaction.registered",
    ]
    assert not any(word in str(contacts.told()) for word in ("Acme", "Ann", "pipes", "May"))


def test_the_same_key_again_answers_the_same_and_does_nothing_more(contacts: Contacts) -> None:
    work = Work(contacts.database, Caller(actor=contacts.actor, idempotency_key="first"))
    answers = [work.run(register_partner, RegisterPartner, FIRST_CONTACT) for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(contacts.ask("list_partners")["nodes"]) == len(contacts.ask("list_interactions")["nodes"]) == 1
    assert len(contacts.ask("list_interests")["nodes"]) == len(contacts.ask("list_contact_persons")["nodes"]) == 1


def test_what_does_not_fit_anywhere_leaves_nothing(contacts: Contacts) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    wrong = {**CALL, "subject": "s" * 251, "occurred_at": tomorrow}
    refused = contacts.refused("register_partner", **{**FIRST_CONTACT, "interest": "i" * 2001, "interaction": CALL})
    assert refused == [("TOO_LONG", "interest")]
    refused = contacts.refused("register_partner", **{**FIRST_CONTACT, "interaction": wrong})
    assert {field for _, field in refused} == {"interaction.subject", "interaction.occurredAt"}
