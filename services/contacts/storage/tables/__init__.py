"""The tables of contacts."""

from __future__ import annotations

from services.contacts.storage.tables.assignment import assignment, assignment_turns
from services.contacts.storage.tables.calendar_feeds import calendar_feeds
from services.contacts.storage.tables.changes import changes
from services.contacts.storage.tables.contact_points import contact_point_changes, contact_points
from services.contacts.storage.tables.duplicates import duplicate_pairs
from services.contacts.storage.tables.hand_overs import hand_overs
from services.contacts.storage.tables.interactions import (
    interaction_attachments,
    interaction_guests,
    interaction_links,
    interaction_mentions,
    interactions,
)
from services.contacts.storage.tables.interests import interests
from services.contacts.storage.tables.legal_entities import (
    bank_accounts,
    legal_entities,
    partner_legal_entities,
    tax_ids,
)
from services.contacts.storage.tables.partners import partners
from services.contacts.storage.tables.persons import contact_persons, legal_entity_persons, partner_persons
from services.contacts.storage.tables.preferences import preferences
from services.contacts.storage.tables.reminders import commitments, reminder_firings, reminders
from services.contacts.storage.tables.schema import SearchText, metadata
from services.contacts.storage.tables.search import search_entries
from services.contacts.storage.tables.segments import segment_members, segments
from services.contacts.storage.tables.staff import managers, teams
from services.contacts.storage.tables.timeline import claims, deals, merged_deals, timeline

__all__ = [
    "SearchText",
    "assignment",
    "assignment_turns",
    "bank_accounts",
    "calendar_feeds",
    "changes",
    "claims",
    "commitments",
    "contact_persons",
    "contact_point_changes",
    "contact_points",
    "deals",
    "duplicate_pairs",
    "hand_overs",
    "interaction_attachments",
    "interaction_guests",
    "interaction_links",
    "interaction_mentions",
    "interactions",
    "interests",
    "legal_entities",
    "legal_entity_persons",
    "managers",
    "merged_deals",
    "metadata",
    "partner_legal_entities",
    "partner_persons",
    "partners",
    "preferences",
    "reminder_firings",
    "reminders",
    "search_entries",
    "segment_members",
    "segments",
    "tax_ids",
    "teams",
    "timeline",
]
