"""Change what is known of a legal entity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
from services.contacts.commands.inputs import BankAccountInput, TaxIdInput, read_accounts, read_tax_ids, today
from services.contacts.commands.saving import save_change
from services.contacts.domain.bank_account import account_list
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.problems import Problems
from services.contacts.storage.legal_entities import LegalEntities
from services.contacts.storage.legal_entity_view import legal_entity_view

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ChangeLegalEntity:
    """Ask that an entity's facts be changed; what is not given stays, lists are given whole."""

    legal_entity_id: UUID
    expected_version: int | None = None
    name: str | Absent = ABSENT
    full_name: str | Absent | None = ABSENT
    country: str | Absent = ABSENT
    tax_id: str | Absent | None = ABSENT
    registration_reason_code: str | Absent | None = ABSENT
    tax_ids: list[TaxIdInput] | Absent = ABSENT
    registered_on: date | Absent | None = ABSENT
    bank_accounts: list[BankAccountInput] | Absent = ABSENT


def change_legal_entity(command: ChangeLegalEntity, tx: Transaction, actor: Actor) -> Json:
    """Change an entity and answer it; where nothing differs nothing is written or told."""
    before = LegalEntities(tx).lock(command.legal_entity_id, actor, expected_version=command.expected_version)
    save_change(before, _revised(before, command, today(tx)), {}, tx, actor)
    return legal_entity_view(tx, before.id)


def _revised(entity: LegalEntity, command: ChangeLegalEntity, day: date) -> LegalEntity:
    problems, before = Problems(), entity
    with problems.under():
        entity = entity.named(_given(command.name, before.name), _given(command.full_name, before.full_name))
    with problems.under():
        entity = entity.identified(
            _given(command.country, before.country),
            _given(command.tax_id, before.tax_id),
            _given(command.registration_reason_code, before.registration_reason_code),
        )
    if command.tax_ids is not ABSENT:
        with problems.under():
            entity = entity.with_numbers(read_tax_ids(command.tax_ids, entity.country))
    if command.registered_on is not ABSENT:
        with problems.under():
            entity = entity.entered(command.registered_on, day)
    if command.bank_accounts is not ABSENT:
        with problems.under():
            entity = entity.banking(account_list(before.bank_accounts, read_accounts(command.bank_accounts)))
    problems.settle()
    return entity


def _given(value: T | Absent, before: T) -> T:
    return before if value is ABSENT else value
