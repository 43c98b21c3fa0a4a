"""Drafts of sales processes in the database."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import Problem, refuse
from chassis.store.database import Transaction
from services.deals.domain.definition import Definition
from services.deals.domain.definition_check import managers_named, problems
from services.deals.domain.draft import Draft
from services.deals.storage.audit import audited
from services.deals.storage.audited import PROCESS_DRAFT
from services.deals.storage.definition_rows import definition_of, definition_row
from services.deals.storage.tables import managers, process_drafts


class Drafts:
    """The drafts, one for each process key, within one transaction."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self._tx = tx
        self._actor = actor

    def get(self, draft_id: UUID, *, expected_version: int | None = None) -> Draft:
        """Read a draft and hold it until the transaction ends; raise Refused with NOT_FOUND or CONFLICT."""
        draft = self._find(process_drafts.c.id == draft_id)
        if draft is None:
            raise refuse("NOT_FOUND", f"there is no draft {draft_id}", "draft")
        require_version(draft, expected_version)
        return draft

    def of_key(self, key: str) -> Draft | None:
        """Read the draft of a process key, and hold it."""
        return self._find(process_drafts.c.key == key)

    def add(self, draft: Draft) -> None:
        """Store a new draft; raise Refused if there is one of its key."""
        try:
            with self._tx.attempt(), audited(self._tx, PROCESS_DRAFT, draft.id):
                self._tx.connection.execute(process_drafts.insert(), self._row(draft))
        except sa.exc.IntegrityError:
            key = draft.definition.key
            raise refuse(
                "DRAFT_EXISTS", f"there is a draft of {key!r} already; change it, or discard it first", "draft"
            ) from None

    def save(self, draft: Draft) -> None:
        """Write a draft that was read here."""
        with audited(self._tx, PROCESS_DRAFT, draft.id):
            self._tx.connection.execute(
                process_drafts.update().where(process_drafts.c.id == draft.id), self._row(draft)
            )

    def remove(self, draft: Draft) -> None:
        """Take a draft away."""
        with audited(self._tx, PROCESS_DRAFT, draft.id):
            self._tx.connection.execute(process_drafts.delete().where(process_drafts.c.id == draft.id))

    def _find(self, where: sa.ColumnElement[bool]) -> Draft | None:
        row = self._tx.connection.execute(sa.select(process_drafts).where(where).with_for_update()).first()
        return draft_of(row) if row else None

    def _row(self, draft: Draft) -> dict[str, Any]:
        return {
            "id": draft.id,
            "version": draft.version,
            "based_on": draft.based_on,
            **definition_row(draft.definition),
            "changed_at": self._tx.now,
            "changed_by": self._actor.subject[:200],
        }


def require_version(draft: Draft, expected: int | None) -> None:
    """Raise Refused if a draft is at another version than the one who changes it has seen."""
    if expected is not None and expected != draft.version:
        message = f"the draft has changed since: its version is {draft.version}, not {expected}; read it again"
        raise refuse("CONFLICT", message, "expectedVersion")


def problems_of(definition: Definition, connection: sa.Connection) -> list[Problem]:
    """Give all that keeps a definition from being published."""
    named = managers_named(definition)
    found = connection.execute(sa.select(managers.c.id).where(managers.c.id.in_(named))).scalars() if named else ()
    return problems(definition, set(found))


def draft_of(row: sa.Row[Any]) -> Draft:
    """Make the draft that a row stands for."""
    return Draft(id=row.id, version=row.version, based_on=row.based_on, definition=definition_of(row))
