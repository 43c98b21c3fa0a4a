"""What changed of a thing, by whom and when: kept with each change, and told to whom it got in the way of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, Self
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import Refused, refuse
from chassis.store.database import Transaction
from chassis.wire import Json, plain
from services.contacts.storage.tables import changes

Lists = Mapping[str, tuple[object, object]]
"""What belongs to a thing without being a field of it: what it was and what it is, by name."""


class _Versioned(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def version(self) -> int: ...


class Thing(_Versioned, Protocol):
    """What has fields that change, and counts its changes."""

    def differences(self, before: Any) -> tuple[str, ...]:
        """Name the fields in which it differs from what it was before."""

    def next_version(self) -> Self:
        """Count one change."""


Change = tuple[Thing, Thing, Lists]
"""A thing before and after, and the lists that changed with it."""


class Changes:
    """The record of what an actor changes within one transaction."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self._connection = tx.connection
        self._who = {"actor": actor.subject, "member_id": actor.member_id, "changed_at": tx.now}

    def record(self, before: Thing, after: Thing, lists: Lists) -> None:
        """Keep what one thing was before and is now."""
        self.record_all([(before, after, lists)])

    def record_all(self, found: Iterable[Change]) -> None:
        """Keep what several things were before and are now."""
        rows = [
            {
                "thing_id": after.id,
                "version": after.version,
                "field": field,
                "before": plain(was),
                "after": plain(now),
                **self._who,
            }
            for before, after, lists in found
            for field, (was, now) in {**_fields(before, after), **lists}.items()
        ]
        if rows:
            self._connection.execute(changes.insert(), rows)


def conflict(
    connection: sa.Connection, word: str, thing: _Versioned, expected_version: int, field: str = "expectedVersion"
) -> Refused:
    """Make the refusal of a change to a version that is no more: its details say what changed since, by whom and when."""
    read = sa.select(changes).where(changes.c.thing_id == thing.id, changes.c.version > expected_version)
    details = tuple(
        f"{api_name(row.field)}: changed by {row.actor} at {plain(row.changed_at)}"
        for row in connection.execute(read.order_by(changes.c.id))
    )
    message = f"someone changed the {word}: it is at version {thing.version} now; read it again"
    return refuse("CONFLICT", message, field, details=details)


def api_name(field: str) -> str:
    """Give a field's name as callers know it: manager_id → manager, full_name → fullName."""
    first, *rest = field.removesuffix("_id" if field != "tax_id" else "").split("_")
    return first + "".join(part.capitalize() for part in rest)


def change_view(row: sa.Row[Any]) -> Json:
    """Give a row of changes as it is answered."""
    return {
        "thing_id": row.thing_id,
        "version": row.version,
        "field": api_name(row.field),
        "before": row.before,
        "after": row.after,
        "actor": row.actor,
        "member_id": row.member_id,
        "changed_at": row.changed_at,
    }


def _fields(before: Thing, after: Thing) -> dict[str, tuple[object, object]]:
    names = (name for name in after.differences(before) if name != "version")
    return {name: (getattr(before, name), getattr(after, name)) for name in names}
