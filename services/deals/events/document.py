"""What is told of every document of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.deals.domain.deal import Deal


@dataclass(frozen=True, kw_only=True)
class OfDocument:
    """What every event of a document carries of its deal; the document itself is the subject of the event."""

    deal_id: UUID
    partner_id: UUID | None
    manager_id: UUID | None
    process_id: UUID


def of_document(deal: Deal) -> dict[str, Any]:
    """Give the fields of OfDocument."""
    return {
        "deal_id": deal.id,
        "partner_id": deal.partner_id,
        "manager_id": deal.manager_id,
        "process_id": deal.process.id,
    }
