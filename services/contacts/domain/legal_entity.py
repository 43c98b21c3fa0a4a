"""Legal entities: in whose name a partner signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.bank_account import BankAccount
from services.contacts.domain.kinds import LEGAL_ENTITY
from services.contacts.domain.problems import Problems
from services.contacts.domain.tax_id import TaxId, known_country, main_number, reason_code
from services.contacts.domain.text import line, optional_line
from services.contacts.domain.validity import checked_day

_FULL_NAME_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class LegalEntity:
    """A legal person; where it has a tax id, that and the registration reason code tell it from others."""

    id: UUID
    version: int
    name: str
    full_name: str | None
    country: str
    tax_id: str | None
    registration_reason_code: str | None
    tax_ids: tuple[TaxId, ...]
    registered_on: date | None
    bank_accounts: tuple[BankAccount, ...]

    @classmethod
    def register(
        cls,
        *,
        name: str,
        country: str,
        tax_id: str | None = None,
        registration_reason_code: str | None = None,
        full_name: str | None = None,
    ) -> LegalEntity:
        """Make a legal entity; raise Refused with all that its country would not give, or that does not fit."""
        entity = cls(
            id=new_id(LEGAL_ENTITY), version=1, name="", full_name=None, country="", tax_id=None,
            registration_reason_code=None, tax_ids=(), registered_on=None, bank_accounts=(),
        )  # fmt: skip
        problems = Problems()
        with problems.under():
            entity = entity.named(name, full_name)
        with problems.under():
            entity = entity.identified(country, tax_id, registration_reason_code)
        problems.settle()
        return entity

    def named(self, name: str, full_name: str | None) -> LegalEntity:
        """Give the entity another name, and the full one that contracts are signed with."""
        full = optional_line(full_name, "fullName", longest=_FULL_NAME_LENGTH)
        return replace(self, name=line(name, "name"), full_name=full)

    def identified(self, country: str, tax_id: str | None, registration_reason_code: str | None) -> LegalEntity:
        """Give the entity the numbers that its country knows it by; raise Refused where it would not give them."""
        land = known_country(country, "country")
        number = main_number(land, optional_line(tax_id, "taxId", longest=50))
        code = reason_code(land, number, optional_line(registration_reason_code, "registrationReasonCode"))
        return replace(self, country=land, tax_id=number, registration_reason_code=code)

    def with_numbers(self, tax_ids: Iterable[TaxId]) -> LegalEntity:
        """Give the entity its further numbers."""
        return replace(self, tax_ids=tuple(tax_ids))

    def banking(self, bank_accounts: Iterable[BankAccount]) -> LegalEntity:
        """Give the entity its bank accounts."""
        return replace(self, bank_accounts=tuple(bank_accounts))

    def entered(self, registered_on: date | None, today: date) -> LegalEntity:
        """Say when the entity was entered into the register; raise Refused if that day is still to come."""
        if registered_on is not None and registered_on > today:
            raise refuse("OCCURRED_IN_FUTURE", "an entity is registered today or was before", "registeredOn")
        return replace(self, registered_on=checked_day(registered_on, "registeredOn"))

    def differences(self, before: LegalEntity) -> tuple[str, ...]:
        """Name the fields in which this differs from what it was before."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != getattr(before, field.name))

    def next_version(self) -> LegalEntity:
        """Count one change."""
        return replace(self, version=self.version + 1)
