"""What contacts publishes: ids, roles and dates, never a name."""

from __future__ import annotations

from services.contacts.events.hand_over import PartnerHandedOver
from services.contacts.events.interaction import (
    InteractionCancelled,
    InteractionCorrected,
    InteractionHandedOver,
    InteractionPlanned,
    InteractionRegistered,
    InteractionRescheduled,
)
from services.contacts.events.interest import InterestClosed, InterestRegistered
from services.contacts.events.legal_entity import LegalEntityChanged, LegalEntityRegistered
from services.contacts.events.partner import PartnerChanged, PartnerMerged, PartnerRegistered, PartnerUnmerged
from services.contacts.events.person import PersonChanged, PersonErased, PersonLinked, PersonRegistered, PersonUnlinked
from services.contacts.events.preference import PreferenceEnded, PreferenceRegistered
from services.contacts.events.reminder import ReminderDue
from services.contacts.events.segment import (
    SegmentChanged,
    SegmentMemberAdded,
    SegmentMemberRemoved,
    SegmentRegistered,
)
from services.contacts.events.staff import ManagerChanged, ManagerRegistered, TeamChanged, TeamRegistered

__all__ = [
    "InteractionCancelled",
    "InteractionCorrected",
    "InteractionHandedOver",
    "InteractionPlanned",
    "InteractionRegistered",
    "InteractionRescheduled",
    "InterestClosed",
    "InterestRegistered",
    "LegalEntityChanged",
    "LegalEntityRegistered",
    "ManagerChanged",
    "ManagerRegistered",
    "PartnerChanged",
    "PartnerHandedOver",
    "PartnerMerged",
    "PartnerRegistered",
    "PartnerUnmerged",
    "PersonChanged",
    "PersonErased",
    "PersonLinked",
    "PersonRegistered",
    "PersonUnlinked",
    "PreferenceEnded",
    "PreferenceRegistered",
    "ReminderDue",
    "SegmentChanged",
    "SegmentMemberAdded",
    "SegmentMemberRemoved",
    "SegmentRegistered",
    "TeamChanged",
    "TeamRegistered",
]
