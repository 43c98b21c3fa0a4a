"""Loading and saving claims."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.domain.claim import Cause, Claim, ClaimStatus, claim_number
from services.claims.storage.tables import claims, numbers
from services.claims.storage.visibility import visible_to

_SERIES = "claims"


class Claims:
    """The claims that an actor may work on, within one transaction."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self._tx = tx
        self._actor = actor

    def next_number(self) -> int:
        """Take the next number; others who register wait for this transaction's end."""
        taken = numbers.update().where(numbers.c.series == _SERIES).values(last=numbers.c.last + 1)
        number: int = self._tx.connection.execute(taken.returning(numbers.c.last)).scalar_one()
        return number

    def add(self, claim: Claim) -> None:
        """Put a new claim in."""
        self._tx.connection.execute(claims.insert(), asdict(claim))

    def get(self, claim_id: UUID, expected_version: int | None) -> Claim:
        """Load a claim and lock its row; raise Refused if there is none in reach, or it is at another version."""
        found = sa.select(claims).where(claims.c.id == claim_id, visible_to(self._actor))
        row = self._tx.connection.execute(found.with_for_update(of=claims)).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no claim {claim_id}", "claim")
        if expected_version is not None and expected_version != row.version:
            raise refuse(
                "CONFLICT",
                f"{claim_number(row.number)} is at version {row.version}, not {expected_version}; look at it again",
                "expectedVersion",
            )
        return _claim(row)

    def save(self, claim: Claim) -> None:
        """Write a claim that `get` gave and the rules changed."""
        self._tx.connection.execute(claims.update().where(claims.c.id == claim.id), asdict(claim))


def claim_json(claim: Claim | sa.Row[Any]) -> Json:
    """Give a claim, or its row, as those who ask see it."""
    return {
        "id": claim.id,
        "version": claim.version,
        "number": claim_number(claim.number),
        "partner_id": claim.partner_id,
        "deal_id": claim.deal_id,
        "subject": claim.subject,
        "description": claim.description,
        "severity": claim.severity,
        "cause": claim.cause,
        "status": claim.status,
        "assignee_id": claim.assignee_id,
        "registered_at": claim.registered_at,
        "resolved_at": claim.resolved_at,
        "resolution": claim.resolution,
    }


def _claim(row: sa.Row[Any]) -> Claim:
    return Claim(**{**row._mapping, "cause": Cause(row.cause), "status": ClaimStatus(row.status)})
