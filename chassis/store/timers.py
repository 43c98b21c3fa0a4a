"""What happens at a moment: once, on whichever replica comes first, in one transaction with its effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from chassis.store.database import Database, Transaction
from chassis.store.types import storable
from chassis.telemetry import log
from chassis.wire import Json, decode

_LONGEST_DELAY = 3600.0  # seconds between tries of a timer that fails
_FORGET = "chassis.forget_idempotency_keys"


@dataclass(frozen=True, kw_only=True)
class Due:
    """A timer whose moment has come; `due_at` is when it should have been."""

    name: str
    key: str
    due_at: datetime
    data: Json


OnDue = Callable[[Due, Transaction], None]


class Timers:
    """Fires the timers of a service's database."""

    def __init__(self, database: Database, on_due: Mapping[str, OnDue], *, idempotency_days: int = 7) -> None:
        self._database = database
        self._idempotency_days = idempotency_days
        self._on_due: dict[str, OnDue] = {**on_due, _FORGET: self._forget_keys}
        self._housekeeping_set = False

    def fire_next(self) -> bool:
        """Fire the timer that is due first; tell whether there was one.

        One that fails is tried again with growing delays, for ever: a timer is never dropped.
        """
        timers = self._database.tables.timers
        with self._database.reading() as reading:  # looking takes no write lock; nearly always nothing is due
            if self._housekeeping_set and not reading.connection.execute(self._due(reading.now)).first():
                return False
        with self._database.transaction() as tx:
            if not self._housekeeping_set:
                self._set_housekeeping(tx)
            row = tx.connection.execute(self._due(tx.now).with_for_update(skip_locked=True)).first()
            if row is None:
                return False
            this = sa.and_(timers.c.name == row.name, timers.c.key == row.key)
            tx.connection.execute(timers.delete().where(this))
            try:
                with tx.attempt():
                    self._on_due[row.name](
                        Due(name=row.name, key=row.key, due_at=row.due_at, data=decode(row.data)), tx
                    )
            except Exception as error:
                delay = min(
                    _LONGEST_DELAY, 2.0 ** min(row.attempts, 12)
                )  # after a thousand tries the power would overflow
                log.exception("timer.failed", timer=row.name, key=row.key, retry_in=delay)
                again = {**row._asdict(), "attempts": row.attempts + 1, "due_at": tx.now + timedelta(seconds=delay)}
                tx.connection.execute(
                    timers.insert(), {**again, "reason": storable(f"{type(error).__name__}: {error}")}
                )
            return True

    def _due(self, now: datetime) -> sa.Select[tuple[object, ...]]:
        timers = self._database.tables.timers
        known = timers.c.name.in_(sorted(self._on_due))  # a newer replica's timers are for it to fire
        return sa.select(timers).where(timers.c.due_at <= now, known).order_by(timers.c.due_at).limit(1)

    def _set_housekeeping(self, tx: Transaction) -> None:
        timers = tx.tables.timers
        if not tx.connection.execute(sa.select(timers.c.key).where(timers.c.name == _FORGET)).first():
            tx.schedule(_FORGET, "", tx.now)
        self._housekeeping_set = True

    def _forget_keys(self, due: Due, tx: Transaction) -> None:
        table = tx.tables.idempotency
        old = tx.now - timedelta(days=self._idempotency_days)
        tx.connection.execute(table.delete().where(table.c.recorded_at < old))
        tx.schedule(_FORGET, due.key, tx.now + timedelta(hours=1))
