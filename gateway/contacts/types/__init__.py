"""Partners and all that belongs to them, managers and teams."""

from __future__ import annotations

from gateway.contacts.types.contact_book import ContactPerson, ContactPoint, ContactPointKind, LegalEntity
from gateway.contacts.types.interaction import (
    Attachment,
    Interaction,
    InteractionConnection,
    InteractionGuest,
    InteractionOutcome,
)
from gateway.contacts.types.partner import Partner, PartnerConnection, PartnerRole
from gateway.contacts.types.staff import Manager, ManagerConnection, Team
from gateway.contacts.types.timeline import TimelineConnection, TimelineEntry, TimelineKind

__all__ = [
    "Attachment",
    "ContactPerson",
    "ContactPoint",
    "ContactPointKind",
    "Interaction",
    "InteractionConnection",
    "InteractionGuest",
    "InteractionOutcome",
    "LegalEntity",
    "Manager",
    "ManagerConnection",
    "Partner",
    "PartnerConnection",
    "PartnerRole",
    "Team",
    "TimelineConnection",
    "TimelineEntry",
    "TimelineKind",
]
