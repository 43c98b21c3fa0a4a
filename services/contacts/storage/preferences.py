"""Preferences: reading them for a change, writing and showing them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.preference import Preference, PreferenceKind, PreferenceSource
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.sql import update_by_id
from services.contacts.storage.tables import partners, preferences

_SCALE = 10_000


class Preferences:
    """The preferences as one transaction sees them."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def lock(self, preference_id: UUID, actor: Actor, *, expected_version: int | None = None) -> Preference:
        """Read a preference and hold it until the commit; raise Refused: NOT_FOUND, or CONFLICT for another version."""
        here = (preferences.c.id == preference_id, preferences_in_reach(actor))
        row = self._connection.execute(sa.select(preferences).where(*here).with_for_update(key_share=True)).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no preference {preference_id}", "preference")
        if expected_version not in (None, row.version):
            message = f"someone changed the preference: it is at version {row.version} now; read it again"
            raise refuse("CONFLICT", message, "expectedVersion")
        return _preference(row)

    def stated(self, partner_id: UUID, kind: PreferenceKind) -> list[Preference]:
        """Read the stated preferences of a partner in something, by the days they begin on, and hold them."""
        p = preferences.c
        where = (p.partner_id == partner_id, p.kind == kind.value, p.source == PreferenceSource.STATED.value)
        read = sa.select(preferences).where(*where).order_by(p.valid_from, p.recorded_at, p.id)
        return [_preference(row) for row in self._connection.execute(read.with_for_update(key_share=True))]

    def add(self, preference: Preference) -> None:
        """Write a new preference."""
        self._connection.execute(preferences.insert(), _row(preference))

    def save(self, changed: Sequence[Preference]) -> None:
        """Write preferences that were read before."""
        update_by_id(self._connection, preferences, [_row(one) for one in changed])


def preferences_in_reach(actor: Actor) -> sa.ColumnElement[bool]:
    """Say "a preference of a partner in reach"."""
    if actor.reach == "all":
        return sa.true()
    return sa.exists().where(partners.c.id == preferences.c.partner_id, partners_in_reach(actor))


def preference_view(preference: Preference) -> Json:
    """Give a preference as it is answered."""
    return {
        "id": preference.id,
        "version": preference.version,
        "partner_id": preference.partner_id,
        "kind": preference.kind,
        "value": preference.value,
        "weight": preference.weight,
        "source": preference.source,
        "valid_from": preference.valid_from,
        "valid_to": preference.valid_to,
        "recorded_at": preference.recorded_at,
    }


def preference_row_view(row: sa.Row[Any]) -> Json:
    """Give a row of preferences as it is answered."""
    return preference_view(_preference(row))


def _preference(row: sa.Row[Any]) -> Preference:
    return Preference(
        id=row.id,
        version=row.version,
        partner_id=row.partner_id,
        kind=PreferenceKind(row.kind),
        value=row.value,
        weight=Decimal(row.weight_ten_thousandths) / _SCALE,
        source=PreferenceSource(row.source),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        recorded_at=row.recorded_at,
    )


def _row(preference: Preference) -> dict[str, Any]:
    return {
        "id": preference.id,
        "version": preference.version,
        "partner_id": preference.partner_id,
        "kind": preference.kind.value,
        "value": preference.value,
        "weight_ten_thousandths": int(preference.weight * _SCALE),
        "source": preference.source.value,
        "valid_from": preference.valid_from,
        "valid_to": preference.valid_to,
        "recorded_at": preference.recorded_at,
    }
