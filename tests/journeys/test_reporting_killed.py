"""Reporting is killed at random while it hears, and while it is rebuilt: its tables are those of an undisturbed one."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import pytest
import sqlalchemy as sa

from chassis.bus.replay import catch_up
from chassis.ids import new_id
from chassis.service import reactions_of
from chassis.store.database import Database
from chassis.store.inbox import Inbox
from chassis.store.migrate import migrate
from chassis.store.tables import service_metadata
from chassis.wire import encode
from crm.system import migrations_of
from services.reporting.service import ReportingService
from services.reporting.storage.tables import PROJECTIONS, metadata
from tests.services.reporting.anything import Telling
from tests.services.reporting.world import Told
from tests.support import real
from tests.support.programs import start
from tests.support.system import System, real_system

pytestmark = pytest.mark.slow

SOURCES = ("claims", "contacts", "deals")


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    """A system, a process for each service."""
    with real_system(tmp_path, real.RABBIT.find(), real.POSTGRES.find()) as running:
        yield running


@pytest.fixture
def databases(system: System) -> Iterator[dict[str, Database]]:
    """The databases that reporting and its sources stand on."""
    with ExitStack() as opened:
        found = {}
        for name in (*SOURCES, "reporting"):
            tables = metadata if name == "reporting" else service_metadata()
            found[name] = Database(name, system.databases[name], tables)
            opened.callback(found[name].close)
        yield found


@pytest.mark.timeout(900)
def test_killed_at_random_and_rebuilt_it_has_the_tables_of_an_undisturbed_one(
    system: System, databases: dict[str, Database], tmp_path: Path
) -> None:
    draw = random.Random(1)
    events = Telling(1).events(900)
    reporting = system.processes["reporting"]
    for part in range(4):
        for start_at in range(part * 150, (part + 1) * 150, 10):
            tell(databases, events[start_at : start_at + 10])
            time.sleep(0.02)
        time.sleep(draw.random() * 0.3)
        reporting.kill()
        tell(databases, events[600 + part * 25 : 625 + part * 25])
        reporting.start()
    heard(system, databases)
    undisturbed(system, databases)

    rebuild = replay(system, tmp_path)
    time.sleep(3 + draw.random())  # it takes three seconds to start
    rebuild.kill()
    rebuild.wait()
    rebuild = replay(system, tmp_path)
    for start_at in range(700, 900, 10):  # live meanwhile
        tell(databases, events[start_at : start_at + 10])
        time.sleep(0.2)
    assert rebuild.wait(120) == 0, (tmp_path / "replay.log").read_text()
    heard(system, databases)
    undisturbed(system, databases)


def tell(databases: dict[str, Database], events: list[Told]) -> None:
    """Put events into the outboxes of their sources, as these do; the relays carry them over the bus."""
    for source in SOURCES:
        rows = [
            {
                "event_id": new_id(0),
                "type": event.type,
                "subject": event.subject,
                "sequence": event.sequence,
                "occurred_at": event.occurred_at,
                "recorded_at": event.recorded_at,
                "data": encode(event.data).decode(),
            }
            for event in events
            if event.source == source
        ]
        if rows:
            with databases[source].transaction() as tx:
                tx.connection.execute(tx.tables.outbox.insert(), rows)
                tx.connection.exec_driver_sql("NOTIFY outbox")


def heard(system: System, databases: dict[str, Database]) -> None:
    """Wait until reporting has handled all that was told, with nothing left over."""

    def all_of_it() -> bool:
        with databases["reporting"].reading() as reading:
            progress = databases["reporting"].tables.inbox_progress
            upto = {row.source: row.position for row in reading.connection.execute(sa.select(progress))}
        return all(_told(databases[source]) == upto.get(source, 0) for source in SOURCES)

    system.eventually(all_of_it, seconds=120)
    with databases["reporting"].reading() as reading:
        reasons = reading.connection.execute(sa.select(databases["reporting"].tables.parked.c.reason)).scalars().all()
    assert reasons == []


def _told(source: Database) -> int:
    with source.reading() as reading:
        return reading.connection.execute(sa.select(sa.func.count()).select_from(source.tables.outbox)).scalar_one()


def tables(reporting: Database) -> dict[str, list[str]]:
    """Give the rows of every projection as PostgreSQL writes them, in the order of their keys."""
    with reporting.reading() as reading:
        return {
            table.name: list(
                reading.connection.execute(
                    sa.select(sa.cast(sa.func.row(*table.c), sa.Text)).order_by(*table.primary_key)
                ).scalars()
            )
            for table in PROJECTIONS
        }


def undisturbed(system: System, databases: dict[str, Database]) -> None:
    """Wait until the tables are those that come of hearing everything once, in order, one source after another.

    Wait, because the other services have something to tell of what they hear, too.
    """
    server = real.POSTGRES.find()
    name = f"{databases['reporting'].engine.url.database}_undisturbed"
    database = Database("reporting", server.create(name), metadata)
    try:
        migrate(database, migrations_of("reporting"))
        inbox = Inbox(database, reactions_of(ReportingService))

        def same() -> bool:
            for source in SOURCES:
                catch_up(inbox, database, databases[source])
            assert tables(databases["reporting"]) == tables(database)
            return True

        system.eventually(same, seconds=60)
    finally:
        database.close()
        server.drop(name)


def replay(system: System, folder: Path) -> Popen[bytes]:
    """Start a rebuild, as an operator does."""
    arguments = [sys.executable, "-W", "ignore", "-m", "crm", "replay", "reporting", "--from-start"]
    return start(arguments, system.processes["reporting"].environment, folder / "replay.log", folder=folder)
