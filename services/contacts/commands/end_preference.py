"""Say that a preference holds no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.inputs import today
from services.contacts.domain.preference import PreferenceSource
from services.contacts.events import PreferenceEnded
from services.contacts.storage.preferences import Preferences, preference_view


@dataclass(frozen=True, kw_only=True)
class EndPreference:
    """Ask that a preference hold no more from a day on, by default today."""

    preference_id: UUID
    expected_version: int | None = None
    on: date | None = None


def end_preference(command: EndPreference, tx: Transaction, actor: Actor) -> Json:
    """End a preference and answer it."""
    preferences = Preferences(tx)
    held = preferences.lock(command.preference_id, actor, expected_version=command.expected_version)
    if held.source is PreferenceSource.DERIVED:
        actor.require("import")
    ended = held.end(command.on or today(tx))
    preferences.save([ended])
    tx.emit(PreferenceEnded.of(ended, tx.now))
    return preference_view(ended)
