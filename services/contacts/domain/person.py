"""Contact persons: who works for a partner or a legal entity, whichever and however many these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from chassis.errors import refuse
from chassis.ids import new_id
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.kinds import CONTACT_PERSON
from services.contacts.domain.problems import Problems
from services.contacts.domain.text import line, optional_text, search_key
from services.contacts.domain.validity import checked_day

_NOTES_LENGTH = 5000


@dataclass(frozen=True, kw_only=True)
class ContactPerson:
    """A person to talk to; their contact points and whom they work for are kept beside."""

    id: UUID
    version: int
    full_name: str
    birthday: date | None
    notes: str | None
    time_zone: str | None
    external_ref: ExternalRef | None = None
    erased_at: datetime | None = None

    @classmethod
    def register(
        cls,
        full_name: str,
        *,
        today: date,
        birthday: date | None = None,
        notes: str | None = None,
        time_zone: str | None = None,
        external_ref: ExternalRef | None = None,
    ) -> ContactPerson:
        """Make a new person; raise Refused with all that does not fit."""
        person = cls(
            id=new_id(CONTACT_PERSON), version=1, full_name="", birthday=None, notes=None, time_zone=None,
            external_ref=external_ref,
        )  # fmt: skip
        problems = Problems()
        with problems.under():
            person = person.renamed(full_name)
        with problems.under():
            person = person.born(birthday, today)
        with problems.under():
            person = person.noted(notes)
        with problems.under():
            person = person.living_in(time_zone)
        problems.settle()
        return person

    def renamed(self, full_name: str) -> ContactPerson:
        """Give the person another name."""
        return replace(self, full_name=line(full_name, "fullName"))

    def born(self, birthday: date | None, today: date) -> ContactPerson:
        """Say when the person was born; raise Refused if that day is still to come."""
        if birthday is not None and birthday > today:
            raise refuse("OCCURRED_IN_FUTURE", "a birthday cannot lie in the future; check the year", "birthday")
        return replace(self, birthday=checked_day(birthday, "birthday"))

    def noted(self, notes: str | None) -> ContactPerson:
        """Keep what is worth knowing of the person."""
        return replace(self, notes=optional_text(notes, "notes", longest=_NOTES_LENGTH))

    def living_in(self, time_zone: str | None) -> ContactPerson:
        """Say in which time zone the person is reached; raise Refused if IANA has none such."""
        zone = (time_zone or "").strip() or None
        if zone is not None and zone not in _time_zones():
            raise refuse("UNKNOWN_TIME_ZONE", f"{zone[:50]!r} is no time zone, like Europe/Moscow", "timeZone")
        return replace(self, time_zone=zone)

    def differences(self, before: ContactPerson) -> tuple[str, ...]:
        """Name the fields in which this differs from what it was before."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != getattr(before, field.name))

    def next_version(self) -> ContactPerson:
        """Count one change."""
        return replace(self, version=self.version + 1)


def recognise_persons(known: Sequence[ContactPerson], given: Sequence[ContactPerson]) -> Mapping[UUID, ContactPerson]:
    """Tell which of the given persons, by their ids, are known ones of the same name; each is recognised once."""
    by_name: dict[str, list[ContactPerson]] = {}
    for person in known:
        by_name.setdefault(search_key(person.full_name), []).append(person)
    recognised = {}
    for person in given:
        namesakes = by_name.get(search_key(person.full_name))
        if namesakes:
            recognised[person.id] = namesakes.pop(0)
    return recognised


@cache  # the library reads a folder for each answer
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
