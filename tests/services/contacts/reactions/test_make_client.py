"""What a won deal does to its partner."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from chassis.bus.envelope import Message, event_headers
from chassis.service import reactions_of
from chassis.store.inbox import Inbox
from chassis.wire import encode
from services.contacts.service import ContactsService
from tests.services.contacts.conftest import Contacts

MARCH = datetime(2017, 3, 1, tzinfo=UTC)


def deal_won(contacts: Contacts, partner_id: UUID | None, position: int = 1, type: str = "deal.won") -> None:
    """Let contacts hear that a deal with the partner was won, or an order confirmed."""
    headers = event_headers(
        event_id=str(uuid4()),
        source="deals",
        type=type,
        subject=str(uuid4()),
        occurred_at=MARCH,
        recorded_at=MARCH,
        sequence=3,
        position=position,
        correlation_id=None,
    )
    message = Message(headers=headers, body=encode({"partner_id": partner_id, "deal_id": uuid4(), "stage": None}))
    Inbox(contacts.database, reactions_of(ContactsService)).receive([message])


def test_a_won_deal_makes_a_client_of_a_prospect(contacts: Contacts) -> None:
    partner = contacts.ask("register_partner", name="Acme", roles=["PROSPECT", "SUPPLIER"])
    deal_won(contacts, UUID(partner["id"]))
    (client,) = contacts.ask("partners_by_ids", ids=[partner["id"]])["nodes"]
    assert client == {**partner, "roles": ["CLIENT", "SUPPLIER"], "version": 2}
    kind, told = contacts.told()[-1]
    assert (kind, told["changed"], told["roles"]) == ("partner.changed", ["roles"], ["CLIENT", "SUPPLIER"])
    assert told["occurred_at"] == "2017-03-01T00:00:00Z"


def test_heard_twice_or_won_again_it_changes_nothing(contacts: Contacts) -> None:
    partner = contacts.ask("register_partner", name="Acme")
    for position in (1, 1, 2):
        deal_won(contacts, UUID(partner["id"]), position)
    assert contacts.told_types() == ["partner.registered", "partner.changed"]
    (changes,) = contacts.ask("changes_of", thing_ids=[partner["id"]])["pages"]
    assert [(one["field"], one["before"], one["after"]) for one in changes["nodes"]] == [
        ("roles", ["PROSPECT"], ["CLIENT"])
    ]


def test_a_deal_without_a_partner_concerns_nobody(contacts: Contacts) -> None:
    deal_won(contacts, None, 1)
    deal_won(contacts, uuid4(), 2)
    assert contacts.told() == []
    with contacts.database.reading() as reading:
        assert reading.connection.execute(contacts.database.tables.parked.select()).all() == []


def test_a_confirmed_order_makes_a_client_and_the_win_after_it_changes_nothing(contacts: Contacts) -> None:
    partner = contacts.ask("register_partner", name="Acme", roles=["PROSPECT"])
    deal_won(contacts, UUID(partner["id"]), 1, "customer_order.confirmed")
    (client,) = contacts.ask("partners_by_ids", ids=[partner["id"]])["nodes"]
    assert client["roles"] == ["CLIENT"]
    deal_won(contacts, UUID(partner["id"]), 2)
    deal_won(contacts, UUID(partner["id"]), 3, "customer_order.confirmed")
    assert contacts.told_types() == ["partner.registered", "partner.changed"]
    (changes,) = contacts.ask("changes_of", thing_ids=[partner["id"]])["pages"]
    assert [(one["field"], one["before"], one["after"]) for one in changes["nodes"]] == [
        ("roles", ["PROSPECT"], ["CLIENT"])
    ]
