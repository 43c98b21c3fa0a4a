"""Projections built anew from the sources' event logs, beside the live ones, which serve and hear meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from chassis.bus.relay import heard_of, message_of
from chassis.errors import Contended, CrmError
from chassis.events import Heard
from chassis.store.beside import Beside, beside
from chassis.store.database import Database, Transaction
from chassis.store.inbox import Inbox, Progress, Reactions
from chassis.store.tables import ChassisTables
from chassis.telemetry import log

_BATCH = 5000
"""Events read and applied in one transaction."""
_NEAR = 500
"""Events that may be missing yet when the tables are swapped: they are applied while nobody can read."""
_TRIES, _PAUSE = 120, 0.5
"""How often a swap is tried for which the live tables are never free, and the seconds between two tries."""

Told = Callable[[str, int, int], None]
"""Told a source, the position reached in its log, and the one that the live projections have reached."""


class NotRebuilt(CrmError):
    """The projections could not be built anew; the live ones are as they were."""

    code = "NOT_REBUILT"


@dataclass(frozen=True)
class Rebuild:
    """What is to be built anew: tables of a service, from the logs of its sources, by the reactions that fill them.

    `whole`: the tables are all that the service's events fill, so that what waits for a retry is done with when it
    succeeds here.
    """

    live: Database
    sources: Sequence[Database]
    reactions: Reactions
    tables: Sequence[sa.Table]
    whole: bool

    def run(self, told: Told = lambda *_: None) -> int:
        """Build the tables, put them in the place of the live ones, and tell how many events they were built from.

        The tables have heard exactly what the live ones have: the live progress stays as it is. An event that fails here
        and does not wait for a retry in the live inbox raises NotRebuilt; nothing is swapped then. Raise Contended if a
        rebuild is under way already, or the live tables are never free for a moment.
        """
        with beside(self.live, self.tables) as place:
            events = self._follow(place, told)
            place.settle()
            failures = 0
            for _ in range(_TRIES):
                events += self._follow(place, told)
                try:
                    return events + self._swap(place)
                except Contended as error:
                    log.info("rebuild.waits", service=self.live.service, reason=str(error))
                except CrmError:
                    raise
                except Exception as error:  # heard beside, where it is known of which event, it will say so
                    failures += 1
                    if failures > 1:
                        raise
                    log.info("rebuild.swap_failed", service=self.live.service, reason=str(error))
                time.sleep(_PAUSE)
        raise Contended("the live tables were never free for long enough to be swapped; try again at a quieter hour")

    def _follow(self, place: Beside, told: Told) -> int:
        """Hear beside what the live tables have heard by now, until hardly anything is missing; tell how many events."""
        inbox = Inbox(place.database, self.reactions, delays=())
        events = 0
        while True:
            new = 0
            for source in self.sources:
                live = _handled(self.live, source.service)
                missing = _missing(source, live, _handled(place.database, source.service))
                for batch in _read_ahead(missing):
                    inbox.hear(batch, partial(message_of, source.service))
                    new += len(batch)
                    self._refuse_failures(place, inbox)
                    told(source.service, _handled(place.database, source.service).position, live.position)
            events += new
            if new <= _NEAR:
                self._refuse_failures(place, inbox)
                return events

    def _refuse_failures(self, place: Beside, inbox: Inbox) -> None:
        """Raise NotRebuilt if an event failed here for which nobody waits in the live inbox."""
        failed = _parked_in(place.database)
        if not failed:
            return
        waiting = _parked_in(self.live)
        for where, row in failed.items():
            reason = inbox.retry(row.id) if where not in waiting else None  # perhaps it works by now, as it did there
            if reason is not None:
                source, position = where
                what = f"{row.type} at position {position} of {source}" if source else "a message that cannot be read"
                raise NotRebuilt(f"{what} failed: {row.reason}; nothing was changed")

    def _swap(self, place: Beside) -> int:
        """Swap the tables at exactly the live position; tell how many events were missing yet."""
        with place.swapping() as tx:
            progress = Progress.lock(tx, [source.service for source in self.sources])
            missing = []
            for source in self.sources:
                held = progress[source.service]
                live = _Handled(held.position, frozenset(held.ahead))
                for batch in _missing(source, live, _handled(place.database, source.service)):
                    missing += [event for event, _ in batch]
                    if len(missing) > _NEAR:
                        raise Contended("more was heard meanwhile than can be caught up with in a moment")
            failed = _parked(tx.connection, tx.tables).keys()
            if not _parked_in(place.database).keys() <= failed:
                raise Contended("a retry succeeded meanwhile")
            place.swap(tx)
            Inbox(self.live, self.reactions).react_to(tx, missing)
            if self.whole:
                _forget_parked(tx, [source.service for source in self.sources], kept=_parked_in(place.database).keys())
        return len(missing)


@dataclass(frozen=True)
class _Handled:
    """What an inbox has handled of a source: all up to a position, and some ahead of it."""

    position: int
    ahead: frozenset[int]


def _handled(database: Database, source: str) -> _Handled:
    """Read it; what is handled between the two statements may be missing."""
    progress, ahead = database.tables.inbox_progress, database.tables.inbox_ahead
    with database.reading() as reading:
        some = reading.connection.execute(sa.select(ahead.c.position).where(ahead.c.source == source)).scalars().all()
        upto = reading.connection.execute(sa.select(progress.c.position).where(progress.c.source == source)).scalar()
    return _Handled(upto or 0, frozenset(some))


_Events = list[tuple[Heard, sa.Row[Any]]]
"""Events, each with its row of the log."""


def _read_ahead(batches: Iterator[_Events]) -> Iterator[_Events]:
    """Give batches while the next one is being read: mostly there is a database to be waited for, here or there."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _missing(source: Database, there: _Handled, here: _Handled) -> Iterator[_Events]:
    """Read from a source's log, in order, what was handled there and not here; raise NotRebuilt where the log has a gap.

    Positions are read whether or not the relay has noted yet that it published them: that they were handled says so.
    """
    position = source.tables.outbox.c.position
    after = here.position
    while after < there.position:
        last = min(after + _BATCH, there.position)
        yield _read(source, position.between(after + 1, last), last - after, here.ahead)
        after = last
    ahead = sorted(n for n in there.ahead - here.ahead if n > after)
    for start in range(0, len(ahead), _BATCH):
        some = ahead[start : start + _BATCH]
        yield _read(source, position.in_(some), len(some), here.ahead)


def _read(source: Database, which: sa.ColumnElement[bool], count: int, known: Collection[int]) -> _Events:
    table = source.tables.outbox
    with source.reading() as reading:
        rows = reading.connection.execute(sa.select(table).where(which).order_by(table.c.position)).all()
    if len(rows) < count:
        raise NotRebuilt(
            f"the event log of {source.service} lacks {count - len(rows)} events that were heard; nothing was changed"
        )
    return [(heard_of(source.service, row), row) for row in rows if row.position not in known]


Where = tuple[str | None, int | None]
"""A source and a position; None of what could not be read."""


def _parked_in(database: Database) -> dict[Where, Any]:
    with database.reading() as reading:
        return _parked(reading.connection, database.tables)


def _parked(connection: sa.Connection, tables: ChassisTables) -> dict[Where, Any]:
    """Give the messages whose reactions failed."""
    parked = tables.parked
    columns = (parked.c.id, parked.c.source, parked.c.position, parked.c.type, parked.c.reason)
    return {(row.source, row.position): row for row in connection.execute(sa.select(*columns))}


def _forget_parked(tx: Transaction, sources: Sequence[str], kept: Collection[Where]) -> None:
    """Take away what waited for a retry and has had its effect now."""
    parked = tx.tables.parked
    for (source, position), row in _parked(tx.connection, tx.tables).items():
        if source in sources and position is not None and (source, position) not in kept:
            tx.connection.execute(parked.delete().where(parked.c.id == row.id))
