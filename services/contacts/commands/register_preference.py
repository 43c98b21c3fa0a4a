"""Put on record what a client prefers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.inputs import today
from services.contacts.domain.preference import Preference, PreferenceKind, PreferenceSource, make_room
from services.contacts.events import PreferenceEnded, PreferenceRegistered
from services.contacts.storage.partners import Partners
from services.contacts.storage.preferences import Preferences, preference_view


@dataclass(frozen=True, kw_only=True)
class RegisterPreference:
    """Ask that a preference be put on record; from today on, if not said otherwise, and without end."""

    partner_id: UUID
    kind: PreferenceKind
    value: str
    weight: Decimal = Decimal(1)
    source: PreferenceSource = PreferenceSource.STATED
    valid_from: date | None = None
    valid_to: date | None = None


def register_preference(command: RegisterPreference, tx: Transaction, actor: Actor) -> Json:
    """Register a preference and answer it; of those stated in one thing the later ends the earlier."""
    if command.source is PreferenceSource.DERIVED:
        actor.require("import")
    partner = Partners(tx).lock(command.partner_id, actor)  # held, so that two at once cannot overlap
    preference = Preference.register(
        partner.id,
        command.kind,
        command.value,
        source=command.source,
        valid_from=command.valid_from or today(tx),
        valid_to=command.valid_to,
        weight=command.weight,
        now=tx.now,
    )
    preferences = Preferences(tx)
    ended: list[Preference] = []
    if command.source is PreferenceSource.STATED:
        preference, ended = make_room(preference, preferences.stated(partner.id, command.kind))
    preferences.save(ended)
    preferences.add(preference)
    for one in ended:
        tx.emit(PreferenceEnded.of(one, tx.now))
    tx.emit(PreferenceRegistered.of(preference))
    return preference_view(preference)
