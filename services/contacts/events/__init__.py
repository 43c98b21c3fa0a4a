"""What contacts publishes: ids, roles and dates, never a name."""

from __future__ import annotations

from services.contacts.events.interaction import (
    InteractionCancelled,
    InteractionCorrected,
    InteractionPlanned,
    InteractionRegistered,
    InteractionRescheduled,
)
from services.contacts.events.interest import InterestClosed, InterestRegistered
from services.contacts.events.legal_entity import LegalEntityChanged, LegalEntityRegistered
from services.contacts.events.partner import PartnerChanged, PartnerRegistered
from services.contacts.events.person import PersonChanged, PersonLinked, PersonRegistered, PersonUnlinked
from services.contacts.events.reminder import ReminderDue
from services.contacts.events.staff import ManagerChanged, ManagerRegistered, TeamChanged, TeamRegistered

__all__ = [
    "InteractionCancelled",
    "InteractionCorrected",
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
    "PartnerRegistered",
    "PersonChanged",
    "PersonLinked",
    "PersonRegistered",
    "PersonUnlinked",
    "ReminderDue",
    "TeamChanged",
    "TeamRegistered",
]
