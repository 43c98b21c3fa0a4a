"""Looking for the duplicates of partners that were registered, changed or imported."""

from __future__ import annotations

from uuid import UUID

from chassis.store.database import Transaction
from chassis.store.timers import Due
from services.contacts.storage.duplicate_pairs import DuplicatePairs, look_for_duplicates

_AT_ONCE = 20  # an import comes in hundreds: commands and reminders go between these


def find_duplicates(due: Due, tx: Transaction) -> None:
    """Look for the duplicates of some of the partners, and let the others be looked for next."""
    pairs = DuplicatePairs(tx)
    pairs.hold_all()
    partner_ids = [UUID(one) for one in due.data]
    for partner_id in sorted(partner_ids[:_AT_ONCE]):
        pairs.look(partner_id)
    look_for_duplicates(tx, partner_ids[_AT_ONCE:])
