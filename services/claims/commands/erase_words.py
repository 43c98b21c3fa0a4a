"""Take what names a person out of the texts of claims, before contacts erases the person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.redaction import Redaction
from chassis.store.database import Transaction
from chassis.store.erasing import erase_mentions, redact_json, redact_texts
from chassis.wire import Json
from services.claims.storage.tables import answers, changes, claims, satisfaction_responses


@dataclass(frozen=True, kw_only=True)
class EraseWords:
    """Ask that names, addresses and numbers be taken out of all that is written about some claims, and all of some partners."""

    person_id: UUID
    words: list[str]
    phones: list[str]
    partner_ids: list[UUID]
    claim_ids: list[UUID]


def erase_words(command: EraseWords, tx: Transaction, actor: Actor) -> Json:
    """Take them out, also of the audit, of kept answers and of messages that wait; that something was said stays."""
    actor.require("privacy")
    redact, connection = Redaction.of(command.words, command.phones).text, tx.connection
    which = sa.or_(claims.c.partner_id.in_(command.partner_ids), claims.c.id.in_(command.claim_ids))
    theirs = sa.select(claims.c.id).where(which)
    redact_texts(connection, claims, which, "subject", "description", "resolution", redact=redact)
    redact_texts(connection, answers, answers.c.claim_id.in_(theirs), "text", redact=redact)
    of_them = sa.or_(
        satisfaction_responses.c.partner_id.in_(command.partner_ids), satisfaction_responses.c.claim_id.in_(theirs)
    )
    redact_texts(connection, satisfaction_responses, of_them, "comment", redact=redact)
    redact_texts(connection, changes, changes.c.claim_id.in_(theirs), "old", "new", redact=redact_json(redact))
    erase_mentions(tx, {command.person_id}, redact)
    return {}
