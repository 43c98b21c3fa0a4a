"""Change what is known of a contact person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
from services.contacts.commands.inputs import today
from services.contacts.commands.saving import save_change
from services.contacts.domain.person import ContactPerson
from services.contacts.domain.problems import Problems
from services.contacts.storage.person_view import person_view
from services.contacts.storage.persons import Persons


@dataclass(frozen=True, kw_only=True)
class ChangeContactPerson:
    """Ask that a person's facts be changed; what is not given stays."""

    contact_person_id: UUID
    expected_version: int | None = None
    full_name: str | Absent = ABSENT
    birthday: date | Absent | None = ABSENT
    notes: str | Absent | None = ABSENT
    time_zone: str | Absent | None = ABSENT


def change_contact_person(command: ChangeContactPerson, tx: Transaction, actor: Actor) -> Json:
    """Change a person and answer them; where nothing differs nothing is written or told."""
    before = Persons(tx).lock(command.contact_person_id, actor, expected_version=command.expected_version)
    save_change(before, _revised(before, command, today(tx)), {}, tx, actor)
    return person_view(tx, before.id)


def _revised(person: ContactPerson, command: ChangeContactPerson, day: date) -> ContactPerson:
    problems = Problems()
    if command.full_name is not ABSENT:
        with problems.under():
            person = person.renamed(command.full_name)
    if command.birthday is not ABSENT:
        with problems.under():
            person = person.born(command.birthday, day)
    if command.notes is not ABSENT:
        with problems.under():
            person = person.noted(command.notes)
    if command.time_zone is not ABSENT:
        with problems.under():
            person = person.living_in(command.time_zone)
    problems.settle()
    return person
