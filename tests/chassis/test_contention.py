"""Commands that wait for each other in a ring: the database undoes one, which then runs again and finds its way."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Barrier, Thread

import sqlalchemy as sa

from chassis.actor import SYSTEM, Actor
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.store.work import Caller, Work
from chassis.wire import Json
from tests.chassis import toys
from tests.chassis.conftest import Site


@dataclass(frozen=True, kw_only=True)
class PaintDoors:
    """Ask that doors be painted, one after another."""

    names: list[str]


def test_two_commands_that_lock_the_same_in_opposite_orders_both_succeed(real_site: Site) -> None:
    database = real_site.databases["doors"]
    with database.transaction() as tx:
        tx.connection.execute(toys.doors.insert(), [{"id": new_id(0x900), "name": name} for name in ("front", "back")])
    both, tries = Barrier(2, timeout=10), list[str]()

    def paint_doors(command: PaintDoors, tx: Transaction, actor: Actor) -> Json:
        tries.append(command.names[0])
        first = len(tries) <= 2
        for name in command.names:
            tx.connection.execute(sa.select(toys.doors.c.id).where(toys.doors.c.name == name).with_for_update())
            if first and name == command.names[0]:
                both.wait()  # each holds one door, and wants the other's
        return {"painted": command.names}

    answers: list[Json] = []

    def paint(*names: str) -> None:
        work = Work(database, Caller(actor=SYSTEM))
        answers.append(work.run(paint_doors, PaintDoors, {"names": list(names)}))

    threads = [Thread(target=paint, args=("front", "back")), Thread(target=paint, args=("back", "front"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(answers) == 2
    assert len(tries) == 3
