"""The audit: a row is compared with what it was, and each difference is written down in the same transaction.

note_changes(tx, actor, Subject(kind="proposal", id=proposal.id, version=proposal.version, deal_id=deal.id),
             before=row_as_read, after=row_as_written)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import Refused, refuse
from chassis.store.database import Transaction
from chassis.wire import encode
from services.deals.storage.activity import note_activity
from services.deals.storage.tables import changes

_BOOKKEEPING = frozenset(
    {
        "id",
        "version",
        "number",
        "search_text",
        "last_fact_at",
        "highest_rank",
        "recorded_at",
        "stage_entered_at",
        "dwelt",
        "dwell_until",
        "active_at",
    }
)
"""Columns that say nothing of their own."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What was changed: its version is that after the change, `deal_id` the deal that it is or belongs to."""

    kind: str
    id: UUID
    version: int
    deal_id: UUID | None = None


def note_changes(
    tx: Transaction, actor: Actor, subject: Subject, *, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> None:
    """Write down what differs between two states of a subject; without a state before, that it was made, and how."""
    if before is None:
        note_made(tx, actor, [(subject, after)])
        return
    differing = (name for name in after if name not in _BOOKKEEPING and before.get(name) != after[name])
    rows = [
        _row(tx, actor, subject, field=api_name(name), old=_text(before.get(name)), new=_text(after[name]))
        for name in differing
    ]
    if rows:
        tx.connection.execute(changes.insert(), rows)
        _note_activity(tx, [subject])


def note_made(tx: Transaction, actor: Actor, made: Sequence[tuple[Subject, Mapping[str, Any]]]) -> None:
    """Write down that subjects were made, each in one row with all that it began with."""
    rows = [_row(tx, actor, subject, field=None, old=None, new=_text(_said(state))) for subject, state in made]
    if rows:
        tx.connection.execute(changes.insert(), rows)
        _note_activity(tx, [subject for subject, _ in made])


def conflict(
    connection: sa.Connection, thing: str, subject_id: UUID, *, version: int, expected: int, field: str
) -> Refused:
    """Make the refusal of a command that expected another version: it names what was changed since, when and by whom."""
    c = changes.c
    select = sa.select(c.field, c.changed_by, c.changed_at).where(c.subject_id == subject_id, c.version > expected)
    since = connection.execute(select.order_by(c.version, c.id)).all()
    names = tuple(sorted({row.field for row in since if row.field}))
    message = f"the {thing} has changed since: its version is {version}, not {expected}; read it again"
    if names:
        last = since[-1]
        message += f" ({', '.join(names)}; last by {last.changed_by} at {last.changed_at:%Y-%m-%dT%H:%M:%SZ})"
    return refuse("CONFLICT", message, field, details=names)


def api_name(column: str) -> str:
    """Give a column's name as the API says it: expected_close_on → expectedCloseOn, partner_id → partner."""
    first, *rest = column.removesuffix("_id").split("_")
    return first + "".join(part.capitalize() for part in rest)


def _note_activity(tx: Transaction, subjects: Sequence[Subject]) -> None:
    """Note that something happened about the deals to which subjects belong; deals themselves have their facts."""
    of = {subject.deal_id for subject in subjects if subject.deal_id not in (None, subject.id)}
    if of:
        note_activity(tx, of, tx.now)


def _said(state: Mapping[str, Any]) -> dict[str, Any]:
    return {api_name(n): value for n, value in state.items() if n not in _BOOKKEEPING and value not in (None, [])}


def _text(value: Any) -> str | None:
    return None if value is None else encode(value).decode()


def _row(tx: Transaction, actor: Actor, subject: Subject, **values: str | None) -> dict[str, Any]:
    return {
        "subject_id": subject.id,
        "subject_kind": subject.kind,
        "deal_id": subject.deal_id,
        "version": subject.version,
        "changed_at": tx.now,
        "changed_by": actor.subject[:200],
        "correlation_id": tx.correlation_id,
        **values,
    }
