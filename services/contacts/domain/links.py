"""Who belongs to whom: persons and legal entities to partners, persons to legal entities."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contacts.domain.text import optional_line
from services.contacts.domain.validity import check_interval


class PersonRole(StrEnum):
    """What a person is to a partner or a legal entity."""

    DECISION_MAKER = "DECISION_MAKER"
    BUYER = "BUYER"
    ACCOUNTANT = "ACCOUNTANT"
    DIRECTOR = "DIRECTOR"
    TECHNICAL = "TECHNICAL"
    OTHER = "OTHER"


class EntityRole(StrEnum):
    """What a legal entity is to a partner: who signs, who pays, who receives the goods."""

    CONTRACTING = "CONTRACTING"
    PAYER = "PAYER"
    CONSIGNEE = "CONSIGNEE"


@dataclass(frozen=True, kw_only=True)
class PersonLink:
    """A person at a partner or a legal entity (`owner_id`), from ≤ day < to."""

    owner_id: UUID
    person_id: UUID
    role: PersonRole = PersonRole.OTHER
    job_title: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @classmethod
    def of(
        cls,
        owner_id: UUID,
        person_id: UUID,
        *,
        role: PersonRole | None = None,
        job_title: str | None = None,
        valid_from: date | None = None,
        valid_to: date | None = None,
    ) -> PersonLink:
        """Make a link; raise Refused for a job title or an interval that does not fit."""
        check_interval(valid_from, valid_to)
        return cls(
            owner_id=owner_id,
            person_id=person_id,
            role=role or PersonRole.OTHER,
            job_title=checked_title(job_title),
            valid_from=valid_from,
            valid_to=valid_to,
        )

    def end(self, day: date) -> PersonLink:
        """Say that the link holds no more from a day on; raise Refused if it did not hold before."""
        check_interval(self.valid_from, day)
        return replace(self, valid_to=day)


@dataclass(frozen=True, kw_only=True)
class EntityLink:
    """A legal entity behind a partner, from ≤ day < to."""

    partner_id: UUID
    legal_entity_id: UUID
    role: EntityRole = EntityRole.CONTRACTING
    valid_from: date | None = None
    valid_to: date | None = None

    @classmethod
    def of(
        cls,
        partner_id: UUID,
        legal_entity_id: UUID,
        *,
        role: EntityRole | None = None,
        valid_from: date | None = None,
        valid_to: date | None = None,
    ) -> EntityLink:
        """Make a link; raise Refused for an interval that does not fit."""
        check_interval(valid_from, valid_to)
        return cls(
            partner_id=partner_id,
            legal_entity_id=legal_entity_id,
            role=role or EntityRole.CONTRACTING,
            valid_from=valid_from,
            valid_to=valid_to,
        )

    def end(self, day: date) -> EntityLink:
        """Say that the link holds no more from a day on; raise Refused if it did not hold before."""
        check_interval(self.valid_from, day)
        return replace(self, valid_to=day)


def checked_title(job_title: str | None) -> str | None:
    """Tidy a job title; blank is none; raise Refused for one that does not fit."""
    return optional_line(job_title, "jobTitle")
