"""What is told of legal entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.legal_entity import LegalEntity


@dataclass(frozen=True, kw_only=True)
class LegalEntityRegistered(Published, type="legal_entity.registered", subject="legal_entity_id"):
    """A legal entity became known."""

    legal_entity_id: UUID
    country: str

    @classmethod
    def of(cls, entity: LegalEntity, at: datetime) -> LegalEntityRegistered:
        """Tell of a new legal entity."""
        return cls(sequence=entity.version, occurred_at=at, legal_entity_id=entity.id, country=entity.country)


@dataclass(frozen=True, kw_only=True)
class LegalEntityChanged(Published, type="legal_entity.changed", subject="legal_entity_id"):
    """Facts of a legal entity changed; `changed` names them, without their values."""

    legal_entity_id: UUID
    country: str
    changed: tuple[str, ...]

    @classmethod
    def of(cls, entity: LegalEntity, changed: Iterable[str], at: datetime) -> LegalEntityChanged:
        """Tell what changed of a legal entity."""
        return cls(
            sequence=entity.version,
            occurred_at=at,
            legal_entity_id=entity.id,
            country=entity.country,
            changed=tuple(changed),
        )
