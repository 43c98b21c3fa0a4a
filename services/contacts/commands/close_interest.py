"""Say what became of an interest: it was met, or why it was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.inputs import moment
from services.contacts.domain.interest import InterestStatus
from services.contacts.events import InterestClosed
from services.contacts.storage.interests import Interests, interest_view


@dataclass(frozen=True, kw_only=True)
class CloseInterest:
    """Ask that an interest be closed, MET or UNMET; UNMET needs the reason."""

    interest_id: UUID
    status: InterestStatus
    reason: str | None = None
    expected_version: int | None = None
    occurred_at: datetime | None = None


def close_interest(command: CloseInterest, tx: Transaction, actor: Actor) -> Json:
    """Close an interest and answer it; raise Refused where it is closed already or the reason is missing."""
    interests = Interests(tx)
    interest = interests.lock(command.interest_id, actor, expected_version=command.expected_version)
    at = moment(command.occurred_at, tx, actor)
    closed = interest.close(command.status, command.reason, at)
    interests.save(closed)
    tx.emit(InterestClosed.of(closed, at))
    return interest_view(closed)
