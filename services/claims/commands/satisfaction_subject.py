"""What satisfaction is about: one deal, claim, order or shipment."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from services.claims.domain.claim import Claim
from services.claims.domain.satisfaction import Subject, SubjectKind
from services.claims.storage.claims import Claims


@dataclass(frozen=True, kw_only=True)
class AboutDeal:
    """The deal that a subject is or belongs to, as whoever passed the command on was told of it by its owner."""

    deal_id: UUID
    partner_id: UUID | None = None
    manager_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AboutSubject:
    """One of these; with any but a claim comes the deal that it is or belongs to."""

    deal_id: UUID | None = None
    claim_id: UUID | None = None
    shipment_id: UUID | None = None
    order_id: UUID | None = None
    of_deal: AboutDeal | None = None


def subject_of(about: AboutSubject, tx: Transaction, actor: Actor) -> Subject:
    """Give the subject, with whose it is; raise Refused unless there is exactly one, within reach."""
    named = {
        SubjectKind.DEAL: about.deal_id,
        SubjectKind.CLAIM: about.claim_id,
        SubjectKind.SHIPMENT: about.shipment_id,
        SubjectKind.ORDER: about.order_id,
    }
    given = [(kind, id) for kind, id in named.items() if id is not None]
    if len(given) != 1:
        raise refuse("ONE_SUBJECT", "say what it is about: one deal, claim, order or shipment", "deal")
    kind, id = given[0]
    if kind is SubjectKind.CLAIM:
        return subject_of_claim(Claims(tx, actor).get(id))
    deal = about.of_deal
    if deal is None:
        raise refuse("NOT_FOUND", f"there is no {kind.lower()} {id}", kind.lower())
    return Subject(
        kind=kind,
        id=id,
        partner_id=deal.partner_id,
        deal_id=deal.deal_id,
        claim_id=None,
        manager_id=deal.manager_id,
    )


def subject_of_claim(claim: Claim) -> Subject:
    """Give a claim as what satisfaction is about."""
    return Subject(
        kind=SubjectKind.CLAIM,
        id=claim.id,
        partner_id=claim.partner_id,
        deal_id=claim.deal_id,
        claim_id=claim.id,
        manager_id=claim.assignee_id,
    )
