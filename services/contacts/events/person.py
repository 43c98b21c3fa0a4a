"""What is told of contact persons: that there is one, and for whom they work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from chassis.ids import kind_of
from services.contacts.domain.kinds import LEGAL_ENTITY, PARTNER
from services.contacts.domain.links import PersonLink, PersonRole
from services.contacts.domain.person import ContactPerson


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Published, type="person.registered", subject="person_id"):
    """A contact person became known."""

    person_id: UUID

    @classmethod
    def of(cls, person: ContactPerson, at: datetime) -> PersonRegistered:
        """Tell of a new person."""
        return cls(sequence=person.version, occurred_at=at, person_id=person.id)


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Published, type="person.changed", subject="person_id"):
    """Facts of a person changed; `changed` names them, without their values."""

    person_id: UUID
    changed: tuple[str, ...]

    @classmethod
    def of(cls, person: ContactPerson, changed: Iterable[str], at: datetime) -> PersonChanged:
        """Tell what changed of a person."""
        return cls(sequence=person.version, occurred_at=at, person_id=person.id, changed=tuple(changed))


@dataclass(frozen=True, kw_only=True)
class PersonLinked(Published, type="person.linked", subject="person_id"):
    """A person works for a partner or a legal entity, or does something else there now."""

    person_id: UUID
    partner_id: UUID | None
    legal_entity_id: UUID | None
    role: PersonRole

    @classmethod
    def of(cls, person: ContactPerson, link: PersonLink, at: datetime) -> PersonLinked:
        """Tell for whom a person works."""
        owner = link.owner_id
        return cls(
            sequence=person.version,
            occurred_at=at,
            person_id=person.id,
            partner_id=owner if kind_of(owner) == PARTNER else None,
            legal_entity_id=owner if kind_of(owner) == LEGAL_ENTITY else None,
            role=link.role,
        )


@dataclass(frozen=True, kw_only=True)
class PersonUnlinked(Published, type="person.unlinked", subject="person_id"):
    """A person works for a partner or a legal entity no more."""

    person_id: UUID
    partner_id: UUID | None
    legal_entity_id: UUID | None

    @classmethod
    def of(cls, person: ContactPerson, link: PersonLink, at: datetime) -> PersonUnlinked:
        """Tell whom a person has left."""
        owner = link.owner_id
        return cls(
            sequence=person.version,
            occurred_at=at,
            person_id=person.id,
            partner_id=owner if kind_of(owner) == PARTNER else None,
            legal_entity_id=owner if kind_of(owner) == LEGAL_ENTITY else None,
        )


@dataclass(frozen=True, kw_only=True)
class PersonErased(Published, type="person.erased", subject="person_id"):
    """A person was erased: whoever holds anything that names them erases it too."""

    person_id: UUID

    @classmethod
    def of(cls, person: ContactPerson, at: datetime) -> PersonErased:
        """Tell that a person was erased."""
        return cls(sequence=person.version, occurred_at=at, person_id=person.id)
