"""Asking a client how satisfied they are."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.asking import ask_client
from services.claims.commands.inputs import Instant, require_import_for
from services.claims.commands.satisfaction_subject import AboutSubject, subject_of
from services.claims.domain.moment import placed
from services.claims.domain.satisfaction import Scale
from services.claims.storage.satisfaction import request_json
from services.claims.storage.tables import satisfaction_requests


@dataclass(frozen=True, kw_only=True)
class RequestSatisfaction(AboutSubject):
    """Ask that a client, or one person of theirs, be asked about a deal, claim, order or shipment."""

    scale: Scale
    respondent_id: UUID | None = None
    occurred_at: Instant | None = None


def request_satisfaction(command: RequestSatisfaction, tx: Transaction, actor: Actor) -> Json:
    """Keep that somebody is asked; answers are matched with it."""
    require_import_for(command.occurred_at, actor)
    asked = ask_client(
        tx,
        subject_of(command, tx, actor),
        command.scale,
        at=placed(command.occurred_at, now=tx.now),
        respondent_id=command.respondent_id,
        imported=command.occurred_at is not None,
    )
    row = tx.connection.execute(sa.select(satisfaction_requests).where(satisfaction_requests.c.id == asked.id)).one()
    return request_json(row._asdict())
