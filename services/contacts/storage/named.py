"""What the rows of an import name: found by id or by another system's reference, all in one read."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.sql import ref_of, with_refs
from services.contacts.storage.tables import managers, partners


class Named:
    """The things of one kind that an actor's rows name, as far as they are there for the actor."""

    def __init__(
        self,
        word: str,
        ids: Iterable[UUID | None],
        refs: Iterable[ExternalRef | None],
    ) -> None:
        self._word = word
        self._asked = {id for id in ids if id is not None}
        self._asked_refs = {ref for ref in refs if ref is not None}
        self._ids: set[UUID] = set()
        self._refs: dict[ExternalRef, UUID] = {}

    @classmethod
    def partners(
        cls,
        tx: Transaction,
        actor: Actor,
        ids: Iterable[UUID | None],
        refs: Iterable[ExternalRef | None],
        *,
        hold: bool = False,
    ) -> Named:
        """Find partners, and with `hold` let nobody else change them until the commit."""
        named = cls("partner", ids, refs)
        named._find(tx.connection, partners, partners_in_reach(actor), hold=hold)
        return named

    @classmethod
    def managers(cls, tx: Transaction, ids: Iterable[UUID | None], refs: Iterable[ExternalRef | None]) -> Named:
        """Find managers."""
        named = cls("manager", ids, refs)
        named._find(tx.connection, managers, sa.true(), hold=False)
        return named

    def one(self, id: UUID | None, ref: ExternalRef | None) -> UUID | None:
        """Give the one that a row names, if it names one; raise Refused where it is not there, or named twice."""
        if id is not None and ref is not None:
            raise refuse("INVALID", f"name the {self._word} by id or by reference, not by both", f"{self._word}Ref")
        if id is not None and id not in self._ids:
            raise refuse("NOT_FOUND", f"there is no {self._word} {id}", self._word)
        if ref is None:
            return id
        if ref not in self._refs:
            message = f"there is no {self._word} {ref.id!r} of {ref.system}; import {self._word}s first"
            raise refuse("NOT_FOUND", message, f"{self._word}Ref")
        return self._refs[ref]

    def _find(
        self, connection: sa.Connection, table: sa.Table, in_reach: sa.ColumnElement[bool], *, hold: bool
    ) -> None:
        if not self._asked and not self._asked_refs:
            return
        asked = sa.or_(table.c.id.in_(self._asked), with_refs(table, self._asked_refs))
        columns = (table.c.id, table.c.external_system, table.c.external_id)
        # in the order of ids, so that two imports never wait for each other
        read = sa.select(*columns).where(asked, in_reach).order_by(table.c.id)
        for row in connection.execute(read.with_for_update(key_share=True) if hold else read):
            self._ids.add(row.id)
            ref = ref_of(row)
            if ref is not None:
                self._refs[ref] = row.id
