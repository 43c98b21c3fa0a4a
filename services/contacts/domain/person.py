"""Contact persons: who works for a partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.ids import new_id
from services.contacts.domain.contact_point import ContactPoint, contact_list, recognise_points
from services.contacts.domain.kinds import CONTACT_PERSON
from services.contacts.domain.text import line, optional_line, search_key


@dataclass(frozen=True, kw_only=True)
class ContactPerson:
    """A person to talk to at a partner."""

    id: UUID
    full_name: str
    job_title: str | None
    contact_points: tuple[ContactPoint, ...]

    @classmethod
    def of(cls, full_name: str, job_title: str | None, contact_points: Sequence[ContactPoint]) -> ContactPerson:
        """Make a contact person; raise Refused for a name or title that does not fit."""
        return cls(
            id=new_id(CONTACT_PERSON),
            full_name=line(full_name, "fullName"),
            job_title=optional_line(job_title, "jobTitle"),
            contact_points=contact_list(contact_points),
        )


def recognise_persons(known: Sequence[ContactPerson], given: Sequence[ContactPerson]) -> tuple[ContactPerson, ...]:
    """Give persons that were known by the same name the ids they had, theirs and their contact points'."""
    by_name: dict[str, list[ContactPerson]] = {}
    for person in known:
        by_name.setdefault(search_key(person.full_name), []).append(person)
    result = []
    for person in given:
        namesakes = by_name.get(search_key(person.full_name))
        if namesakes:
            before = namesakes.pop(0)
            points = recognise_points(before.contact_points, person.contact_points)
            result.append(replace(person, id=before.id, contact_points=points))
        else:
            result.append(person)
    return tuple(result)
