"""Hear that deals went from one manager to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.events import Heard
from chassis.money import Money
from chassis.store.database import Transaction
from services.reporting.reactions.facts.record_deal_facts import AmountHeard
from services.reporting.storage.alone import alone
from services.reporting.storage.managers.hand_overs import keep_hand_overs


@dataclass(frozen=True, kw_only=True)
class ChangeHeard:
    """What reporting needs of a change: whose the deal was, and whose it is."""

    deal_id: UUID
    process_key: str
    manager_id: UUID | None = None
    old_manager_id: UUID | None = None
    partner_id: UUID | None = None
    amount: AmountHeard | None = None


def record_hand_overs(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep those changes by which a deal of one manager became that of another; to be assigned first is no hand-over."""
    heard = ((event, event.read(ChangeHeard)) for event in events)
    rows = [
        _row(event, one, tx.enterprise.base_currency)
        for event, one in heard
        if None not in (one.manager_id, one.old_manager_id) and one.manager_id != one.old_manager_id
    ]
    if rows:
        alone(tx.connection)
        keep_hand_overs(tx.connection, rows, tx.enterprise.zone)


def _row(event: Heard, heard: ChangeHeard, base_currency: str) -> dict[str, Any]:
    base = heard.amount.base if heard.amount is not None else None
    return {
        "deal_id": heard.deal_id,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "from_id": heard.old_manager_id,
        "to_id": heard.manager_id,
        "partner_id": heard.partner_id,
        "process_key": heard.process_key,
        "base_minor": Money.of(base, base_currency).minor if base is not None else 0,
        "unconverted": heard.amount is not None and base is None,
    }
