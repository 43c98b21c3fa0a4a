"""What contacts publishes: ids, roles and dates, never a name."""

from __future__ import annotations

from services.contacts.events.partner import PartnerChanged, PartnerRegistered
from services.contacts.events.staff import ManagerChanged, ManagerRegistered, TeamChanged, TeamRegistered

__all__ = [
    "ManagerChanged",
    "ManagerRegistered",
    "PartnerChanged",
    "PartnerRegistered",
    "TeamChanged",
    "TeamRegistered",
]
