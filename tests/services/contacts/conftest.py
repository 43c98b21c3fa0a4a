"""Contacts as its callers see it: commands and queries by their names, and the events that were told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from chassis.actor import SYSTEM, Actor
from chassis.bus.envelope import Message, event_headers
from chassis.errors import Refused
from chassis.service import reactions_of
from chassis.store.database import Database
from chassis.store.inbox import Inbox
from chassis.store.work import Caller, Work
from chassis.wire import Json, decode, encode
from services.contacts.service import ContactsService
from services.contacts.storage.tables import metadata
from tests.support.databases import OpenDatabase

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class Contacts:
    """The service without its bus, asked by an actor."""

    database: Database
    actor: Actor = field(default=SYSTEM)
    _positions: Iterator[int] = field(default_factory=lambda: count(1))

    def ask(self, name: str, /, **payload: Any) -> Json:
        """Run the command or query of a name."""
        kind = "".join(part.capitalize() for part in name.split("_"))
        package = "commands" if find_spec(f"services.contacts.commands.{name}") else "queries"
        module = import_module(f"services.contacts.{package}.{name}")
        work = Work(self.database, Caller(actor=self.actor))
        run = work.run if package == "commands" else work.read
        return run(getattr(module, name), getattr(module, kind), payload)

    def as_actor(self, actor: Actor) -> Contacts:
        """Ask on behalf of someone else."""
        return Contacts(self.database, actor, self._positions)

    def refused(self, name: str, /, **payload: Any) -> list[tuple[str, str]]:
        """Give code and field of each problem of a command that is refused, and see that it left nothing behind."""
        before = self.rows()
        with pytest.raises(Refused) as refusal:
            self.ask(name, **payload)
        assert self.rows() == before
        return [(problem.code, ".".join(problem.field or ())) for problem in refusal.value.problems]

    def rows(self) -> dict[str, int]:
        """Count the rows of every table."""
        with self.database.reading() as reading:
            return {
                name: reading.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for name, table in self.database.metadata.tables.items()
            }

    def hear(self, type: str, subject: UUID, /, *, at: datetime = LONG_AGO, sequence: int = 1, **data: Any) -> Message:
        """Let the service hear an event of deals or claims; nothing may be parked."""
        message = self.message(type, subject, at=at, sequence=sequence, **data)
        self.receive(message)
        return message

    def message(
        self, type: str, subject: UUID, /, *, at: datetime = LONG_AGO, sequence: int = 1, **data: Any
    ) -> Message:
        """Make an event of deals or claims as the bus brings it."""
        source = "claims" if type.startswith(("claim.", "satisfaction.")) else "deals"
        headers = event_headers(
            event_id=str(uuid4()),
            source=source,
            type=type,
            subject=str(subject),
            occurred_at=at,
            recorded_at=at + timedelta(seconds=1),
            sequence=sequence,
            position=next(self._positions),
            correlation_id=None,
        )
        return Message(headers=headers, body=encode(data))

    def receive(self, *messages: Message) -> None:
        """Receive messages as the bus brings them; nothing may be parked."""
        Inbox(self.database, reactions_of(ContactsService)).receive(messages)
        with self.database.reading() as reading:
            reasons = reading.connection.execute(sa.select(self.database.tables.parked.c.reason)).scalars().all()
        assert reasons == []

    def told(self) -> list[tuple[str, Json]]:
        """Give the events so far: type and data."""
        outbox = self.database.tables.outbox
        with self.database.reading() as reading:
            rows = reading.connection.execute(sa.select(outbox.c.type, outbox.c.data).order_by(outbox.c.id))
            return [(row.type, decode(row.data)) for row in rows]

    def told_types(self) -> list[str]:
        """Give the types of the events so far."""
        return [type for type, _ in self.told()]


@pytest.fixture
def contacts(open_database: OpenDatabase) -> Contacts:
    """An empty contacts service."""
    return Contacts(open_database("contacts", metadata))
