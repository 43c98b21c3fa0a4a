"""Who may be the same as a partner that was just registered."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.actor import Actor
from tests.services.contacts.conftest import Contacts

ENTITY = {"name": "Acme GmbH", "country": "DE", "tax_id": "DE136695976"}
PHONE = {"kind": "PHONE", "value": "+1 212 555 0123"}
EMAIL = {"kind": "EMAIL", "value": "a@acme.com"}


@pytest.mark.parametrize(
    ("known", "new", "reasons"),
    [
        ({"name": "ACME, corp."}, {"name": "Acme Corp"}, ["NAME"]),
        ({"contact_points": [PHONE]}, {"contact_points": [{**PHONE, "value": "(212) 555-0123"}]}, ["PHONE"]),
        ({"contact_points": [EMAIL]}, {"contact_persons": [{"full_name": "A", "contact_points": [EMAIL]}]}, ["EMAIL"]),
        ({"contact_persons": [{"full_name": "A", "contact_points": [PHONE]}]}, {"contact_points": [PHONE]}, ["PHONE"]),
        ({"legal_entities": [ENTITY]}, {"legal_entities": [ENTITY]}, ["TAX_ID"]),
        (
            {"name": "Acme", "legal_entities": [ENTITY], "contact_points": [PHONE, EMAIL]},
            {"name": "Acme", "legal_entities": [ENTITY], "contact_points": [PHONE, EMAIL]},
            ["EMAIL", "NAME", "PHONE", "TAX_ID"],
        ),
        ({"name": "Acme Trading Ltd"}, {"name": "Trading Acme"}, ["SIMILAR_NAME"]),
        ({"name": "ООО «Ромашка»"}, {"name": "Romashka"}, ["SIMILAR_NAME"]),
        ({"name": "Acme Trading"}, {"name": "Zenith Trading"}, []),
        ({"name": "Bolt"}, {"name": "Acme"}, []),
        ({"name": "&"}, {"name": "!"}, []),
        ({"contact_points": [{"kind": "SITE", "value": "acme.com"}]}, {"contact_points": [EMAIL]}, []),
    ],
)
def test_what_two_partners_share_makes_them_likely_duplicates(
    contacts: Contacts, known: dict[str, Any], new: dict[str, Any], reasons: list[str]
) -> None:
    other = contacts.ask("register_partner", **{"name": "One", **known})
    partner = contacts.ask("register_partner", **{"name": "Two", **new})
    (found,) = contacts.ask("duplicates_of_partners", partner_ids=[partner["id"]])["duplicates"]
    assert [(one["partner_id"], one["reasons"]) for one in found] == ([(other["id"], reasons)] if reasons else [])
    assert all(0.45 < one["score"] <= 1 for one in found)


def test_more_in_common_is_likelier_and_comes_first(contacts: Contacts) -> None:
    contacts.ask("register_partner", name="Acme")
    likelier = contacts.ask("register_partner", name="Acme", contact_points=[PHONE])
    partner = contacts.ask("register_partner", name="Acme", contact_points=[PHONE])
    (found,) = contacts.ask("duplicates_of_partners", partner_ids=[partner["id"]])["duplicates"]
    assert found[0]["partner_id"] == likelier["id"]
    assert found[0]["score"] > found[1]["score"]


def test_the_more_similar_name_comes_first(contacts: Contacts) -> None:
    less = contacts.ask("register_partner", name="Acme Tradings Co")
    more = contacts.ask("register_partner", name="Acme Trading LLC")
    partner = contacts.ask("register_partner", name="Acme Trading")
    (found,) = contacts.ask("duplicates_of_partners", partner_ids=[partner["id"]])["duplicates"]
    assert [one["partner_id"] for one in found] == [more["id"], less["id"]]
    assert found[0]["score"] > found[1]["score"] > 0.4


def test_only_partners_in_reach_are_named(contacts: Contacts) -> None:
    eve = contacts.ask("register_manager", name="Eve")["id"]
    contacts.ask("register_partner", name="Acme", manager_id=eve)
    stranger = contacts.as_actor(Actor(subject="s", role="manager", reach="own", scopes=frozenset({"read", "write"})))
    mine = stranger.ask("register_partner", name="Acme")
    assert stranger.ask("duplicates_of_partners", partner_ids=[mine["id"]])["duplicates"] == [[]]
