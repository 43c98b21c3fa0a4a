"""What happens at a moment: once, on whichever replica comes first, in one transaction with its effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.store.database import Database, Transaction
from chassis.store.types import storable
from chassis.telemetry import log
from chassis.wire import Json, decode

_LONGEST_DELAY = 3600.0  # seconds between tries of a timer that fails
_LOOKED_AT = 20  # timers that are due, of which other replicas may be firing some
_LOCKS = 0x74696D657273  # "timers": keeps these advisory locks apart from others
_FORGET = "chassis.forget_idempotency_keys"


@dataclass(frozen=True, kw_only=True)
class Due:
    """A timer whose moment has come; `due_at` is when it should have been."""

    name: str
    key: str
    due_at: datetime
    data: Json


OnDue = Callable[[Due, Transaction], None]
WhenDue = Callable[[datetime, ZoneInfo], datetime]
"""Tells, of now and the business time zone, when a standing timer is due for the first time."""


class Timers:
    """Fires the timers of a service's database."""

    def __init__(
        self,
        database: Database,
        on_due: Mapping[str, OnDue],
        *,
        standing: Mapping[str, WhenDue] | None = None,
        idempotency_days: int = 7,
    ) -> None:
        """Fire what is due by its name; `standing` timers are set where nobody has set them, and set themselves again."""
        self._database = database
        self._standing = standing or {}
        self._idempotency_days = idempotency_days
        self._on_due: dict[str, OnDue] = {**on_due, _FORGET: self._forget_keys}
        self._housekeeping_set = False

    def fire_next(self) -> bool:
        """Fire the timer that is due first; tell whether there was one.

        One that fails is tried again with growing delays, for ever: a timer is never dropped.
        """
        timers = self._database.tables.timers
        with self._database.reading() as reading:  # looking takes no write lock; nearly always nothing is due
            if self._housekeeping_set and not reading.connection.execute(self._due(reading.now).limit(1)).first():
                return False
        with self._database.transaction() as tx:
            if not self._housekeeping_set:
                self._set_housekeeping(tx)
            row = self._take(tx)
            if row is None:
                return False
            # as it was taken: what the effect itself, or a command in the meantime, has set anew stays
            this = sa.and_(*(column == getattr(row, column.name) for column in timers.c if column.name != "reason"))
            try:
                with tx.attempt():
                    self._on_due[row.name](
                        Due(name=row.name, key=row.key, due_at=row.due_at, data=decode(row.data)), tx
                    )
                    tx.connection.execute(timers.delete().where(this))
            except Exception as error:
                delay = min(
                    _LONGEST_DELAY, 2.0 ** min(row.attempts, 12)
                )  # after a thousand tries the power would overflow
                log.exception("timer.failed", timer=row.name, key=row.key, retry_in=delay)
                again = {"attempts": row.attempts + 1, "due_at": tx.now + timedelta(seconds=delay)}
                reason = storable(f"{type(error).__name__}: {error}")
                tx.connection.execute(timers.update().where(this).values(**again, reason=reason))
            return True

    def _take(self, tx: Transaction) -> sa.Row[Any] | None:
        """Take the timer that is due first and that no other replica is firing.

        The row itself is not locked: its effect locks what it is about first and the timer last, as commands do that set
        timers, so that neither waits for the other in a ring.
        """
        timers = self._database.tables.timers
        for row in tx.connection.execute(self._due(tx.now).limit(_LOOKED_AT)).all():
            if self._database.is_sqlite:  # the file has one writer
                return row
            lock = sa.func.hashtextextended(f"{row.name} {row.key}", _LOCKS)
            if tx.connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(lock))).scalar():
                this = sa.and_(timers.c.name == row.name, timers.c.key == row.key)
                still = tx.connection.execute(self._due(tx.now).where(this)).first()
                if still is not None:
                    return still
        return None

    def _due(self, now: datetime) -> sa.Select[Any]:
        timers = self._database.tables.timers
        known = timers.c.name.in_(sorted(self._on_due))  # a newer replica's timers are for it to fire
        return sa.select(timers).where(timers.c.due_at <= now, known).order_by(timers.c.due_at)

    def _set_housekeeping(self, tx: Transaction) -> None:
        timers = tx.tables.timers
        set_already = set(tx.connection.execute(sa.select(timers.c.name).where(timers.c.key == "")).scalars())
        first = {name: when(tx.now, tx.enterprise.zone) for name, when in self._standing.items()}
        for name, due_at in ({_FORGET: tx.now} | first).items():
            if name not in set_already:
                tx.schedule(name, "", due_at)
        self._housekeeping_set = True

    def _forget_keys(self, due: Due, tx: Transaction) -> None:
        table = tx.tables.idempotency
        old = tx.now - timedelta(days=self._idempotency_days)
        tx.connection.execute(table.delete().where(table.c.recorded_at < old))
        tx.schedule(_FORGET, due.key, tx.now + timedelta(hours=1))
