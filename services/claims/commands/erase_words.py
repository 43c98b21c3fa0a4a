"""Take what names a person out of the texts of claims, before contacts erases the person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.redaction import Redaction
from chassis.store.database import Transaction
from chassis.store.erasing import erase_mentions, redact_json, redact_texts
from chassis.wire import Json
from services.claims.storage.person_texts import AUDIT, person_texts


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
    redact = Redaction.of(command.words, command.phones).text
    for table, which, names in person_texts(command.partner_ids, command.claim_ids):
        how = redact_json(redact) if table is AUDIT else redact
        redact_texts(tx.connection, table, which, *names, redact=how)
    erase_mentions(tx, {command.person_id}, redact)
    return {}
