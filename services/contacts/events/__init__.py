"""What contacts publishes: ids, roles and dates, never a name."""

from __future__ import annotations

from services.contacts.events.interaction import (
    InteractionCancelled,
    InteractionCorrected,
    InteractionPlanned,
    InteractionRegistered,
    InteractionRescheduled,
)
from services.contacts.events.partner import PartnerChanged, PartnerRegistered
from services.contacts.events.staff import ManagerChanged, ManagerRegistered, TeamChanged, TeamRegistered

__all__ = [
    "InteractionCancelled",
    "InteractionCorrected",
    "InteractionPlanned",
    "InteractionRegistered",
    "InteractionRescheduled",
    "ManagerChanged",
    "ManagerRegistered",
    "PartnerChanged",
    "PartnerRegistered",
    "TeamChanged",
    "TeamRegistered",
]
