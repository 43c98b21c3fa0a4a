"""Partners and all that belongs to them, managers and teams."""

from __future__ import annotations

from gateway.contacts.types.contact_book import ContactPerson, ContactPoint, ContactPointKind, LegalEntity
from gateway.contacts.types.partner import Partner, PartnerConnection, PartnerRole
from gateway.contacts.types.staff import Manager, ManagerConnection, Team

__all__ = [
    "ContactPerson",
    "ContactPoint",
    "ContactPointKind",
    "LegalEntity",
    "Manager",
    "ManagerConnection",
    "Partner",
    "PartnerConnection",
    "PartnerRole",
    "Team",
]
