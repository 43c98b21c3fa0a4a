"""Hear of a proposal that was sent, answered, or replaced by another version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.domain.clients.reactions import ProposalKind
from services.reporting.reactions.facts.documents import AmountHeard, money_row, times
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import proposal_facts

_KINDS = {
    "proposal.sent": ProposalKind.SENT,
    "proposal.responded": ProposalKind.RESPONDED,
    "proposal.superseded": ProposalKind.SUPERSEDED,
}


@dataclass(frozen=True, kw_only=True)
class ProposalHeard:
    """What reporting needs of a proposal's events; only an answer has a response."""

    proposal_id: UUID
    proposal_version: int
    deal_id: UUID
    sent_at: AwareDatetime
    valid_until: date
    amount: AmountHeard | None = None
    response: str | None = None
    reason: str | None = None
    competitor_id: UUID | None = None
    deferred_until: date | None = None


def record_proposal_fact(event: Heard, tx: Transaction) -> None:
    """Keep a fact of a version of a proposal."""
    heard = event.read(ProposalHeard)
    row = {
        "proposal_id": heard.proposal_id,
        "sequence": event.sequence,
        "version": heard.proposal_version,
        "kind": _KINDS[event.type].value,
        **times(event),
        "deal_id": heard.deal_id,
        "sent_at": heard.sent_at,
        "valid_until": heard.valid_until,
        **money_row(heard.amount, tx.enterprise.base_currency),
        "response": heard.response,
        "reason": heard.reason,
        "competitor_id": heard.competitor_id,
        "deferred_until": heard.deferred_until,
    }
    keep(tx.connection, proposal_facts, row)
