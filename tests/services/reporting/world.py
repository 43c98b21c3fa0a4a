"""A reporting service without its bus: it hears messages as the bus brings them, and is asked as the gateway asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.actor import Actor
from chassis.bus.envelope import Message, event_headers
from chassis.errors import Problem, Refused
from chassis.ids import new_id
from chassis.service import reactions_of
from chassis.store.database import Database
from chassis.store.inbox import Inbox
from chassis.store.work import Caller, Work
from chassis.wire import Json, encode, plain
from services.reporting.service import ReportingService
from services.reporting.storage.tables import PROJECTIONS

PARTNER, MANAGER, TEAM, INTERACTION, SEGMENT, PROCESS, DEAL, STEP, PAYMENT, TASK, CLAIM, TARGET = (
    0x101, 0x102, 0x103, 0x118, 0x130, 0x201, 0x202, 0x231, 0x222, 0x230, 0x301, 0x241,
)  # fmt: skip
ANALYST = Actor(subject="analyst", role="analyst", reach="all", scopes=frozenset({"read"}))


def at(text: str) -> datetime:
    """Read an instant in UTC: "2026-03-05" or "2026-03-05T10:00"."""
    return datetime.fromisoformat(f"{text}+00:00" if "T" in text else f"{text}T00:00+00:00")


@dataclass(frozen=True, kw_only=True)
class Told:
    """An event as its source tells it, before it has a position."""

    source: str
    type: str
    subject: UUID
    sequence: int
    occurred_at: datetime
    recorded_at: datetime
    data: dict[str, Any]


@dataclass
class Bus:
    """Gives events their positions, in the order in which they are published."""

    positions: dict[str, Iterable[int]] = field(default_factory=dict)

    def publish(self, *events: Told) -> list[Message]:
        """Make the messages of events."""
        return [self._message(event) for event in events]

    def _message(self, event: Told) -> Message:
        position = next(iter(self.positions.setdefault(event.source, count(1))))
        headers = event_headers(
            event_id=str(new_id(0)),
            source=event.source,
            type=event.type,
            subject=str(event.subject),
            occurred_at=event.occurred_at,
            recorded_at=event.recorded_at,
            sequence=event.sequence,
            position=position,
            correlation_id=None,
        )
        return Message(headers=headers, body=encode(event.data))


class World:
    """The service as its sources and its callers see it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.bus = Bus()
        self.inbox = Inbox(database, reactions_of(ReportingService))

    def forget(self) -> None:
        """Be as new: nothing was told yet."""
        self.bus = Bus()
        with self.database.transaction() as tx:
            for table in (*PROJECTIONS, tx.tables.inbox_progress, tx.tables.inbox_ahead, tx.tables.parked):
                tx.connection.execute(table.delete())

    def hear(self, *events: Told) -> None:
        """Hear events in the order in which they are published."""
        self.receive(self.bus.publish(*events))

    def receive(self, messages: Sequence[Message]) -> None:
        """Receive messages in any order; none of them may be parked."""
        self.inbox.receive(messages)
        with self.database.reading() as reading:
            parked = reading.connection.execute(sa.select(self.database.tables.parked.c.reason)).scalars().all()
        assert not parked

    def ask(self, query: str, actor: Actor = ANALYST, **payload: Any) -> Json:
        """Ask a question."""
        service = SimpleNamespace(db=Work(self.database, Caller(actor=actor)))
        wanted = plain({name: value for name, value in payload.items() if value is not None})
        return getattr(ReportingService, query)(service, wanted)

    def refused(self, query: str, **payload: Any) -> Problem:
        """Ask a question that is refused, with one problem."""
        with pytest.raises(Refused) as refusal:
            self.ask(query, **payload)
        (problem,) = refusal.value.problems
        return problem

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Give everything that the projections hold."""
        with self.database.reading() as reading:
            return {
                table.name: [
                    tuple(row) for row in reading.connection.execute(sa.select(table).order_by(*table.primary_key))
                ]
                for table in PROJECTIONS
            }
