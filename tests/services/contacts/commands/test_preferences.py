"""What clients prefer, and from when to when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.actor import Actor
from chassis.errors import Forbidden
from chassis.ids import new_id
from services.contacts.domain.kinds import PARTNER
from services.contacts.domain.preference import Preference, PreferenceKind, PreferenceSource, make_room
from tests.services.contacts.conftest import Contacts


@pytest.fixture
def acme(contacts: Contacts) -> str:
    """A client."""
    return str(contacts.ask("register_partner", name="Acme")["id"])


def prefer(contacts: Contacts, partner: str, value: str, valid_from: str, **about: Any) -> Any:
    """Put on record that a client prefers something."""
    kind = about.pop("kind", "CATEGORY")
    return contacts.ask(
        "register_preference", partner_id=partner, kind=kind, value=value, valid_from=valid_from, **about
    )


def values(contacts: Contacts, partner: str, as_of: str) -> list[str]:
    """Give what a client prefers on a day."""
    (found,) = contacts.ask("preferences_of_partners", partner_ids=[partner], as_of=as_of)["preferences"]
    return [one["value"] for one in found]


def test_of_stated_ones_in_one_thing_the_later_ends_the_earlier(contacts: Contacts, acme: str) -> None:
    pipes = prefer(contacts, acme, "pipes", "2021-01-01", weight="0.5")
    assert (pipes["weight"], pipes["source"], pipes["valid_to"]) == ("0.5000", "STATED", None)
    prefer(contacts, acme, "fast", "2021-01-01", kind="DELIVERY")
    prefer(contacts, acme, "sheets", "2021-03-01")
    assert values(contacts, acme, "2021-02-28") == ["pipes", "fast"]
    assert values(contacts, acme, "2021-03-01") == ["sheets", "fast"]
    assert values(contacts, acme, "2020-12-31") == []
    earlier = prefer(contacts, acme, "wire", "2020-12-01")  # said later, of a time before
    assert earlier["valid_to"] == "2021-01-01"
    told = [(type, data["key"], data["valid_to"]) for type, data in contacts.told() if type.startswith("preference")]
    assert told == [
        ("preference.registered", "pipes", None),
        ("preference.registered", "fast", None),
        ("preference.ended", "pipes", "2021-03-01"),
        ("preference.registered", "sheets", None),
        ("preference.registered", "wire", "2021-01-01"),
    ]


def test_derived_ones_stand_beside_each_other_and_come_from_systems(contacts: Contacts, acme: str) -> None:
    prefer(contacts, acme, "pipes", "2021-01-01", source="DERIVED", weight="0.3")
    prefer(contacts, acme, "sheets", "2021-01-01", source="DERIVED", weight="0.7")
    prefer(contacts, acme, "wire", "2021-01-01")
    assert values(contacts, acme, "2021-02-01") == ["wire", "sheets", "pipes"]
    clerk = contacts.as_actor(Actor(subject="c", role="manager", reach="all", scopes=frozenset({"read", "write"})))
    with pytest.raises(Forbidden):
        prefer(clerk, acme, "pipes", "2021-01-01", source="DERIVED")


def test_a_preference_ends_on_a_day(contacts: Contacts, acme: str) -> None:
    made = prefer(contacts, acme, "pipes", "2021-01-01")
    ended = contacts.ask("end_preference", preference_id=made["id"], on="2021-02-01", expected_version=1)
    assert (ended["valid_to"], ended["version"]) == ("2021-02-01", 2)
    assert values(contacts, acme, "2021-02-01") == []
    assert contacts.refused("end_preference", preference_id=made["id"]) == [("ENDED_ALREADY", "preference")]
    assert contacts.refused("end_preference", preference_id=made["id"], on="2020-01-01") == [("INVALID_INTERVAL", "on")]
    assert contacts.refused("end_preference", preference_id=made["id"], expected_version=1) == [
        ("CONFLICT", "expectedVersion")
    ]


def test_what_does_not_fit_is_refused_together(contacts: Contacts, acme: str) -> None:
    about = {"partner_id": acme, "kind": "BRAND", "value": "what they like\0", "weight": "3"}
    about |= {"valid_from": "2021-02-01", "valid_to": "2021-01-01"}
    assert contacts.refused("register_preference", **about) == [
        ("INVALID", "value"),
        ("INVALID", "weight"),
        ("INVALID_INTERVAL", "validTo"),
    ]
    about = {"partner_id": acme, "kind": "BRAND", "value": "ok"}
    assert contacts.refused("register_preference", **about, weight="0.00001") == [("INVALID", "weight")]
    assert contacts.refused("register_preference", **about, weight="NaN")[0][0] == "INVALID"
    assert contacts.refused("register_preference", **about, valid_from="9999-01-01") == [("INVALID", "validFrom")]
    nobody = {**about, "partner_id": str(new_id(PARTNER))}
    assert contacts.refused("register_preference", **nobody) == [("NOT_FOUND", "partner")]


def test_preferences_are_seen_within_reach(contacts: Contacts, acme: str) -> None:
    ann, bob = (contacts.ask("register_manager", name=name)["id"] for name in ("Ann", "Bob"))
    contacts.ask("change_partner", partner_id=acme, manager_id=ann)
    made = prefer(contacts, acme, "pipes", "2021-01-01")
    for member, seen in ((ann, ["pipes"]), (bob, [])):
        scopes = frozenset({"read", "write"})
        who = contacts.as_actor(Actor(subject="s", role="manager", member_id=UUID(member), scopes=scopes))
        assert values(who, acme, "2021-02-01") == seen
        assert (who.ask("preferences_by_ids", ids=[made["id"]])["nodes"] != [None]) == bool(seen)
        if not seen:
            assert who.refused("end_preference", preference_id=made["id"]) == [("NOT_FOUND", "preference")]


_DAY = date(2021, 1, 1)
_spans = st.tuples(st.integers(0, 30), st.none() | st.integers(1, 30))


@given(st.lists(_spans, max_size=8))
def test_at_most_one_stated_preference_holds_on_any_day(spans: list[tuple[int, int | None]]) -> None:
    held: dict[UUID, Preference] = {}
    for start, days in spans:
        new = Preference.register(
            new_id(PARTNER), PreferenceKind.BRAND, "x", source=PreferenceSource.STATED, weight=Decimal(1),
            valid_from=_DAY + timedelta(days=start),
            valid_to=_DAY + timedelta(days=start + days) if days else None,
            now=datetime(2021, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        in_order = sorted(held.values(), key=lambda one: one.valid_from)
        made, ended = make_room(new, in_order)
        assert made.valid_from == new.valid_from
        held |= {one.id: one for one in (*ended, made)}
    for day in (_DAY + timedelta(days=n) for n in range(70)):
        assert sum(one.valid_from <= day and (one.valid_to is None or day < one.valid_to) for one in held.values()) <= 1
