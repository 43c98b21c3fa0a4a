"""The audit of claims: who changed what, from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import Refused, refuse
from chassis.store.database import Transaction
from chassis.store.erasing import without_free_text
from chassis.wire import decode, encode
from services.claims.storage.tables import changes

_SAID = (
    "subject",
    "description",
    "severity",
    "cause",
    "status",
    "assignee_id",
    "partner_id",
    "deal_id",
    "products",
    "first_responded_at",
    "first_response_due_at",
    "resolution_due_at",
    "resolved_at",
    "resolution",
    "root_cause",
)
"""Columns that say something of their own."""


def note_changes(
    tx: Transaction, claim_id: UUID, version: int, *, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> None:
    """Write down what differs between two states of a claim; without a state before, all that it began with."""
    if before is None:
        said = {api_name(name): after[name] for name in _SAID if after[name] not in (None, [])}
        found: list[tuple[str | None, Any, Any]] = [(None, None, said)]
    else:
        found = [(api_name(name), before[name], after[name]) for name in _SAID if before[name] != after[name]]
    rows = [
        {
            "claim_id": claim_id,
            "version": version,
            "field": field,
            "old": _text(old),
            "new": _text(new),
            "changed_at": tx.now,
            "changed_by": tx.actor.subject[:200],
            "correlation_id": tx.correlation_id,
        }
        for field, old, new in found
    ]
    if rows:
        tx.connection.execute(changes.insert(), rows)


def conflict(connection: sa.Connection, number: str, claim_id: UUID, *, version: int, expected: int) -> Refused:
    """Make the refusal of a command that expected another version: it names what was changed since, when and by whom."""
    c = changes.c
    select = sa.select(c.field, c.changed_by, c.changed_at).where(c.claim_id == claim_id, c.version > expected)
    since = connection.execute(select.order_by(c.id)).all()
    names = tuple(sorted({row.field for row in since if row.field}))
    message = f"{number} is at version {version}, not {expected}; look at it again"
    if names:
        last = since[-1]
        message += f" ({', '.join(names)}; last by {last.changed_by} at {last.changed_at:%Y-%m-%dT%H:%M:%SZ})"
    return refuse("CONFLICT", message, "expectedVersion", details=names)


def erase_in_audit(tx: Transaction, mentioned: UUID) -> None:
    """Take the free text out of all values that mention an id; ids, dates and keys stay."""
    c, pattern = changes.c, f"%{mentioned}%"
    read = sa.select(c.id, c.old, c.new).where(sa.or_(c.old.like(pattern), c.new.like(pattern)))
    for row in tx.connection.execute(read).all():
        values = {name: _erased(getattr(row, name)) for name in ("old", "new")}
        tx.connection.execute(changes.update().where(c.id == row.id).values(values))


def api_name(column: str) -> str:
    """Give a column's name as the API says it: resolution_due_at → resolutionDueAt, partner_id → partner."""
    first, *rest = column.removesuffix("_id").split("_")
    return first + "".join(part.capitalize() for part in rest)


def _erased(text: str | None) -> str | None:
    return None if text is None else encode(without_free_text(decode(text))).decode()


def _text(value: Any) -> str | None:
    return None if value is None else encode(value).decode()
