"""Letting the service hear what it tells itself, and letting its timers fire."""

from __future__ import annotations

from datetime import UTC

import sqlalchemy as sa

from chassis.events import Heard
from chassis.service import reactions_of
from chassis.store.timers import Timers
from chassis.wire import decode
from services.contacts.service import ContactsService
from tests.services.contacts.conftest import Contacts


def settle(contacts: Contacts) -> None:
    """Let the service hear all that it has told, and fire what is due, until nothing more comes of it."""
    timers = Timers(contacts.database, ContactsService.db.timers)
    heard = 0
    while True:
        outbox = contacts.database.tables.outbox
        with contacts.database.reading() as reading:
            rows = reading.connection.execute(sa.select(outbox).where(outbox.c.id > heard).order_by(outbox.c.id)).all()
        for row in rows:
            heard = row.id
            _hear(contacts, row)
        if not rows and not timers.fire_next():
            return


def _hear(contacts: Contacts, row: sa.Row[tuple[object, ...]]) -> None:
    event = Heard(
        id=str(row.event_id), source="contacts", type=row.type, position=row.id, sequence=row.sequence,
        occurred_at=row.occurred_at.astimezone(UTC), recorded_at=row.recorded_at, data=decode(row.data),
    )  # fmt: skip
    for reaction in reactions_of(ContactsService).get(("contacts", row.type), ()):
        with contacts.database.transaction() as tx:
            reaction(event, tx)
