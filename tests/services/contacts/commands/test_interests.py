"""What partners asked for, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chassis.actor import Actor
from chassis.errors import Forbidden
from chassis.ids import new_id
from services.contacts.domain.kinds import INTEREST, PARTNER
from tests.services.contacts.conftest import Contacts


@pytest.fixture
def acme(contacts: Contacts) -> Any:
    """A partner of whom nothing more is known."""
    return contacts.ask("register_partner", name="Acme")


def test_a_registered_partner_brings_its_first_interest(contacts: Contacts) -> None:
    partner = contacts.ask("register_partner", name="Acme", source="fair", campaign="spring", interest="pipes")
    ((first,),) = contacts.ask("interests_of_partners", partner_ids=[partner["id"]])["interests"]
    assert (first["source"], first["campaign"], first["text"]) == ("fair", "spring", "pipes")
    assert (first["status"], first["occurred_at"]) == ("OPEN", partner["registered_at"])
    assert contacts.told_types() == ["partner.registered", "interest.registered"]
    assert "pipes" not in str(contacts.told())


def test_who_says_nothing_has_no_interest(contacts: Contacts, acme: Any) -> None:
    assert contacts.ask("interests_of_partners", partner_ids=[acme["id"]])["interests"] == [[]]


def test_an_interest_is_met_or_not_and_then_closed(contacts: Contacts, acme: Any) -> None:
    asked = {"partner_id": acme["id"], "text": "pipes", "amount": {"amount": "1000.50", "currency": "EUR"}}
    met, unmet = (contacts.ask("register_interest", **asked)["id"] for _ in range(2))
    assert contacts.told()[-1][1]["amount"] == {"amount": "1000.50", "currency": "EUR"}
    assert contacts.ask("close_interest", interest_id=met, status="MET")["status"] == "MET"
    no_reason = contacts.refused("close_interest", interest_id=unmet, status="UNMET", reason="  ")
    assert no_reason == [("REQUIRED", "reason")]
    closed = contacts.ask("close_interest", interest_id=unmet, status="UNMET", reason="out of stock")
    assert (closed["reason"], closed["version"]) == ("out of stock", 2) and closed["closed_at"]
    kind, told = contacts.told()[-1]
    assert (kind, told["status"], told["sequence"]) == ("interest.closed", "UNMET", 2) and "stock" not in str(told)
    for status in ("MET", "UNMET", "OPEN"):
        again = contacts.refused("close_interest", interest_id=met, status=status, reason="x")
        assert again == [("CLOSED_ALREADY", "interest")]
    listed = contacts.ask("list_interests", filter={"statuses": ["UNMET"]}, page={"total": True})
    assert ([one["id"] for one in listed["nodes"]], listed["total"]) == ([unmet], 1)


def test_what_does_not_fit_is_refused(contacts: Contacts, acme: Any) -> None:
    id = contacts.ask("register_interest", partner_id=acme["id"], text="pipes")["id"]
    this = {"partner_id": acme["id"]}
    for command, payload, problems in (
        ("register_interest", this, [("REQUIRED", "text")]),
        ("register_interest", {"partner_id": str(new_id(PARTNER)), "text": "x"}, [("NOT_FOUND", "partner")]),
        (
            "register_interest",
            {**this, "text": "t" * 2001, "source": "s" * 201, "amount": {"amount": "1.001", "currency": "USD"}},
            [("INVALID_AMOUNT", "amount.amount"), ("TOO_LONG", "source"), ("TOO_LONG", "text")],
        ),
        (
            "register_interest",
            {**this, "text": "x", "amount": {"amount": "-1", "currency": "USD"}},
            [("INVALID_AMOUNT", "amount.amount")],
        ),
        ("register_interest", {**this, "text": "a\x00b"}, [("INVALID", "text")]),
        (
            "register_interest",
            {**this, "text": "x", "occurred_at": "2999-01-01T00:00:00Z"},
            [("OCCURRED_IN_FUTURE", "occurredAt")],
        ),
        ("close_interest", {"interest_id": str(new_id(INTEREST)), "status": "MET"}, [("NOT_FOUND", "interest")]),
        ("close_interest", {"interest_id": id, "status": "OPEN"}, [("INVALID", "status")]),
        (
            "close_interest",
            {"interest_id": id, "status": "MET", "expected_version": 7},
            [("CONFLICT", "expectedVersion")],
        ),
        (
            "close_interest",
            {"interest_id": id, "status": "MET", "occurred_at": "2020-01-01T00:00:00Z"},
            [("OCCURRED_TOO_EARLY", "occurredAt")],
        ),
    ):
        assert contacts.refused(command, **payload) == problems, (command, payload)


def test_interests_are_seen_by_who_sees_the_partner(contacts: Contacts) -> None:
    eve = contacts.ask("register_manager", name="Eve")["id"]
    hers = contacts.ask("register_partner", name="Hers", manager_id=eve, interest="pipes")["id"]
    ((first,),) = contacts.ask("interests_of_partners", partner_ids=[hers])["interests"]
    for member, seen in ((eve, 1), (None, 0)):
        who = contacts.as_actor(
            Actor(
                subject="s",
                role="manager",
                reach="own",
                member_id=UUID(member) if member else None,
                scopes=frozenset({"read", "write"}),
            )
        )
        assert len(who.ask("interests_of_partners", partner_ids=[hers])["interests"][0]) == seen
        assert who.ask("list_interests", page={"total": True})["total"] == seen
        assert (who.ask("interests_by_ids", ids=[first["id"]])["nodes"][0] is not None) == seen
        with pytest.raises(Forbidden):
            who.ask("register_interest", partner_id=hers, text="x", occurred_at="2020-01-01T00:00:00Z") if seen else (
                who.ask("register_partner", name="X", occurred_at="2020-01-01T00:00:00Z")
            )
