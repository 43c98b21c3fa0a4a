"""Partners and all that belongs to them, managers and teams."""

from __future__ import annotations

from gateway.contacts.types.assignment import AssignmentRules
from gateway.contacts.types.calendar_feed import CalendarFeed
from gateway.contacts.types.contact_point import Address, ContactPoint, ContactPointKind, Messenger
from gateway.contacts.types.duplicates import (
    DuplicateCandidate,
    DuplicatePair,
    DuplicatePairConnection,
    DuplicatePairStatus,
    MergedPartner,
    MergePreview,
)
from gateway.contacts.types.hand_over import HandOver
from gateway.contacts.types.history import (
    ContactChange,
    ContactChangeConnection,
    ContactPointChange,
    ContactPointChangeConnection,
)
from gateway.contacts.types.interaction import (
    Attachment,
    Interaction,
    InteractionConnection,
    InteractionGuest,
    InteractionOutcome,
    Mention,
)
from gateway.contacts.types.interest import Interest, InterestConnection, InterestStatus
from gateway.contacts.types.legal_entity import EntityRole, LegalEntity, LegalEntityConnection, TaxIdKind
from gateway.contacts.types.partner import Partner, PartnerConnection
from gateway.contacts.types.partner_role import PartnerRole
from gateway.contacts.types.person import ContactPerson, ContactPersonConnection, PersonRole
from gateway.contacts.types.preference import Preference, PreferenceKind, PreferenceSource
from gateway.contacts.types.reminder import Reminder, ReminderConnection
from gateway.contacts.types.search import SearchHit, SearchKind
from gateway.contacts.types.segment import Segment, SegmentConnection, SegmentMatch
from gateway.contacts.types.staff import Manager, ManagerConnection, Team
from gateway.contacts.types.timeline import TimelineConnection, TimelineEntry, TimelineKind

__all__ = [
    "Address",
    "AssignmentRules",
    "Attachment",
    "CalendarFeed",
    "ContactChange",
    "ContactChangeConnection",
    "ContactPerson",
    "ContactPersonConnection",
    "ContactPoint",
    "ContactPointChange",
    "ContactPointChangeConnection",
    "ContactPointKind",
    "DuplicateCandidate",
    "DuplicatePair",
    "DuplicatePairConnection",
    "DuplicatePairStatus",
    "EntityRole",
    "HandOver",
    "Interaction",
    "InteractionConnection",
    "InteractionGuest",
    "InteractionOutcome",
    "Interest",
    "InterestConnection",
    "InterestStatus",
    "LegalEntity",
    "LegalEntityConnection",
    "Manager",
    "ManagerConnection",
    "Mention",
    "MergePreview",
    "MergedPartner",
    "Messenger",
    "Partner",
    "PartnerConnection",
    "PartnerRole",
    "PersonRole",
    "Preference",
    "PreferenceKind",
    "PreferenceSource",
    "Reminder",
    "ReminderConnection",
    "SearchHit",
    "SearchKind",
    "Segment",
    "SegmentConnection",
    "SegmentMatch",
    "TaxIdKind",
    "Team",
    "TimelineConnection",
    "TimelineEntry",
    "TimelineKind",
]
