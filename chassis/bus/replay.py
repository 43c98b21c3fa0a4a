"""Hearing again: from a source's event log straight into an inbox, by position."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from chassis.bus.envelope import Message
from chassis.bus.relay import message_of
from chassis.store.database import Database
from chassis.store.inbox import Inbox

_BATCH = 500


def read_log(source: Database, after: int = 0) -> Iterator[list[Message]]:
    """Read a service's published events in the order of their positions, in batches."""
    table = source.tables.outbox
    while True:
        with source.reading() as reading:
            published = sa.and_(table.c.position > after, table.c.published_at.is_not(None))
            rows = reading.connection.execute(
                sa.select(table).where(published).order_by(table.c.position).limit(_BATCH)
            ).all()
        if not rows:
            return
        yield [message_of(source.service, row) for row in rows]
        after = rows[-1].position


def log_length(source: Database) -> int:
    """Tell the position of the last published event."""
    table = source.tables.outbox
    with source.reading() as reading:
        last = sa.select(sa.func.max(table.c.position)).where(table.c.published_at.is_not(None))
        return reading.connection.execute(last).scalar() or 0


def position_of(consumer: Database, source: str) -> int:
    """Tell up to which position of a source the consumer has handled everything."""
    table = consumer.tables.inbox_progress
    with consumer.reading() as reading:
        return reading.connection.execute(sa.select(table.c.position).where(table.c.source == source)).scalar() or 0


def catch_up(
    inbox: Inbox, consumer: Database, source: Database, progress: Callable[[int], None] = lambda position: None
) -> int:
    """Give an inbox what its source published and it has not handled; tell how many events were read.

    Works beside the live system: what comes twice counts once. `progress` is told the position reached.
    """
    read = 0
    after = position_of(consumer, source.service)
    for messages in read_log(source, after):
        inbox.receive(messages)
        read += len(messages)
        progress(after + read)
    return read
