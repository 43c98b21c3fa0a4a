"""The audit: what somebody changes is compared with what it was, and each difference is written down with it.

with audited(tx, CUSTOMER_ORDER, order.id):
    ...  # the statements that write the order and its lines

What keeps the row as it was read spares the reading: note_changes(tx, subject, before=row_as_read, after=row_as_written).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import Refused, refuse
from chassis.store.database import Transaction
from chassis.store.erasing import without_free_text
from chassis.wire import decode, encode
from services.deals.storage.activity import note_activity
from services.deals.storage.audited import Audited, Parts
from services.deals.storage.tables import changes

_BOOKKEEPING = frozenset(
    {
        "id",
        "version",
        "search_text",
        "last_fact_at",
        "highest_rank",
        "recorded_at",
        "recorded_by",
        "changed_at",
        "changed_by",
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


@contextmanager
def audited(tx: Transaction, kind: Audited, *ids: UUID) -> Iterator[None]:
    """Write down what the statements within change of some aggregates and of their parts."""
    before = kind.read(tx.connection, ids)
    yield
    after = kind.read(tx.connection, ids)
    made = [(_subject(kind, after[one]), after[one]) for one in ids if one in after and one not in before]
    note_made(tx, made)
    for one in before:
        if one in after:
            note_changes(tx, _subject(kind, after[one]), before=before[one], after=after[one])
        else:
            gone = _subject(kind, before[one])
            _write(tx, [_row(tx, gone, field=None, old=_text(_said(before[one])), new=None)], [gone])


def note_changes(
    tx: Transaction, subject: Subject, *, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> None:
    """Write down what differs between two states of a subject; without a state before, that it was made, and how."""
    if before is None:
        note_made(tx, [(subject, after)])
        return
    found = _differences(before, after)
    _write(tx, [_row(tx, subject, field=name[:100], old=_text(o), new=_text(n)) for name, o, n in found], [subject])


def note_made(tx: Transaction, made: Sequence[tuple[Subject, Mapping[str, Any]]]) -> None:
    """Write down that subjects were made, each in one row with all that it began with."""
    rows = [_row(tx, subject, field=None, old=None, new=_text(_said(state))) for subject, state in made]
    _write(tx, rows, [subject for subject, _ in made])


def _write(tx: Transaction, rows: Sequence[dict[str, Any]], subjects: Sequence[Subject]) -> None:
    if rows:
        tx.insert(changes, rows)
        _note_activity(tx, subjects)


def _subject(kind: Audited, state: Mapping[str, Any]) -> Subject:
    """Give what a state is of; what never changes once it is made has no version of its own."""
    return Subject(kind=kind.name, id=state["id"], version=state.get("version", 1), deal_id=state.get("deal_id"))


def _differences(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Give the API's names of what differs, with both values; of a part that stays only what differs in it."""
    # a part may have gone; of the whole only what is written counts
    for name in dict.fromkeys([*after, *before]) if isinstance(after, Parts) else after:
        old, new = before.get(name), after.get(name)
        if name in _BOOKKEEPING or old == new:
            continue
        if isinstance(old, Parts) and isinstance(new, Parts):
            yield from ((f"{api_name(name)}.{field}", o, n) for field, o, n in _differences(old, new))
        else:
            yield api_name(name), old, new


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


def erase_in_audit(tx: Transaction, mentioned: UUID) -> None:
    """Take the free text out of all values that mention an id; ids, amounts, dates and keys stay."""
    c, pattern = changes.c, f"%{mentioned}%"
    read = sa.select(c.id, c.old, c.new).where(sa.or_(c.old.like(pattern), c.new.like(pattern)))
    for row in tx.connection.execute(read).all():
        values = {name: _erased(getattr(row, name)) for name in ("old", "new")}
        tx.connection.execute(changes.update().where(c.id == row.id).values(values))


def _erased(text: str | None) -> str | None:
    return None if text is None else encode(without_free_text(decode(text))).decode()


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
    return {
        api_name(name): _said(value) if isinstance(value, Parts) else value
        for name, value in state.items()
        if name not in _BOOKKEEPING and value not in (None, [], {})
    }


def _text(value: Any) -> str | None:
    if isinstance(value, Parts):
        value = _said(value)
    return None if value is None else encode(value).decode()


def _row(tx: Transaction, subject: Subject, **values: str | None) -> dict[str, Any]:
    return {
        "subject_id": subject.id,
        "subject_kind": subject.kind,
        "deal_id": subject.deal_id,
        "version": subject.version,
        "changed_at": tx.now,
        "changed_by": tx.actor.subject[:200],
        "correlation_id": tx.correlation_id,
        **values,
    }
