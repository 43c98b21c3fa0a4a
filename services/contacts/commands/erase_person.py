"""Erase a person, on their request."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.store.erasing import erase_mentions
from chassis.wire import Json
from services.contacts.domain.erasure import erased, reason_of_erasure
from services.contacts.domain.problems import Problems
from services.contacts.events import PersonErased
from services.contacts.storage.changes import Changes
from services.contacts.storage.person_view import person_view
from services.contacts.storage.persons import Persons
from services.contacts.storage.traces import Traces


@dataclass(frozen=True, kw_only=True)
class ErasePerson:
    """Ask that all that is personal of a contact person be erased, for a reason; it cannot be undone."""

    person_id: UUID
    reason: str
    expected_version: int | None = None


def erase_person(command: ErasePerson, tx: Transaction, actor: Actor) -> Json:
    """Erase a person and answer what is left; raise Forbidden, or Refused: PERSON_ERASED if that was done before."""
    actor.require("privacy")
    problems, reason = Problems(), ""
    with problems.under():
        reason = reason_of_erasure(command.reason)
    with problems.under():
        person = Persons(tx).lock(command.person_id, actor, expected_version=command.expected_version, named="person")
    problems.settle()
    traces = Traces(tx.connection, person)
    traces.erase()
    left = erased(person, tx.now)
    Persons(tx).save([left])
    Changes(tx, actor).record(left, left, {"erased": (None, traces.redact(reason))})
    erase_mentions(tx, {person.id, *traces.interaction_ids}, traces.redact)
    tx.emit(PersonErased.of(left, tx.now))
    return person_view(tx, person.id)
