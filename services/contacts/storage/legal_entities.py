"""Reading legal entities for a change, and writing them with their numbers and accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from services.contacts.domain.bank_account import BankAccount
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.search import Entry, HitKind
from services.contacts.domain.tax_id import TaxId, TaxIdKind
from services.contacts.domain.text import search_key
from services.contacts.storage.changes import conflict
from services.contacts.storage.reach import legal_entities_in_reach
from services.contacts.storage.search import SearchIndex
from services.contacts.storage.sql import insert_new, update_by_id
from services.contacts.storage.tables import bank_accounts, legal_entities, tax_ids

_KEY = ("country", "tax_id", "registration_reason_code")


class LegalEntities:
    """The legal entities as one transaction sees them."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def lock(self, entity_id: UUID, actor: Actor, *, expected_version: int | None = None) -> LegalEntity:
        """Read an entity and hold it until the commit; raise Refused: NOT_FOUND, or CONFLICT for another version."""
        here = (legal_entities.c.id == entity_id, legal_entities_in_reach(actor))
        read = sa.select(legal_entities).where(*here).with_for_update(key_share=True)
        row = self._connection.execute(read).first()
        if row is None:
            raise refuse("NOT_FOUND", f"there is no legal entity {entity_id}", "legalEntity")
        (entity,) = whole(self._connection, [row])
        if expected_version is not None and expected_version != entity.version:
            raise conflict(self._connection, "legal entity", entity, expected_version)
        return entity

    def add(self, new: Sequence[LegalEntity]) -> dict[UUID, UUID]:
        """Write new entities but those that are known by their tax id; give under which id each is known now."""
        insert_new(self._connection, legal_entities, [_row(entity) for entity in new], *_KEY)
        ids = {entity.id: self._known_as(entity) for entity in new}
        self._write_lists([entity for entity in new if ids[entity.id] == entity.id])
        return ids

    def save(self, changed: Sequence[LegalEntity]) -> None:
        """Write entities that were read before; raise Refused with TAX_ID_TAKEN where another has the tax id."""
        for entity in changed:
            holder = self._holder(entity)
            if holder not in (None, entity.id):
                raise tax_id_taken(entity, holder)
            try:
                with self._connection.begin_nested():
                    update_by_id(self._connection, legal_entities, [_row(entity)])
            except sa.exc.IntegrityError as error:  # another request took it at this moment
                raise tax_id_taken(entity, self._holder(entity)) from error
        ids = [entity.id for entity in changed]
        for table in (tax_ids, bank_accounts):
            self._connection.execute(table.delete().where(table.c.legal_entity_id.in_(ids)))
        self._write_lists(changed)

    def _write_lists(self, entities: Sequence[LegalEntity]) -> None:
        SearchIndex(self._connection).put(entry for entity in entities for entry in _entries(entity))
        numbers = [
            {"legal_entity_id": entity.id, "kind": tax_id.kind.value, "number": tax_id.number}
            for entity in entities
            for tax_id in entity.tax_ids
        ]
        accounts = [
            _account_row(account, entity.id, place)
            for entity in entities
            for place, account in enumerate(entity.bank_accounts)
        ]
        for table, rows in ((tax_ids, numbers), (bank_accounts, accounts)):
            if rows:
                self._connection.execute(table.insert(), rows)

    def _known_as(self, entity: LegalEntity) -> UUID:
        return self._holder(entity) or entity.id

    def _holder(self, entity: LegalEntity) -> UUID | None:
        if entity.tax_id is None:
            return None
        columns = legal_entities.c
        same = sa.select(columns.id).where(
            columns.country == entity.country,
            columns.tax_id == entity.tax_id,
            columns.registration_reason_code == (entity.registration_reason_code or ""),
        )
        holder: UUID | None = self._connection.execute(same).scalar()
        return holder


def tax_id_taken(entity: LegalEntity, holder: UUID | None) -> Exception:
    """Make the refusal of a tax id that another legal entity has; its details name that one."""
    message = f"another legal entity has the tax id {entity.tax_id} already; use that one instead"
    return refuse("TAX_ID_TAKEN", message, "taxId", details=(str(holder),))


def whole(connection: sa.Connection, rows: Collection[sa.Row[Any]]) -> list[LegalEntity]:
    """Give rows of legal entities with their numbers and accounts: two reads, whatever their number."""
    ids = [row.id for row in rows]
    numbers: dict[UUID, list[TaxId]] = {}
    for row in connection.execute(sa.select(tax_ids).where(tax_ids.c.legal_entity_id.in_(ids))):
        tax_id = TaxId(kind=TaxIdKind(row.kind), number=row.number)
        numbers.setdefault(row.legal_entity_id, []).append(tax_id)
    accounts: dict[UUID, list[BankAccount]] = {}
    read = sa.select(bank_accounts).where(bank_accounts.c.legal_entity_id.in_(ids)).order_by(bank_accounts.c.place)
    for row in connection.execute(read):
        accounts.setdefault(row.legal_entity_id, []).append(_account(row))
    return [
        LegalEntity(
            id=row.id,
            version=row.version,
            name=row.name,
            full_name=row.full_name,
            country=row.country,
            tax_id=row.tax_id,
            registration_reason_code=row.registration_reason_code or None,
            tax_ids=tuple(sorted(numbers.get(row.id, ()))),
            registered_on=row.registered_on,
            bank_accounts=tuple(accounts.get(row.id, ())),
        )
        for row in rows
    ]


def _entries(entity: LegalEntity) -> Iterator[Entry]:
    numbers = (entity.tax_id, entity.registration_reason_code, *(one.number for one in entity.tax_ids))
    found = {"name": entity.name, "fullName": entity.full_name, "taxId": " ".join(filter(None, numbers))}
    for field, text in found.items():
        yield Entry(source_id=entity.id, field=field, thing_id=entity.id, kind=HitKind.LEGAL_ENTITY, text=text)


def _row(entity: LegalEntity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "version": entity.version,
        "name": entity.name,
        "name_search": search_key(entity.name),
        "full_name": entity.full_name,
        "country": entity.country,
        "tax_id": entity.tax_id,
        "registration_reason_code": entity.registration_reason_code or "",
        "registered_on": entity.registered_on,
    }


def _account(row: sa.Row[Any]) -> BankAccount:
    return BankAccount(
        id=row.id,
        bank_name=row.bank_name,
        bic=row.bic,
        iban=row.iban,
        account=row.account,
        correspondent_account=row.correspondent_account,
        currency=row.currency,
        primary=row.is_primary,
    )


def _account_row(account: BankAccount, entity_id: UUID, place: int) -> dict[str, Any]:
    return {
        "id": account.id,
        "legal_entity_id": entity_id,
        "place": place,
        "bank_name": account.bank_name,
        "bic": account.bic,
        "iban": account.iban,
        "account": account.account,
        "correspondent_account": account.correspondent_account,
        "currency": account.currency,
        "is_primary": account.primary,
    }
