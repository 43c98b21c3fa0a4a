"""The tables of contacts."""

from __future__ import annotations

from services.contacts.storage.tables.contact_book import (
    contact_persons,
    contact_points,
    legal_entities,
    partner_legal_entities,
)
from services.contacts.storage.tables.interactions import (
    interaction_attachments,
    interaction_guests,
    interaction_links,
    interactions,
)
from services.contacts.storage.tables.partners import partners
from services.contacts.storage.tables.schema import SearchText, metadata
from services.contacts.storage.tables.staff import managers, teams
from services.contacts.storage.tables.timeline import claims, deals, timeline

__all__ = [
    "SearchText",
    "claims",
    "contact_persons",
    "contact_points",
    "deals",
    "interaction_attachments",
    "interaction_guests",
    "interaction_links",
    "interactions",
    "legal_entities",
    "managers",
    "metadata",
    "partner_legal_entities",
    "partners",
    "teams",
    "timeline",
]
