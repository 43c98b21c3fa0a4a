"""Registering a claim."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, Line, Products, Words, require_import_for
from services.claims.domain import kinds
from services.claims.domain.claim import Cause, Claim, ClaimStatus
from services.claims.domain.moment import placed
from services.claims.domain.severity import Severity
from services.claims.events import ClaimRegistered, of_claim
from services.claims.storage.claims import Claims, claim_answer
from services.claims.storage.copies import partner_hidden, partner_of_deal
from services.claims.storage.sla_policies import SlaPolicies


@dataclass(frozen=True, kw_only=True)
class RegisterClaim:
    """Ask that a client's complaint be put on record; `occurred_at`, for importers, is when they complained."""

    partner_id: UUID
    subject: Line
    cause: Cause
    deal_id: UUID | None = None
    description: Words | None = None
    severity: Severity = Severity.NORMAL
    products: Products = ()
    occurred_at: Instant | None = None


def register_claim(command: RegisterClaim, tx: Transaction, actor: Actor) -> Json:
    """Register a claim of a partner, about one of their deals or none; an imported one gets no clocks."""
    require_import_for(command.occurred_at, actor)
    at = placed(command.occurred_at, now=tx.now)
    _check_references(command, tx, actor)
    claims = Claims(tx, actor)
    claim = Claim(
        id=new_id(kinds.CLAIM),
        number=claims.next_number(),
        version=1,
        partner_id=command.partner_id,
        deal_id=command.deal_id,
        subject=command.subject,
        description=command.description,
        severity=command.severity,
        cause=command.cause,
        status=ClaimStatus.REGISTERED,
        assignee_id=None,
        registered_at=at,
        last_fact_at=at,
        resolved_at=None,
        resolution=None,
        products=command.products,
        imported=command.occurred_at is not None,
    )
    if not claim.imported:
        claim = claim.under(SlaPolicies(tx.connection).in_force())
    claims.add(claim)
    tx.emit(ClaimRegistered(**of_claim(claim, tx.enterprise.calendar)))
    return claim_answer(claim, tx)


def _check_references(command: RegisterClaim, tx: Transaction, actor: Actor) -> None:
    # their owners were asked before whether they exist; the copies here may be a moment old: they refuse what they know
    if partner_hidden(tx, actor, command.partner_id):
        raise refuse("NOT_FOUND", f"there is no partner {command.partner_id}", "partner")
    if command.deal_id is None:
        return
    partner_id = partner_of_deal(tx, command.deal_id)
    if partner_id is not None and partner_id != command.partner_id:
        raise refuse(
            "DEAL_OF_ANOTHER_PARTNER", "the deal is another partner's; name the deal's partner, or no deal", "deal"
        )
