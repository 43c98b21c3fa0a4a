"""What is told of partners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.partner import Partner, Role


@dataclass(frozen=True, kw_only=True)
class PartnerRegistered(Published, type="partner.registered", subject="partner_id"):
    """A partner became known; `source` is the channel it came by."""

    partner_id: UUID
    roles: tuple[Role, ...]
    manager_id: UUID | None
    parent_id: UUID | None
    source: str | None

    @classmethod
    def of(cls, partner: Partner) -> PartnerRegistered:
        """Tell of a new partner."""
        return cls(
            sequence=partner.version,
            occurred_at=partner.registered_at,
            partner_id=partner.id,
            roles=tuple(sorted(partner.roles)),
            manager_id=partner.manager_id,
            parent_id=partner.parent_id,
            source=partner.source,
        )


@dataclass(frozen=True, kw_only=True)
class PartnerChanged(Published, type="partner.changed", subject="partner_id"):
    """Facts of a partner changed; `changed` names them, without their values."""

    partner_id: UUID
    roles: tuple[Role, ...]
    manager_id: UUID | None
    parent_id: UUID | None
    source: str | None
    changed: tuple[str, ...]

    @classmethod
    def of(cls, partner: Partner, changed: Iterable[str], at: datetime) -> PartnerChanged:
        """Tell what changed of a partner."""
        return cls(
            sequence=partner.version,
            occurred_at=at,
            partner_id=partner.id,
            roles=tuple(sorted(partner.roles)),
            manager_id=partner.manager_id,
            parent_id=partner.parent_id,
            source=partner.source,
            changed=tuple(changed),
        )


@dataclass(frozen=True, kw_only=True)
class PartnerMerged(Published, type="partner.merged", subject="partner_id"):
    """A partner turned out to be another: what belongs to it belongs to that one now."""

    partner_id: UUID
    into_id: UUID

    @classmethod
    def of(cls, merged: Partner, into_id: UUID, at: datetime) -> PartnerMerged:
        """Tell into which partner one was merged."""
        return cls(sequence=merged.version, occurred_at=at, partner_id=merged.id, into_id=into_id)


@dataclass(frozen=True, kw_only=True)
class PartnerUnmerged(Published, type="partner.unmerged", subject="partner_id"):
    """A partner is another one again: what belongs to it belongs to it alone."""

    partner_id: UUID
    into_id: UUID

    @classmethod
    def of(cls, partner: Partner, into_id: UUID, at: datetime) -> PartnerUnmerged:
        """Tell from which partner one was taken out again."""
        return cls(sequence=partner.version, occurred_at=at, partner_id=partner.id, into_id=into_id)
