"""Builders of what people say to each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.wire import Json
from services.contacts.domain.kinds import CLAIM, DEAL
from tests.services.contacts.conftest import Contacts

YESTERDAY = "2021-05-04T09:00:00Z"


def ahead(**time: int) -> str:
    """Write a moment to come."""
    moment = utc_now().replace(microsecond=0) + timedelta(**time)
    return moment.isoformat().replace("+00:00", "Z")


def partner(contacts: Contacts, name: str = "Acme", **about: Any) -> Json:
    """Register a partner."""
    return contacts.ask("register_partner", name=name, **about)


def ann_and_bob(contacts: Contacts) -> tuple[Contacts, Contacts]:
    """The service as two managers see it, who see their own."""
    found = []
    for name in ("Ann", "Bob"):
        member = UUID(contacts.ask("register_manager", name=name)["id"])
        actor = Actor(subject=name, role="manager", member_id=member, scopes=frozenset({"read", "write"}))
        found.append(contacts.as_actor(actor))
    return found[0], found[1]


def manager_of(contacts: Contacts) -> str:
    """Name the manager who asks."""
    return str(contacts.actor.member_id)


def open_deal(contacts: Contacts, **about: Any) -> UUID:
    """Let contacts hear of a deal."""
    deal_id = about.pop("deal_id", None) or new_id(DEAL)
    data: dict[str, Any] = {"partner_id": None, "manager_id": None, "stage": "first_contact", **about}
    contacts.hear("deal.opened", deal_id, deal_id=deal_id, **data)
    return deal_id


def register_claim(contacts: Contacts, partner_id: str, deal_id: UUID | None = None) -> UUID:
    """Let contacts hear of a claim."""
    claim_id = new_id(CLAIM)
    data: dict[str, Any] = {"partner_id": partner_id, "deal_id": deal_id, "severity": "HIGH", "cause": "GOODS"}
    contacts.hear("claim.registered", claim_id, claim_id=claim_id, **data)
    return claim_id


def say(contacts: Contacts, **about: Any) -> Json:
    """Register a call."""
    return contacts.ask("register_interaction", **{"kind": "CALL", "started_at": YESTERDAY, **about})


def plan(contacts: Contacts, **about: Any) -> Json:
    """Plan a meeting for tomorrow."""
    return contacts.ask("plan_interaction", **{"kind": "MEETING", "starts_at": ahead(days=1), **about})


def listed(contacts: Contacts, thing_id: Any, **filter: Any) -> list[str]:
    """List the ids of a thing's interactions."""
    (found,) = contacts.ask("interactions_of", thing_ids=[str(thing_id)], filter=filter)["pages"]
    return [node["id"] for node in found["nodes"]]


def timeline(contacts: Contacts, thing_id: Any, **asked: Any) -> list[Json]:
    """Give the whole timeline of a thing, read by small pages."""
    entries: list[Json] = []
    after = None
    while True:
        page = {"first": 2, "after": after}
        (found,) = contacts.ask("timelines_of", thing_ids=[str(thing_id)], page=page, **asked)["pages"]
        entries += found["nodes"]
        if not found["has_next"]:
            return entries
        after = found["cursors"][-1]


def kinds(entries: list[Json]) -> list[str]:
    """Name the kinds of entries."""
    return [entry["kind"] for entry in entries]


def at(text: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
