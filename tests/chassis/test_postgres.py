"""What leaves ahead of what: writes that nobody waits for happen in their order, and fail where the next statement does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.ids import new_id
from chassis.store.database import Database, Transaction
from tests.chassis import toys
from tests.support.databases import PostgresBackend


@pytest.fixture
def database(postgres_databases: PostgresBackend) -> Iterator[Database]:
    """The doors' database on PostgreSQL."""
    made = postgres_databases.open("doors", toys.doors_metadata)
    yield made
    postgres_databases.close(made)


def door(name: str, **more: Any) -> dict[str, Any]:
    return {"id": new_id(0x900), "name": name, **more}


def names(tx: Transaction) -> list[str]:
    return list(tx.connection.execute(sa.select(toys.doors.c.name).order_by(toys.doors.c.name)).scalars())


def break_off(tx: Transaction, *rows: dict[str, Any]) -> None:
    tx.insert(toys.doors, rows)
    raise RuntimeError


def break_off_after_a_look(tx: Transaction, row: dict[str, Any]) -> None:
    tx.insert(toys.doors, [row])
    assert names(tx) == [row["name"]]
    break_off(tx, door("another"))


def insert_each(tx: Transaction, *rows: dict[str, Any]) -> None:
    for row in rows:
        tx.insert(toys.doors, [row])


def test_what_was_written_is_there_for_what_follows(database: Database) -> None:
    front, back = door("100% front"), door("back")
    with database.transaction() as tx:
        tx.insert(toys.doors, [front, back])
        assert names(tx) == ["100% front", "back"]
        tx.update(toys.doors, {**back, "name": "side"})
        named = toys.doors.update().where(toys.doors.c.id == sa.bindparam("which")).values(name=sa.bindparam("name"))
        tx.connection.execute(named, [{"which": front["id"], "name": "1"}, {"which": front["id"], "name": "100%"}])
    with database.transaction() as tx:
        assert names(tx) == ["100%", "side"]


def test_what_fails_fails_the_commit_and_leaves_nothing(database: Database) -> None:
    front = door("front")
    with pytest.raises(sa.exc.IntegrityError), database.transaction() as tx:
        tx.insert(toys.doors, [door("back"), front, front])
    with database.transaction() as tx:
        assert names(tx) == []
        tx.insert(toys.doors, [front])  # the connection is as good as new


def planned(tx: Transaction) -> int:
    """Tell how many statements the server keeps planned for this connection."""
    return int(tx.connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar_one())


def test_what_comes_again_is_planned_once_whatever_failed_before(database: Database) -> None:
    front = door("front")
    with pytest.raises(RuntimeError), database.transaction() as tx:
        break_off(tx, front)  # it never left
    with pytest.raises(RuntimeError), database.transaction() as tx:
        break_off_after_a_look(tx, front)
    with database.transaction() as tx:
        assert planned(tx) == 0
        with pytest.raises(sa.exc.IntegrityError), tx.attempt():
            insert_each(tx, front, front)
        assert planned(tx) == 0
        tx.insert(toys.doors, [front])
        tx.update(toys.doors, {**front, "name": "100% front"})
    for number in range(3):
        with database.transaction() as tx:
            tx.insert(toys.doors, [door(f"door {number}")])
            tx.update(toys.doors, {**front, "name": f"{number}% front"})
            assert planned(tx) == 2
    with database.transaction() as tx:
        assert names(tx) == ["2% front", "door 0", "door 1", "door 2"]


def test_an_attempt_that_failed_takes_its_writes_along(database: Database) -> None:
    front, back = door("front"), door("back")
    with database.transaction() as tx:
        tx.insert(toys.doors, [front])
        with pytest.raises(RuntimeError), tx.attempt():
            break_off(tx, back, back)  # would fail, were it sent
        with pytest.raises(sa.exc.IntegrityError), tx.attempt():
            tx.insert(toys.doors, [back, back])
        tx.insert(toys.doors, [door("side")])
    with database.transaction() as tx:
        assert names(tx) == ["front", "side"]


def test_a_transaction_that_only_begins_costs_nothing_and_one_that_is_left_is_undone(database: Database) -> None:
    def within() -> bool:
        with database.reading() as reading:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
            return bool(reading.connection.execute(sa.text(asked)).scalar())

    with database.transaction():
        assert not within()
    with database.transaction() as tx:
        assert names(tx) == []
        assert within()
    with pytest.raises(RuntimeError), database.transaction() as tx:
        break_off(tx, door("front"))
    assert not within()
    with database.transaction() as tx:
        assert names(tx) == []


def test_many_rows_read_piece_by_piece_are_those_of_the_transaction(database: Database) -> None:
    with database.transaction() as tx:
        tx.insert(toys.doors, [door(str(n)) for n in range(3)])
        tx.insert(toys.doors, [door("many") for _ in range(50)])
        read = sa.select(toys.doors.c.name).order_by(toys.doors.c.name).execution_options(yield_per=10)
        assert list(tx.connection.execute(read).scalars())[:4] == ["0", "1", "2", "many"]
