"""Change what is known of a partner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
from services.contacts.commands.inputs import ContactPersonInput, ContactPointInput, read_persons, read_points
from services.contacts.domain.contact_point import recognise_points
from services.contacts.domain.partner import Partner, Role
from services.contacts.domain.person import recognise_persons
from services.contacts.domain.problems import Problems
from services.contacts.events import PartnerChanged
from services.contacts.storage.contact_book import ContactBook
from services.contacts.storage.partner_view import partner_view
from services.contacts.storage.partners import Partners
from services.contacts.storage.staff import Staff


@dataclass(frozen=True, kw_only=True)
class ChangePartner:
    """Ask that a partner's facts be changed; what is not given stays, lists are given whole."""

    partner_id: UUID
    expected_version: int | None = None
    name: str | Absent = ABSENT
    roles: list[Role] | Absent = ABSENT
    manager_id: UUID | Absent | None = ABSENT
    contact_points: list[ContactPointInput] | Absent = ABSENT
    contact_persons: list[ContactPersonInput] | Absent = ABSENT


def change_partner(command: ChangePartner, tx: Transaction, actor: Actor) -> Json:
    """Change a partner and answer it; where nothing differs nothing is written or told."""
    partners = Partners(tx)
    before = partners.lock(command.partner_id, actor, expected_version=command.expected_version)
    problems = Problems()
    changed: list[str] = []
    with problems.under():
        after = _revised(before, command, tx)
        changed += after.differences(before)
    with problems.under():
        changed += _rewrite_contacts(command, tx)
    problems.settle()
    if changed:
        after = after.next_version()
        partners.save([after])
        tx.emit(PartnerChanged.of(after, changed, tx.now))
    return partner_view(tx.connection, after.id)


def _revised(partner: Partner, command: ChangePartner, tx: Transaction) -> Partner:
    problems = Problems()
    if command.name is not ABSENT:
        with problems.under():
            partner = partner.renamed(command.name)
    if command.roles is not ABSENT:
        with problems.under():
            partner = partner.in_roles(command.roles)
    if command.manager_id is not ABSENT:
        with problems.under():
            Staff(tx.connection).check_manager(command.manager_id, "manager")
            partner = replace(partner, manager_id=command.manager_id)
    problems.settle()
    return partner


def _rewrite_contacts(command: ChangePartner, tx: Transaction) -> list[str]:
    """Write the lists that were given and differ; name them."""
    book, id, problems = ContactBook(tx.connection), command.partner_id, Problems()
    country = _country(book, command, tx)
    changed = []
    if command.contact_points is not ABSENT:
        with problems.under():
            known = book.points_of([id]).get(id, ())
            points = recognise_points(known, read_points(command.contact_points, country))
            if points != known:
                book.replace_points({id: points})
                changed.append("contact_points")
    if command.contact_persons is not ABSENT:
        with problems.under():
            people = book.persons_of([id]).get(id, ())
            persons = recognise_persons(people, read_persons(command.contact_persons, country))
            if persons != people:
                book.replace_persons(id, persons)
                changed.append("contact_persons")
    problems.settle()
    return changed


def _country(book: ContactBook, command: ChangePartner, tx: Transaction) -> str:
    """Tell where a phone number without a country code is."""
    entities = book.legal_entities_of([command.partner_id]).get(command.partner_id)
    return entities[0].country if entities else tx.enterprise.country
