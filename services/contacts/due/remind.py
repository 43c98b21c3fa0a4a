"""Remind a manager."""

from __future__ import annotations

from uuid import UUID

from chassis.actor import SYSTEM
from chassis.store.database import Transaction
from chassis.store.timers import Due
from services.contacts.storage.reminders import Reminders


def remind(due: Due, tx: Transaction) -> None:
    """Tell of the occurrence whose moment has come; a reminder that was moved or ended meanwhile tells nothing."""
    reminders = Reminders(tx, SYSTEM)
    fired = reminders.lock(UUID(due.key)).fire(tx.now)
    if fired is not None:
        reminders.tell(fired)


def remind_again(due: Due, tx: Transaction) -> None:
    """Tell once more of what was snoozed."""
    reminders = Reminders(tx, SYSTEM)
    fired = reminders.lock(UUID(due.key)).fire_again(tx.now)
    if fired is not None:
        reminders.tell(fired)
