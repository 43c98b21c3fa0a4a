"""What was said about claims: written once, but for what an erased person's right asks for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.store.database import Transaction
from services.claims.domain import kinds
from services.claims.domain.claim import AnswerKind, Claim
from services.claims.storage.tables import answers


def add_answer(
    tx: Transaction,
    actor: Actor,
    claim: Claim,
    kind: AnswerKind,
    *,
    text: str | None = None,
    interaction_id: UUID | None = None,
    by_id: UUID | None = None,
    answered_at: datetime | None = None,
) -> None:
    """Keep what was said about a claim, with its last fact if no other moment is said."""
    tx.connection.execute(
        answers.insert(),
        {
            "id": new_id(kinds.ANSWER),
            "claim_id": claim.id,
            "kind": kind,
            "text": text,
            "interaction_id": interaction_id,
            "by_id": by_id or actor.member_id,
            "answered_at": answered_at or claim.last_fact_at,
            "recorded_at": tx.now,
            "recorded_by": actor.subject[:200],
        },
    )


def is_known(tx: Transaction, claim_id: UUID, interaction_id: UUID) -> bool:
    """Tell whether an interaction was kept with a claim before."""
    known = sa.select(answers.c.id).where(answers.c.claim_id == claim_id, answers.c.interaction_id == interaction_id)
    return tx.connection.execute(known).first() is not None
