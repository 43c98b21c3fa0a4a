"""Take what names a person out of the texts of deals, before contacts erases the person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.redaction import Redaction
from chassis.store.database import Transaction
from chassis.store.erasing import erase_mentions, redact_json, redact_texts
from chassis.wire import Json
from services.deals.storage.tables import (
    approvals,
    changes,
    deals,
    files,
    next_steps,
    obligations,
    proposal_responses,
    proposal_versions,
    proposals,
    sale_terms,
    tasks,
    transitions,
)


@dataclass(frozen=True, kw_only=True)
class EraseWords:
    """Ask that names, addresses and numbers be taken out of all that is written about some deals, and all of some partners."""

    person_id: UUID
    words: list[str]
    phones: list[str]
    partner_ids: list[UUID]
    deal_ids: list[UUID]


_TEXTS = {
    approvals: ("note", "decision_note"),
    files: ("name", "location"),
    next_steps: ("subject",),
    obligations: ("note",),
    tasks: ("title", "description"),
    transitions: ("reason",),
}
"""The columns of text of what belongs to a deal."""


def erase_words(command: EraseWords, tx: Transaction, actor: Actor) -> Json:
    """Take them out, also of the audit, of kept answers and of messages that wait; that something was said stays."""
    actor.require("privacy")
    redact = Redaction.of(command.words, command.phones).text
    execute = tx.connection.execute
    which = sa.or_(deals.c.partner_id.in_(command.partner_ids), deals.c.id.in_(command.deal_ids))
    theirs = sa.select(deals.c.id).where(which)
    for row in redact_texts(tx.connection, deals, which, "title", redact=redact):
        found = redact(row.title).casefold()
        execute(deals.update().where(deals.c.number == row.number).values(search_text=found))
    for table, names in _TEXTS.items():
        redact_texts(tx.connection, table, table.c.deal_id.in_(theirs), *names, redact=redact)
    offered = sa.select(proposals.c.id).where(proposals.c.deal_id.in_(theirs))
    versions = proposal_versions.c.proposal_id.in_(offered)
    redact_texts(tx.connection, proposal_versions, versions, "note", redact=redact)
    answers = proposal_responses.c.version_id.in_(sa.select(proposal_versions.c.id).where(versions))
    redact_texts(tx.connection, proposal_responses, answers, "comment", redact=redact)
    terms = sa.or_(sale_terms.c.partner_id.in_(command.partner_ids), sale_terms.c.deal_id.in_(theirs))
    redact_texts(tx.connection, sale_terms, terms, "name", redact=redact)
    told = sa.or_(changes.c.deal_id.in_(theirs), changes.c.subject_id.in_(theirs),
                  changes.c.subject_id.in_(sa.select(sale_terms.c.id).where(terms)))  # fmt: skip
    redact_texts(tx.connection, changes, told, "old", "new", redact=redact_json(redact))
    erase_mentions(tx, {command.person_id}, redact)
    return {}
