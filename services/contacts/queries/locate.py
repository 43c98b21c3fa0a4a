"""Whether partners and managers are there: one call for all that a request names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import Refused
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.sql import ref_of, with_refs
from services.contacts.storage.tables import managers, partners


@dataclass(frozen=True, kw_only=True)
class AskedRef:
    """A reference as it was asked for; one that could never have been registered is simply not found."""

    system: str
    id: str

    def read(self) -> ExternalRef | None:
        """Give the reference in the spelling it would be registered in."""
        try:
            return ExternalRef(system=self.system, id=self.id)
        except Refused:  # it must not spoil the answer about the others
            return None


@dataclass(frozen=True, kw_only=True)
class Locate:
    """Ask which of these there are; references are those of other systems."""

    partner_ids: list[UUID] = field(default_factory=list)
    manager_ids: list[UUID] = field(default_factory=list)
    partner_refs: list[AskedRef] = field(default_factory=list)
    manager_refs: list[AskedRef] = field(default_factory=list)


def locate(query: Locate, reading: Reading, actor: Actor) -> Json:
    """Give for each asked thing its id, of a merged partner the survivor's, or None where it is not there or not in reach."""
    partner_refs = [ref.read() for ref in query.partner_refs]
    manager_refs = [ref.read() for ref in query.manager_refs]
    partners_found = _Found(reading.connection, partners, query.partner_ids, partner_refs, partners_in_reach(actor))
    managers_found = _Found(reading.connection, managers, query.manager_ids, manager_refs, sa.true())
    return {
        "partners": partners_found.among(query.partner_ids),
        "managers": managers_found.among(query.manager_ids),
        "partner_refs": partners_found.under(partner_refs),
        "manager_refs": managers_found.under(manager_refs),
    }


class _Found:
    """What of one table was found, in one read; none where nothing was asked."""

    def __init__(
        self,
        connection: sa.Connection,
        table: sa.Table,
        ids: Sequence[UUID],
        refs: Sequence[ExternalRef | None],
        in_reach: sa.ColumnElement[bool],
    ) -> None:
        self._ids: dict[UUID, UUID] = {}
        self._refs: dict[ExternalRef, UUID] = {}
        if not ids and not refs:
            return
        named = with_refs(table, [ref for ref in refs if ref is not None])
        asked = sa.or_(table.c.id.in_(ids), named) if ids else named
        stands = sa.func.coalesce(table.c.survivor_id, table.c.id) if table is partners else table.c.id
        columns = (table.c.id, stands.label("stands"), table.c.external_system, table.c.external_id)
        for row in connection.execute(sa.select(*columns).where(asked, in_reach)):
            self._ids[row.id] = row.stands
            ref = ref_of(row)
            if ref is not None:
                self._refs[ref] = row.stands

    def among(self, ids: Sequence[UUID]) -> list[UUID | None]:
        return [self._ids.get(id) for id in ids]

    def under(self, refs: Sequence[ExternalRef | None]) -> list[UUID | None]:
        return [self._refs.get(ref) if ref is not None else None for ref in refs]
