"""Hear that something happened to documents of deals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.tables import document_facts
from services.reporting.storage.writing import keep_all


@dataclass(frozen=True, kw_only=True)
class DocumentHeard:
    """What reporting needs of a document: the deal that it belongs to."""

    deal_id: UUID


def record_document_facts(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep when something happened."""
    keep_all(tx.connection, document_facts, [_row(event, event.read(DocumentHeard)) for event in events])


def _row(event: Heard, heard: DocumentHeard) -> dict[str, Any]:
    return {
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "deal_id": heard.deal_id,
    }
