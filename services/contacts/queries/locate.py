"""Whether partners and managers are there: one call for all that a request names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.sql import ref_of, with_refs
from services.contacts.storage.tables import managers, partners


@dataclass(frozen=True, kw_only=True)
class Locate:
    """Ask which of these there are; references are those of other systems."""

    partner_ids: list[UUID] = field(default_factory=list)
    manager_ids: list[UUID] = field(default_factory=list)
    partner_refs: list[ExternalRef] = field(default_factory=list)
    manager_refs: list[ExternalRef] = field(default_factory=list)


def locate(query: Locate, reading: Reading, actor: Actor) -> Json:
    """Give for each asked thing its id, or None where it is not there or not in reach."""
    partners_found = _Found(
        reading.connection, partners, query.partner_ids, query.partner_refs, partners_in_reach(actor)
    )
    managers_found = _Found(reading.connection, managers, query.manager_ids, query.manager_refs, sa.true())
    return {
        "partners": partners_found.among(query.partner_ids),
        "managers": managers_found.among(query.manager_ids),
        "partner_refs": partners_found.under(query.partner_refs),
        "manager_refs": managers_found.under(query.manager_refs),
    }


class _Found:
    """What of one table was found, in one read; none where nothing was asked."""

    def __init__(
        self,
        connection: sa.Connection,
        table: sa.Table,
        ids: Sequence[UUID],
        refs: Sequence[ExternalRef],
        in_reach: sa.ColumnElement[bool],
    ) -> None:
        self._ids: set[UUID] = set()
        self._refs: dict[ExternalRef, UUID] = {}
        if not ids and not refs:
            return
        asked = sa.or_(table.c.id.in_(ids), with_refs(table, refs)) if ids else with_refs(table, refs)
        read = sa.select(table.c.id, table.c.external_system, table.c.external_id).where(asked, in_reach)
        for row in connection.execute(read):
            self._ids.add(row.id)
            ref = ref_of(row)
            if ref is not None:
                self._refs[ref] = row.id

    def among(self, ids: Sequence[UUID]) -> list[UUID | None]:
        return [id if id in self._ids else None for id in ids]

    def under(self, refs: Sequence[ExternalRef]) -> list[UUID | None]:
        return [self._refs.get(ref) for ref in refs]
