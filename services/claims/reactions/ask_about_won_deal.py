"""Asking a client about a deal that was won."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.clock import day_of
from chassis.events import Heard
from chassis.store.database import Transaction
from services.claims.commands.asking import ask_once
from services.claims.domain.satisfaction import Scale, Subject, SubjectKind


@dataclass(frozen=True, kw_only=True)
class DealWon:
    """What claims needs of a deal that was won."""

    deal_id: UUID
    partner_id: UUID | None = None
    manager_id: UUID | None = None


def ask_about_won_deal(event: Heard, tx: Transaction) -> None:
    """Ask the client whether they would recommend us, once for a deal, on the day that it was won.

    What is told of later is from the past: nobody is asked about that.
    """
    zone = tx.enterprise.zone
    won = event.read(DealWon)
    if won.partner_id is None or day_of(event.occurred_at, zone) != day_of(event.recorded_at, zone):
        return
    subject = Subject(
        kind=SubjectKind.DEAL,
        id=won.deal_id,
        partner_id=won.partner_id,
        deal_id=won.deal_id,
        claim_id=None,
        manager_id=won.manager_id,
    )
    ask_once(tx, subject, Scale.NPS, at=event.occurred_at)
