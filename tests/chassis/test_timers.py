"""Timers: what fails is tried again for ever, and hinders no other."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import sqlalchemy as sa

from chassis.clock import utc_now
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.store.timers import Due, Timers
from tests.chassis import toys
from tests.chassis.conftest import Site

HELD = sa.select(toys.doors.c.id).with_for_update()
"""Read what a timer is about for a change."""


def test_a_timer_that_failed_a_thousand_times_with_any_words_holds_up_no_other(site: Site) -> None:
    database = site.databases["doors"]
    fired: list[str] = []

    def fail(due: Due, tx: Transaction) -> None:
        raise RuntimeError("said \0")

    timers = Timers(database, {"hopeless": fail, "bell": lambda due, tx: fired.append(due.key)})
    with database.transaction() as tx:
        tx.schedule("hopeless", "1", utc_now())
        tx.connection.execute(database.tables.timers.update().values(attempts=1100))
        tx.schedule("bell", "2", utc_now())
    while timers.fire_next():
        pass
    assert fired == ["2"]
    assert {row.name: row.attempts for row in site.rows("doors", "timers")}["hopeless"] == 1101


def test_a_timer_is_moved_while_it_fires_and_neither_waits_for_the_other_for_ever(site: Site) -> None:
    database = site.databases["doors"]
    firing, moving = Event(), Event()
    later = utc_now() + timedelta(days=1)

    def ring(due: Due, tx: Transaction) -> None:
        firing.set()
        assert moving.wait(10)
        tx.connection.execute(HELD)

    with database.transaction() as tx:
        tx.connection.execute(toys.doors.insert(), {"id": new_id(0x900), "name": "front"})
        tx.schedule("bell", "1", utc_now())
    timers = Timers(database, {"bell": ring})
    if database.is_sqlite:
        moving.set()
    thread = Thread(target=timers.fire_next)
    thread.start()
    assert firing.wait(10)
    with database.transaction() as tx:  # as a command does: what the timer is about first, the timer last
        tx.connection.execute(HELD)
        moving.set()
        tx.schedule("bell", "1", later)
    thread.join(20)
    (left,) = [row for row in site.rows("doors", "timers") if row.name == "bell"]
    assert str(left.due_at).startswith(str(later)[:19])


def test_replicas_fire_a_timer_once(site: Site) -> None:
    database = site.databases["doors"]
    fired: list[str] = []
    with database.transaction() as tx:
        for number in range(20):
            tx.schedule("bell", str(number), utc_now())

    def replica() -> None:
        timers = Timers(database, {"bell": lambda due, tx: fired.append(due.key)})
        while timers.fire_next():
            pass

    threads = [Thread(target=replica) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(fired, key=int) == [str(number) for number in range(20)]
