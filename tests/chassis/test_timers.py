"""Timers: what fails is tried again for ever, and hinders no other."""

from __future__ import annotations

from chassis.clock import utc_now
from chassis.store.database import Transaction
from chassis.store.timers import Due, Timers
from tests.chassis.conftest import Site


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
