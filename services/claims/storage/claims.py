"""Loading and saving claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.domain.claim import Claim, claim_number
from services.claims.storage.audit import conflict, note_changes
from services.claims.storage.deadlines import watch
from services.claims.storage.rows import claim_of, row_of
from services.claims.storage.tables import claims, numbers
from services.claims.storage.visibility import visible_to

_SERIES = "claims"


class Claims:
    """The claims that an actor may work on, within one transaction."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self._tx = tx
        self._actor = actor
        self._as_read: dict[UUID, Mapping[str, Any]] = {}

    def next_number(self) -> int:
        """Take the next number; others who register wait for this transaction's end."""
        taken = numbers.update().where(numbers.c.series == _SERIES).values(last=numbers.c.last + 1)
        number: int = self._tx.connection.execute(taken.returning(numbers.c.last)).scalar_one()
        return number

    def add(self, claim: Claim) -> None:
        """Put a new claim in, and watch its deadlines."""
        row = row_of(claim, self._tx.enterprise.calendar)
        self._tx.connection.execute(claims.insert(), row)
        note_changes(self._tx, claim.id, claim.version, before=None, after=row)
        watch(self._tx, claim)

    def get(self, claim_id: UUID, expected_version: int | None = None) -> Claim:
        """Load a claim and lock its row; raise Refused if there is none in reach, or it is at another version."""
        claim = self.find(claim_id)
        if claim is None:
            raise refuse("NOT_FOUND", f"there is no claim {claim_id}", "claim")
        if expected_version is not None and expected_version != claim.version:
            raise conflict(
                self._tx.connection,
                claim_number(claim.number),
                claim.id,
                version=claim.version,
                expected=expected_version,
            )
        return claim

    def find(self, claim_id: UUID) -> Claim | None:
        """Load a claim and lock its row; None if there is none in reach."""
        found = sa.select(claims).where(claims.c.id == claim_id, visible_to(self._actor))
        row = self._tx.connection.execute(found.with_for_update(of=claims)).first()
        if row is None:
            return None
        self._as_read[row.id] = row._asdict()
        return claim_of(row)

    def save(self, claim: Claim) -> None:
        """Write a claim that was loaded here and the rules changed, and what changed; watch its deadlines anew."""
        row = row_of(claim, self._tx.enterprise.calendar)
        self._tx.connection.execute(claims.update().where(claims.c.id == claim.id), row)
        note_changes(self._tx, claim.id, claim.version, before=self._as_read[claim.id], after=row)
        self._as_read[claim.id] = row
        watch(self._tx, claim)


def claim_answer(claim: Claim, tx: Transaction) -> Json:
    """Give a claim that a command worked on, as those who ask see it."""
    return claim_json(row_of(claim, tx.enterprise.calendar), tx.now)


def claim_json(row: Mapping[str, Any], now: datetime) -> Json:
    """Give a claim's row as those who ask see it: what is open past its deadline is late."""
    stopped_at = row["resolved_at"] or (_waiting_since(row["pauses"]) if row["status"] == "WAITING" else None) or now
    responded_at = row["first_responded_at"] or row["resolved_at"] or now
    return {
        "id": row["id"],
        "version": row["version"],
        "number": claim_number(row["number"]),
        **{name: row[name] for name in _SHOWN},
        "waiting_since": _waiting_since(row["pauses"]) if row["status"] == "WAITING" else None,
        "first_response_late": _late(row["policy_id"], row["first_response_due_at"], responded_at),
        "resolution_late": _late(row["policy_id"], row["resolution_due_at"], stopped_at),
    }


_SHOWN = (
    "partner_id",
    "deal_id",
    "subject",
    "description",
    "severity",
    "cause",
    "root_cause",
    "products",
    "status",
    "assignee_id",
    "registered_at",
    "resolved_at",
    "resolution",
    "policy_id",
    "first_response_due_at",
    "first_responded_at",
    "first_response_seconds",
    "resolution_due_at",
    "resolution_seconds",
    "times_reopened",
)


def _late(policy_id: UUID | None, due_at: datetime | None, at: datetime) -> bool | None:
    if policy_id is None:
        return None
    return due_at is not None and at > due_at


def _waiting_since(pauses: list[list[str]]) -> datetime | None:
    return datetime.fromisoformat(pauses[-1][1]) if pauses else None
