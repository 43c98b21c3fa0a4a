"""Contacts as its callers see it: commands and queries by their names, and the events that were told."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.actor import SYSTEM, Actor
from chassis.store.database import Database
from chassis.store.work import Caller, Work
from chassis.wire import Json, decode
from services.contacts.storage.tables import metadata
from tests.support.databases import OpenDatabase


@dataclass
class Contacts:
    """The service without its bus, asked by an actor."""

    database: Database
    actor: Actor = field(default=SYSTEM)

    def ask(self, name: str, /, **payload: Any) -> Json:
        """Run the command or query of a name."""
        kind = "".join(part.capitalize() for part in name.split("_"))
        package = "commands" if name.startswith(("register_", "change_", "import_")) else "queries"
        module = import_module(f"services.contacts.{package}.{name}")
        work = Work(self.database, Caller(actor=self.actor))
        run = work.run if package == "commands" else work.read
        return run(getattr(module, name), getattr(module, kind), payload)

    def as_actor(self, actor: Actor) -> Contacts:
        """Ask on behalf of someone else."""
        return Contacts(self.database, actor)

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
