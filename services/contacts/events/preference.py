"""What is told of preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from chassis.events import Published
from services.contacts.domain.preference import Preference, PreferenceKind, PreferenceSource


@dataclass(frozen=True, kw_only=True)
class PreferenceRegistered(Published, type="preference.registered", subject="preference_id"):
    """A partner prefers something: `key` says what; `valid_to` is the first day on which that holds no more."""

    preference_id: UUID
    partner_id: UUID
    kind: PreferenceKind
    key: str
    weight: Decimal
    source: PreferenceSource
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, preference: Preference) -> PreferenceRegistered:
        """Tell of a new preference."""
        return cls(
            sequence=preference.version,
            occurred_at=preference.recorded_at,
            preference_id=preference.id,
            partner_id=preference.partner_id,
            kind=preference.kind,
            key=preference.value,
            weight=preference.weight,
            source=preference.source,
            valid_from=preference.valid_from,
            valid_to=preference.valid_to,
        )


@dataclass(frozen=True, kw_only=True)
class PreferenceEnded(Published, type="preference.ended", subject="preference_id"):
    """A preference holds no more from a day on."""

    preference_id: UUID
    partner_id: UUID
    kind: PreferenceKind
    key: str
    valid_to: date

    @classmethod
    def of(cls, preference: Preference, at: datetime) -> PreferenceEnded:
        """Tell of a preference's end."""
        assert preference.valid_to is not None
        return cls(
            sequence=preference.version,
            occurred_at=at,
            preference_id=preference.id,
            partner_id=preference.partner_id,
            kind=preference.kind,
            key=preference.value,
            valid_to=preference.valid_to,
        )
