"""Reading partners for a change, and writing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from services.contacts.domain.duplicates import match_key
from services.contacts.domain.external_ref import ExternalRef, taken
from services.contacts.domain.partner import Partner, Role
from services.contacts.domain.search import Entry, HitKind
from services.contacts.domain.text import search_key
from services.contacts.storage.changes import conflict
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.search import SearchIndex
from services.contacts.storage.sql import REF, insert_new, ref_of, taken_by_others, update_by_id, with_refs
from services.contacts.storage.tables import partners

ROLE_COLUMNS: dict[Role, sa.Column[Any]] = {role: partners.c[f"is_{role.lower()}"] for role in Role}


_TREE = 0x101  # the number of the lock that holds the tree: the kind of what it is of


class Partners:
    """The partners as one transaction sees them."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def lock(
        self, partner_id: UUID, actor: Actor, *, expected_version: int | None = None, field: str = "partner"
    ) -> Partner:
        """Read a partner and hold it until the commit.

        Raise Refused: NOT_FOUND; PARTNER_MERGED with the survivor's id; or CONFLICT for another version.
        """
        partner = self.lock_any(partner_id, actor, field=field)
        if partner.survivor_id is not None:
            message = f"this partner was merged into {partner.survivor_id}; change that one, or undo the merge first"
            raise refuse("PARTNER_MERGED", message, field, details=(str(partner.survivor_id),))
        if expected_version is not None and expected_version != partner.version:
            version_field = "expectedMergedVersion" if field == "merged" else "expectedVersion"
            raise conflict(self._connection, "partner", partner, expected_version, version_field)
        return partner

    def lock_any(self, partner_id: UUID, actor: Actor, *, field: str = "partner") -> Partner:
        """Read a partner, merged or not, and hold it until the commit; raise Refused with NOT_FOUND."""
        partner = self.find(partner_id, partners_in_reach(actor))
        if partner is None:
            raise refuse("NOT_FOUND", f"there is no partner {partner_id}", field)
        return partner

    def hold_tree(self) -> None:
        """Let nobody else change who is a branch of whom until the commit: two changes could make a ring."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TREE)))

    def lock_all(self, ids: Collection[UUID]) -> list[Partner]:
        """Read partners, in the order of ids, and hold them until the commit."""
        # in one order, so that two commands never wait for each other
        read = sa.select(partners).where(partners.c.id.in_(ids)).order_by(partners.c.id).with_for_update(key_share=True)
        return [_partner(row) for row in self._connection.execute(read)]

    def hold_groups(self, survivor_ids: Collection[UUID]) -> None:
        """Hold partners and all that were merged into them until the commit: in one order, as imports do."""
        these = sa.or_(partners.c.id.in_(survivor_ids), partners.c.survivor_id.in_(survivor_ids))
        read = sa.select(partners.c.id).where(these).order_by(partners.c.id).with_for_update(key_share=True)
        self._connection.execute(read).all()

    def above(self, parent_id: UUID | None, actor: Actor) -> list[UUID]:
        """Give a partner and all that it is a branch of; raise Refused with NOT_FOUND where it is not in reach."""
        if parent_id is None:
            return []
        here = sa.select(partners.c.id).where(partners.c.id == parent_id, partners_in_reach(actor))
        if self._connection.execute(here).first() is None:
            raise refuse("NOT_FOUND", f"there is no partner {parent_id}", "parent")
        named, one = partners.alias(), partners.alias()  # what is named, and the one that it turned out to be
        survivor = one.c.id == sa.func.coalesce(named.c.survivor_id, named.c.id)
        start = sa.select(one.c.id, one.c.parent_id).join(named, survivor).where(named.c.id == parent_id)
        path = start.cte("path", recursive=True)
        up = sa.select(one.c.id, one.c.parent_id).join(named, survivor).join(path, named.c.id == path.c.parent_id)
        return list(self._connection.execute(sa.select(path.union(up).c.id)).scalars())

    def find(self, partner_id: UUID, *where: sa.ColumnElement[bool]) -> Partner | None:
        """Read a partner, if it is there, and hold it until the commit."""
        read = sa.select(partners).where(partners.c.id == partner_id, *where).with_for_update(key_share=True)
        row = self._connection.execute(read).first()
        return _partner(row) if row is not None else None

    def by_refs(self, refs: Iterable[ExternalRef]) -> dict[ExternalRef, Partner]:
        """Read the partners that came from elsewhere under these references and hold them until the commit."""
        # in the order of ids, so that two imports never wait for each other
        read = (
            sa.select(partners).where(with_refs(partners, refs)).order_by(partners.c.id).with_for_update(key_share=True)
        )
        found = (_partner(row) for row in self._connection.execute(read))
        return {partner.external_ref: partner for partner in found if partner.external_ref is not None}

    def add(self, partner: Partner) -> None:
        """Write a new partner; raise Refused with EXTERNAL_REF_TAKEN where its reference has one already."""
        ref = partner.external_ref
        if ref is not None and (holder := self.add_all([partner]).get(ref)) is not None:
            raise taken(ref, holder)
        if ref is None:
            self.add_all([partner])

    def add_all(self, new: Sequence[Partner]) -> dict[ExternalRef, UUID]:
        """Write new partners but those whose reference is taken; give these, with the ids that have them."""
        insert_new(self._connection, partners, [_row(partner) for partner in new], *REF)
        raced = taken_by_others(self._connection, partners, new)
        self._index([partner for partner in new if partner.external_ref not in raced])
        return raced

    def save(self, changed: Sequence[Partner]) -> None:
        """Write partners that were read before."""
        update_by_id(self._connection, partners, [_row(partner) for partner in changed])
        self._index(changed)

    def _index(self, written: Sequence[Partner]) -> None:
        SearchIndex(self._connection).put(
            Entry(source_id=one.id, field="name", thing_id=one.id, kind=HitKind.PARTNER, text=one.name)
            for one in written
        )

    def pointers(self, survivor_id: UUID) -> dict[UUID, UUID]:
        """Read into which partner each of those was merged that a survivor stands for."""
        read = sa.select(partners.c.id, partners.c.merged_into_id).where(partners.c.survivor_id == survivor_id)
        return {row.id: row.merged_into_id for row in self._connection.execute(read)}

    def follow(self, merged_ids: Collection[UUID], survivor_id: UUID) -> None:
        """Keep with merged partners where their pointers lead now."""
        those = partners.c.id.in_(merged_ids)
        self._connection.execute(partners.update().where(those).values(survivor_id=survivor_id))


def read_partners(
    connection: sa.Connection, ids: Collection[UUID], in_reach: sa.ColumnElement[bool]
) -> dict[UUID, Partner]:
    """Read partners for a look at them, merged ones as they are by themselves."""
    rows = connection.execute(sa.select(partners).where(partners.c.id.in_(ids), in_reach))
    return {row.id: _partner(row) for row in rows}


def roles_of(row: sa.Row[Any]) -> list[Role]:
    """Read the roles of a row."""
    held = (row.is_prospect, row.is_client, row.is_supplier, row.is_competitor)
    return [role for role, holds in zip(Role, held, strict=True) if holds]


def _partner(row: sa.Row[Any]) -> Partner:
    return Partner(
        id=row.id,
        version=row.version,
        name=row.name,
        roles=frozenset(roles_of(row)),
        manager_id=row.manager_id,
        parent_id=row.parent_id,
        source=row.source,
        interest=row.interest,
        external_ref=ref_of(row),
        registered_at=row.registered_at,
        merged_into_id=row.merged_into_id,
        survivor_id=row.survivor_id,
    )


def _row(partner: Partner) -> dict[str, Any]:
    ref = partner.external_ref
    return {
        "id": partner.id,
        "version": partner.version,
        "name": partner.name,
        "name_search": search_key(partner.name),
        "name_match": match_key(partner.name),
        **{column.name: role in partner.roles for role, column in ROLE_COLUMNS.items()},
        "manager_id": partner.manager_id,
        "parent_id": partner.parent_id,
        "source": partner.source,
        "interest": partner.interest,
        "external_system": ref.system if ref else None,
        "external_id": ref.id if ref else None,
        "registered_at": partner.registered_at,
        "merged_into_id": partner.merged_into_id,
        "survivor_id": partner.survivor_id,
    }
