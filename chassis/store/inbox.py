"""What a service does with what it hears: each event has its effect once, and a failing one hinders no other.

The reaction and the mark that its event was handled commit together. Of each source the inbox keeps the position up to
which everything was handled and the positions handled ahead of it, so that the mark costs no row per event and a restart
knows what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any, TypeVar

import sqlalchemy as sa

from chassis.bus.envelope import Message, read_message
from chassis.errors import Unavailable, Undecodable
from chassis.events import Heard
from chassis.ids import new_id
from chassis.store.database import Database, Transaction
from chassis.store.types import storable
from chassis.telemetry import log

T = TypeVar("T")

Reaction = Callable[[Heard, Transaction], None]
BatchReaction = Callable[[Sequence[Heard], Transaction], None]
Reactions = Mapping[tuple[str, str], Sequence[Reaction]]


@dataclass(frozen=True)
class InBatches:
    """A reaction that is given what it reacts to of a whole batch at once, in the order of arrival.

    It runs when the batch ends, after the reactions to single events; those of several types that are the same function
    are one, and get all their events in one call. Where events are tried one by one (a batch with a failure, a retry) it
    gets one at a time, and as a Reaction it takes one.
    """

    react: BatchReaction

    @property
    def __name__(self) -> str:
        return self.react.__name__

    def __call__(self, event: Heard, tx: Transaction) -> None:
        """React to one event alone."""
        self.react([event], tx)


RETRYING = "retrying"
PARKED = "parked"
_PARKED_KIND = 0x001
_FEW = 50
"""Events that are tried one by one; where more fail together, each half is tried by itself."""


class Inbox:
    """Applies events to a service's database; `delays` are the seconds before each new try of a failed reaction."""

    def __init__(
        self, database: Database, reactions: Reactions, delays: Sequence[float] = (1, 5, 30, 120, 600)
    ) -> None:
        self._database = database
        self._reactions = reactions
        self._delays = delays

    def receive(self, messages: Iterable[Message]) -> None:
        """Handle messages from the bus in one transaction; when this returns they are handled, kept for a retry or parked.

        Raise Unavailable when the database is away: the messages stay with the bus, and what was handled counts once.
        """
        events: list[tuple[Heard, Message]] = []
        garbage: list[tuple[Message, Undecodable]] = []
        for message in messages:
            try:
                events.append((read_message(message), message))
            except Undecodable as error:
                garbage.append((message, error))
        self.hear(events, lambda message: message)
        if garbage:
            with self._database.transaction() as tx:
                for message, fault in garbage:
                    self._park(tx, message, None, str(fault))

    def hear(self, events: Sequence[tuple[Heard, T]], message_of: Callable[[T], Message]) -> None:
        """Handle events as `receive` does, each with that of which its message is made if it has to be kept."""
        if not events:
            return
        try:
            with self._database.transaction() as tx:
                self._apply(tx, [event for event, _ in events])
        except Unavailable:
            raise
        except Exception as error:
            # rare, so that a savepoint for each reaction, a third of the work, is paid only now, and only near the fault
            log.warning("inbox.batch_failed", size=len(events), error=str(error))
            if len(events) > _FEW:
                middle = len(events) // 2
                self.hear(events[:middle], message_of)
                self.hear(events[middle:], message_of)
                return
            with self._database.transaction() as tx:
                self._apply_one_by_one(tx, events, message_of)

    def _apply(self, tx: Transaction, events: Sequence[Heard]) -> None:
        progress = Progress.lock(tx, {event.source for event in events})
        self.react_to(tx, [event for event in events if progress[event.source].mark(event)])
        for one in progress.values():
            one.save(tx)

    def react_to(self, tx: Transaction, events: Iterable[Heard]) -> None:
        """React to each event in the order given, then to the batches, marking nothing; raise what a reaction raises.

        The correlation id of what a reaction emits is its event's. What one in batches emits has none, unless it sets
        `tx.correlation_id` before: it follows from many events.
        """
        batches: dict[InBatches, list[Heard]] = {}
        for event in events:
            for reaction in self._reactions.get((event.source, event.type), ()):
                if isinstance(reaction, InBatches):
                    batches.setdefault(reaction, []).append(event)
                else:
                    tx.correlation_id = event.correlation_id
                    reaction(event, tx)
        for batch, heard in batches.items():
            tx.correlation_id = heard[0].correlation_id if len(heard) == 1 else None
            batch.react(heard, tx)

    def _apply_one_by_one(
        self, tx: Transaction, events: Sequence[tuple[Heard, T]], message_of: Callable[[T], Message]
    ) -> None:
        progress = Progress.lock(tx, {event.source for event, _ in events})
        for event, origin in events:
            if progress[event.source].mark(event):
                tx.correlation_id = event.correlation_id
                reactions = self._reactions.get((event.source, event.type), ())
                self._react_or_keep(tx, reactions, event, partial(message_of, origin))
        for one in progress.values():
            one.save(tx)

    def _react_or_keep(
        self, tx: Transaction, reactions: Sequence[Reaction], event: Heard, message: Callable[[], Message]
    ) -> None:
        """React; where one reaction fails, undo what all of them wrote: the next try is of all of them."""
        try:
            with tx.attempt():
                for reaction in reactions:
                    reaction(event, tx)
        except Exception as error:
            if _is_outage(error):
                raise
            log.warning("inbox.reaction_failed", type=event.type, position=event.position, exc_info=True)
            reason = f"{reaction.__name__}: {type(error).__name__}: {error}"
            self._park(tx, message(), event, reason, delays=self._delays)

    def _park(
        self, tx: Transaction, message: Message, event: Heard | None, reason: str, delays: Sequence[float] = ()
    ) -> None:
        tx.connection.execute(
            tx.tables.parked.insert(),
            {
                "id": new_id(_PARKED_KIND),
                "state": RETRYING if delays else PARKED,
                "source": event.source if event else None,
                "type": event.type if event else None,
                "position": event.position if event else None,
                "headers": storable(message.headers),
                "body": message.body,
                "reason": storable(reason),
                "attempts": 1,
                "failed_at": tx.now,
                "next_attempt_at": tx.now + timedelta(seconds=delays[0]) if delays else None,
            },
        )

    def retry_due(self) -> bool:
        """Try again the reaction that is due first; tell whether there was one."""
        parked = self._database.tables.parked
        with self._database.transaction() as tx:
            row = tx.connection.execute(
                sa.select(parked)
                .where(parked.c.state == RETRYING, parked.c.next_attempt_at <= tx.now)
                .order_by(parked.c.next_attempt_at)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).first()
            if row is None:
                return False
            self._try_again(tx, row)
            return True

    def retry(self, parked_id: Any) -> str | None:
        """Try a parked message now, by the operator's wish; give the reason if it fails again, None if it worked."""
        parked = self._database.tables.parked
        with self._database.transaction() as tx:
            row = tx.connection.execute(sa.select(parked).where(parked.c.id == parked_id).with_for_update()).one()
            return self._try_again(tx, row)

    def _try_again(self, tx: Transaction, row: sa.Row[Any]) -> str | None:
        parked = tx.tables.parked
        this = parked.c.id == row.id
        try:
            with tx.attempt():
                event = read_message(Message(headers=row.headers, body=row.body))
                tx.correlation_id = event.correlation_id
                if row.position is None:  # it was garbage when it came; it counts as handled from now on
                    progress = Progress.lock(tx, {event.source})[event.source]
                    fresh = progress.mark(event)
                    progress.save(tx)
                    if not fresh:
                        tx.connection.execute(parked.delete().where(this))
                        return None
                for reaction in self._reactions.get((event.source, event.type), ()):
                    reaction(event, tx)
        except Exception as error:
            if _is_outage(error):
                raise
            attempts = row.attempts + 1
            again = row.state == RETRYING and attempts <= len(self._delays)
            change = {
                "attempts": attempts,
                "state": RETRYING if again else PARKED,
                "reason": storable(f"{type(error).__name__}: {error}"),
                "failed_at": tx.now,
                "next_attempt_at": tx.now + timedelta(seconds=self._delays[attempts - 1]) if again else None,
            }
            tx.connection.execute(parked.update().where(this).values(change))
            if not again:
                log.error("inbox.parked", type=row.type, parked=str(row.id), reason=change["reason"])
            return str(change["reason"])
        tx.connection.execute(parked.delete().where(this))
        return None


@dataclass
class Progress:
    """What was handled of one source, locked for the transaction."""

    source: str
    position: int
    recorded_at: datetime | None
    ahead: set[int]
    _new: set[int]

    @classmethod
    def lock(cls, tx: Transaction, sources: Collection[str]) -> dict[str, Progress]:
        """Read the progress of sources, in one statement, and hold it until the transaction ends."""
        while True:
            found = cls._locked(tx, sources)
            if found is None:  # the rows that had to be waited for are held now
                continue
            missing = sorted(set(sources) - found.keys())
            if not missing:
                return found
            for source in missing:  # a row that is not there cannot be held
                row = {"source": source, "position": 0}
                tx.connection.execute(_insert_ignoring(tx, tx.tables.inbox_progress, row))

    @classmethod
    def _locked(cls, tx: Transaction, sources: Collection[str]) -> dict[str, Progress] | None:
        """Hold the rows that are there and read what lies ahead of them; None where that cannot be told yet."""
        found: dict[str, Progress] = {}
        for source, position, recorded_at, ahead, waited in _locked_rows(tx, sources):
            if waited:
                return None
            progress = found.setdefault(source, cls(source, position, recorded_at, set(), set()))
            if ahead is not None:
                progress.ahead.add(ahead)
        return found

    def mark(self, event: Heard) -> bool:
        """Note an event as handled; tell whether it is new."""
        if event.position <= self.position or event.position in self.ahead:
            return False
        self.ahead.add(event.position)
        self._new.add(event.position)
        if self.recorded_at is None or event.recorded_at > self.recorded_at:
            self.recorded_at = event.recorded_at
        return True

    def save(self, tx: Transaction) -> None:
        """Write what was marked."""
        if not self._new:
            return
        position = self.position
        while position + 1 in self.ahead:
            position += 1
        table, ahead = tx.tables.inbox_progress, tx.tables.inbox_ahead
        tx.update(table, {"source": self.source, "position": position, "recorded_at": self.recorded_at}, by="source")
        gaps = [{"source": self.source, "position": p} for p in sorted(self._new) if p > position]
        tx.insert(ahead, gaps)
        if any(p <= position and p not in self._new for p in self.ahead):
            tx.connection.execute(ahead.delete().where(ahead.c.source == self.source, ahead.c.position <= position))


def _locked_rows(tx: Transaction, sources: Collection[str]) -> Any:
    tables, is_postgresql = tx.tables, tx.connection.dialect.name == "postgresql"
    locking = _locking(tables.inbox_progress, tables.inbox_ahead, is_postgresql)
    return tx.connection.execute(locking, {"sources": list(sources)})


@cache  # every batch asks this; making the statement costs more than the database's part in it
def _locking(inbox_progress: sa.Table, ahead: sa.Table, is_postgresql: bool) -> sa.Select[Any]:
    """Select source, position, recorded_at, a position ahead, and whether the row was waited for, holding the rows.

    PostgreSQL gives a row that it waited for as it is now, but all that it is joined to as of the statement's begin: then
    the row is not the one that the begin saw.
    """
    held = inbox_progress.alias("held")
    both = held.outerjoin(ahead, ahead.c.source == held.c.source)
    waited: sa.ColumnElement[bool] = sa.false()
    if is_postgresql:
        seen = inbox_progress.alias("seen")
        both = both.join(seen, seen.c.source == held.c.source)
        waited = sa.literal_column("held.ctid <> seen.ctid", sa.Boolean)
    return (
        sa.select(held.c.source, held.c.position, held.c.recorded_at, ahead.c.position, waited)
        .select_from(both)
        .where(held.c.source.in_(sa.bindparam("sources", expanding=True)))
        .order_by(held.c.source)
        .with_for_update(of=held)
    )


def _insert_ignoring(tx: Transaction, table: sa.Table, row: Mapping[str, Any]) -> Any:
    if tx.connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_pg

        return insert_pg(table).values(row).on_conflict_do_nothing()
    from sqlalchemy.dialects.sqlite import insert as insert_lite

    return insert_lite(table).values(row).on_conflict_do_nothing()


def _is_outage(error: Exception) -> bool:
    """Tell the loss of the database from a fault of the reaction."""
    return isinstance(error, Unavailable) or (
        isinstance(error, sa.exc.DBAPIError)
        and (error.connection_invalidated or isinstance(error, sa.exc.OperationalError))
    )
