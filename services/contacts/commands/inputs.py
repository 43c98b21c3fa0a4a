"""The parts that several commands take, and how the domain reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import refuse
from chassis.store.database import Transaction
from services.contacts.domain.address import Address
from services.contacts.domain.bank_account import BankAccount, account_list
from services.contacts.domain.contact_point import ContactPoint, ContactPointKind, Messenger, contact_list
from services.contacts.domain.legal_entity import LegalEntity
from services.contacts.domain.links import EntityRole, PersonRole, checked_title
from services.contacts.domain.person import ContactPerson
from services.contacts.domain.problems import Problems
from services.contacts.domain.tax_id import TaxId, TaxIdKind, further_numbers, known_country

_LONGEST_LIST = 100


@dataclass(frozen=True, kw_only=True)
class AddressInput:
    """The parts of an address, as far as they are known."""

    country: str | None = None
    postal_code: str | None = None
    region: str | None = None
    city: str | None = None
    street: str | None = None
    building: str | None = None
    unit: str | None = None

    def read(self) -> Address | None:
        """Read the parts; raise Refused for one that does not fit."""
        return Address.of(
            country=self.country,
            postal_code=self.postal_code,
            region=self.region,
            city=self.city,
            street=self.street,
            building=self.building,
            unit=self.unit,
        )


@dataclass(frozen=True, kw_only=True)
class ContactPointInput:
    """A way to reach someone, as it was typed; `country` is that of a national phone number."""

    kind: ContactPointKind
    value: str
    primary: bool | None = None
    country: str | None = None
    messenger: Messenger | None = None
    address: AddressInput | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def read(self, country: str) -> ContactPoint:
        """Read the contact point; raise Refused with all that does not fit."""
        problems = Problems()
        land, address = country, None
        with problems.under():
            land = known_country(self.country, "country") if self.country else country
        with problems.under("address"):
            address = self.address.read() if self.address else None
        problems.settle()
        return ContactPoint.of(
            self.kind,
            self.value,
            country=land,
            primary=bool(self.primary),
            messenger=self.messenger,
            address=address,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


@dataclass(frozen=True, kw_only=True)
class ContactPersonInput:
    """A person who works for a partner or a legal entity."""

    full_name: str
    job_title: str | None = None
    role: PersonRole | None = None
    birthday: date | None = None
    notes: str | None = None
    time_zone: str | None = None
    contact_points: list[ContactPointInput] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class TaxIdInput:
    """A number beside the one that the country knows its companies by."""

    kind: TaxIdKind
    number: str


@dataclass(frozen=True, kw_only=True)
class BankAccountInput:
    """A bank account; an IBAN, or the number its bank gave it."""

    bank_name: str
    currency: str
    bic: str | None = None
    iban: str | None = None
    account: str | None = None
    correspondent_account: str | None = None
    primary: bool | None = None

    def read(self) -> BankAccount:
        """Read the account; raise Refused with all that does not fit."""
        return BankAccount.of(
            bank_name=self.bank_name,
            currency=self.currency,
            bic=self.bic,
            iban=self.iban,
            account=self.account,
            correspondent_account=self.correspondent_account,
            primary=bool(self.primary),
        )


@dataclass(frozen=True, kw_only=True)
class LegalEntityInput:
    """A legal person; the registration reason code is Russia's KPP."""

    name: str
    country: str
    tax_id: str | None = None
    registration_reason_code: str | None = None
    full_name: str | None = None
    tax_ids: list[TaxIdInput] = field(default_factory=list)
    registered_on: date | None = None
    bank_accounts: list[BankAccountInput] = field(default_factory=list)
    role: EntityRole | None = None

    def read(self, today: date) -> LegalEntity:
        """Read the legal entity; raise Refused with all that does not fit."""
        problems = Problems()
        entity = None
        with problems.under():
            entity = LegalEntity.register(
                name=self.name,
                full_name=self.full_name,
                country=self.country,
                tax_id=self.tax_id,
                registration_reason_code=self.registration_reason_code,
            )
        if entity is not None:
            with problems.under():
                entity = entity.with_numbers(read_tax_ids(self.tax_ids, entity.country))
            with problems.under():
                entity = entity.entered(self.registered_on, today)
            with problems.under():
                entity = entity.banking(account_list((), read_accounts(self.bank_accounts)))
        problems.settle()
        assert entity is not None
        return entity


@dataclass(frozen=True, kw_only=True)
class GivenPerson:
    """A person as a command gives them, with what they do for whom and how they are reached."""

    person: ContactPerson
    role: PersonRole | None
    job_title: str | None
    contact_points: tuple[ContactPoint, ...]


def read_points(given: Sequence[ContactPointInput], country: str) -> tuple[ContactPoint, ...]:
    """Read the contact points of one owner; raise Refused with all that does not fit."""
    check_length(given, "contactPoints")
    problems, points = Problems(), []
    for place, one in enumerate(given):
        with problems.under("contactPoints", place):
            points.append(one.read(country))
    with problems.under("contactPoints"):
        points = list(contact_list(points))
    problems.settle()
    return tuple(points)


def read_persons(given: Sequence[ContactPersonInput], country: str, today: date) -> tuple[GivenPerson, ...]:
    """Read contact persons; raise Refused with all that does not fit."""
    check_length(given, "contactPersons")
    problems, persons = Problems(), []
    for place, one in enumerate(given):
        with problems.under("contactPersons", place):
            persons.append(read_person(one, country, today))
    problems.settle()
    return tuple(persons)


def read_person(given: ContactPersonInput, country: str, today: date) -> GivenPerson:
    """Read a contact person; raise Refused with all that does not fit."""
    problems = Problems()
    person, job_title = None, None
    points: tuple[ContactPoint, ...] = ()
    with problems.under():
        person = ContactPerson.register(
            given.full_name,
            today=today,
            birthday=given.birthday,
            notes=given.notes,
            time_zone=given.time_zone,
        )
    with problems.under():
        job_title = checked_title(given.job_title)
    with problems.under():
        points = read_points(given.contact_points, country)
    problems.settle()
    assert person is not None
    return GivenPerson(person=person, role=given.role, job_title=job_title, contact_points=points)


def read_legal_entities(given: Sequence[LegalEntityInput], today: date) -> tuple[LegalEntity, ...]:
    """Read legal entities; raise Refused with all that does not fit."""
    check_length(given, "legalEntities")
    problems, entities = Problems(), []
    for place, one in enumerate(given):
        with problems.under("legalEntities", place):
            entities.append(one.read(today))
    problems.settle()
    return tuple(entities)


def read_tax_ids(given: Sequence[TaxIdInput], country: str) -> tuple[TaxId, ...]:
    """Read further tax ids; raise Refused with all that does not fit."""
    check_length(given, "taxIds")
    return further_numbers(country, [(one.kind, one.number) for one in given])


def read_accounts(given: Sequence[BankAccountInput]) -> tuple[BankAccount, ...]:
    """Read bank accounts; raise Refused with all that does not fit."""
    check_length(given, "bankAccounts")
    problems, accounts = Problems(), []
    for place, one in enumerate(given):
        with problems.under("bankAccounts", place):
            accounts.append(one.read())
    problems.settle()
    return tuple(accounts)


def check_length(given: Sequence[object], field: str) -> None:
    """Raise Refused for a list that is longer than anyone's."""
    if len(given) > _LONGEST_LIST:
        raise refuse("TOO_MANY", f"at most {_LONGEST_LIST} fit here; these are {len(given)}", field)


def today(tx: Transaction) -> date:
    """Tell the business day on which a command runs."""
    return day_of(tx.now, tx.enterprise.zone)


def moment(occurred_at: datetime | None, tx: Transaction, actor: Actor) -> datetime:
    """Tell when a fact happened: now, or where an importer places it; raise Forbidden or Refused."""
    if occurred_at is None:
        return tx.now
    actor.require("import")
    if occurred_at.tzinfo is None:
        raise refuse("INVALID", "an instant has a zone: 2017-03-01T09:00:00Z", "occurredAt")
    if occurred_at > tx.now:
        raise refuse("OCCURRED_IN_FUTURE", "a fact cannot lie in the future", "occurredAt")
    return occurred_at
