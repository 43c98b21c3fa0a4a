"""Hear of what a partner prefers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.reactions.facts.documents import times
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import preference_facts


@dataclass(frozen=True, kw_only=True)
class PreferenceHeard:
    """What reporting needs of a preference; the end of one says no more than when that is."""

    preference_id: UUID
    partner_id: UUID
    kind: str
    key: str
    weight: Decimal | None = None
    source: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def record_preference_fact(event: Heard, tx: Transaction) -> None:
    """Keep a preference, or its end."""
    heard = event.read(PreferenceHeard)
    row = {
        "preference_id": heard.preference_id,
        "sequence": event.sequence,
        **times(event),
        "partner_id": heard.partner_id,
        "kind": heard.kind,
        "key": heard.key,
        "weight": int(heard.weight.scaleb(4)) if heard.weight is not None else None,
        "source": heard.source,
        "valid_from": heard.valid_from,
        "valid_to": heard.valid_to,
    }
    keep(tx.connection, preference_facts, row)
