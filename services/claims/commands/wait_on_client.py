"""Waiting on the client."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, require_import_for
from services.claims.events import ClaimWaiting, of_claim
from services.claims.storage.claims import Claims, claim_answer


@dataclass(frozen=True, kw_only=True)
class WaitOnClient:
    """Ask that a claim wait for something that only the client can give."""

    claim_id: UUID
    expected_version: int | None = None
    occurred_at: Instant | None = None


def wait_on_client(command: WaitOnClient, tx: Transaction, actor: Actor) -> Json:
    """Let a claim wait: the clock of its resolution stands still, that of the first response goes on."""
    require_import_for(command.occurred_at, actor)
    claims = Claims(tx, actor)
    claim = claims.get(command.claim_id, command.expected_version).wait(at=command.occurred_at, now=tx.now)
    claims.save(claim)
    tx.emit(ClaimWaiting(**of_claim(claim, tx.enterprise.calendar)))
    return claim_answer(claim, tx)
