"""What reporting makes of events: in batches against one by one, from a commit to the funnel, and a rebuild of them all."""

from __future__ import annotations

import gc
import itertools
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import eventlet
import psycopg2

from benchmarks.figures import Figure, Figures
from benchmarks.history import Deal, process_told, tell_history
from chassis.actor import Actor
from chassis.bus.envelope import Message
from chassis.bus.replay import read_log
from chassis.service import reactions_of
from chassis.settings import Settings
from chassis.store.database import Database
from chassis.store.inbox import Inbox
from chassis.store.migrate import migrate
from chassis.store.tables import service_metadata
from chassis.store.work import Caller, Work
from services.reporting.service import ReportingService
from services.reporting.storage.tables import metadata
from tests.support.databases import migrations_of
from tests.support.postgres import Postgres
from tests.support.system import System

EVENTS = 200_000
_ROUNDS, _SINGLE, _TOGETHER = 3, 400, 4_000
_A_SECOND, _SECONDS = 100, 20
_LOOK = 0.005
_MOST_MEGABYTES = 300
_ANALYST = Actor(subject="analyst", role="analyst", reach="all", scopes=frozenset({"read"}))


def bench_batches(server: Postgres) -> Figures:
    """Measure, in turn, how quickly reporting applies events: each in a transaction of its own, and as the service does."""
    size = Settings().inbox_batch
    log = Database("deals", server.create("replay_log"), service_metadata())
    reporting = Database("reporting", server.create("replay_reporting"), metadata)
    try:
        log.metadata.create_all(log.engine)
        migrate(reporting, migrations_of("reporting"))
        tell_history(server.url_of("replay_log"), (_ROUNDS + 1) * (_SINGLE + _TOGETHER))
        messages = [message for batch in read_log(log) for message in batch]
        inbox = Inbox(reporting, reactions_of(ReportingService))
        gc.collect()
        gc.freeze()  # as a service does once it has started: the history is nothing that it holds
        rounds = []
        while messages:
            single, together = messages[:_SINGLE], messages[_SINGLE : _SINGLE + _TOGETHER]
            messages = messages[_SINGLE + _TOGETHER :]
            rounds.append((_rate(inbox, single, 1), _rate(inbox, together, size)))
    finally:
        gc.unfreeze()
        log.close()
        reporting.close()
    del rounds[0]  # the first one compiles statements, and fills caches
    return {
        "one event a transaction, events/s": statistics.median(one for one, _ in rounds),
        f"{size} events a transaction, events/s": Figure(
            value=statistics.median(many for _, many in rounds), at_least=3_000
        ),
        "ratio": Figure(value=statistics.median(many / one for one, many in rounds), at_least=3),
    }


def _rate(inbox: Inbox, messages: Sequence[Message], size: int) -> float:
    began = time.perf_counter()
    for start in range(0, len(messages), size):
        inbox.receive(messages[start : start + size])
    return len(messages) / (time.perf_counter() - began)


def bench_replay(system: System, events: int) -> dict[str, Figures]:
    """Measure a running system: from the commit of a deal's event to the funnel that tells of it, and a rebuild."""
    process = _fill(system, events)
    with TemporaryDirectory() as folder:
        caught_up = _replay(system, Path(folder))
        fresh = _commit_to_funnel(system, process)
        rebuilt = _replay(system, Path(folder), "--from-start")
    memory = Figure(value=_megabytes(system.processes["reporting"].pid), at_most=_MOST_MEGABYTES)
    rate = events / rebuilt.seconds
    return {
        f"from a commit to the funnel, {_A_SECOND} events/s": {
            "p50 ms": statistics.median(fresh),
            "p99 ms": Figure(value=statistics.quantiles(fresh, n=100)[98], at_most=100),
        },
        f"{events:,} events": {
            "heard for the first time, events/s": events / caught_up.seconds,
            "rebuild, seconds": rebuilt.seconds,
            "rebuild, events/s": Figure(value=rate, at_least=3_333),
            "memory of the rebuild, MB": Figure(value=rebuilt.megabytes, at_most=_MOST_MEGABYTES),
            "memory of the service, MB": memory,
        },
    }


def _fill(system: System, events: int) -> UUID:
    """Put a history into the outbox of deals, as if it had been told; give the process that its deals are of."""
    _until_published(system)
    system.processes["deals"].stop()  # its relay counts positions by itself
    process = tell_history(system.databases["deals"], events)
    system.processes["deals"].start()
    return process


def _until_published(system: System) -> None:
    with closing(psycopg2.connect(system.databases["deals"])) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while True:
            cursor.execute("SELECT count(*) FROM outbox WHERE published_at IS NULL")
            if cursor.fetchone() == (0,):
                return
            eventlet.sleep(0.1)


class _Replayed:
    """How long a command took, and the most memory that it held."""

    def __init__(self, seconds: float, megabytes: float) -> None:
        self.seconds, self.megabytes = seconds, megabytes


def _replay(system: System, folder: Path, *options: str) -> _Replayed:
    """Run `crm replay reporting` as an operator does."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CRM_")}
    environment |= {f"CRM_{name.upper()}_DATABASE_URL": url for name, url in system.databases.items()}
    environment |= {"CRM_AMQP_URL": system.amqp_url or "", "CRM_DATA_DIR": str(folder)}
    began, most = time.perf_counter(), 0.0
    with (folder / "log").open("w+") as said:
        command = [sys.executable, "-W", "ignore", "-m", "crm", "replay", "reporting", *options]
        process = Popen(command, env=environment, stdout=said, stderr=said)
        while process.poll() is None:
            most = max(most, _megabytes(process.pid))
            eventlet.sleep(0.05)
        took = time.perf_counter() - began
        if process.returncode:
            said.seek(0)
            raise RuntimeError(said.read())
    return _Replayed(took, most)


def _megabytes(pid: int) -> float:
    """Give the most memory that a process has held so far; 0 of one that has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def _commit_to_funnel(system: System, process: UUID) -> list[float]:
    """Tell of deals at a steady pace; give, of each event, the milliseconds from its commit to a funnel that counts it.

    Each event takes a deal one stage further, so that the deals that reached the stages are one more in sum.
    """
    deals = Database("deals", system.databases["deals"], service_metadata())
    reporting = Database("reporting", system.databases["reporting"], metadata)
    try:
        service: Any = SimpleNamespace(db=Work(reporting, Caller(actor=_ANALYST)))

        def reached() -> int:
            told: Any = ReportingService.funnel(service, {"process_id": str(process)})
            return sum(stage["reached"] for stage in told["stages"])

        before, committed, seen = reached(), list[float](), list[float]()
        telling = eventlet.spawn(_tell, deals, process, committed)
        while len(seen) < _A_SECOND * _SECONDS:
            counted = reached() - before
            now = time.perf_counter()
            seen += [now] * (counted - len(seen))
            eventlet.sleep(_LOOK)
        telling.wait()
    finally:
        deals.close()
        reporting.close()
    return [(there - here) * 1000 for here, there in zip(committed, seen, strict=True)]


def _tell(deals: Database, process: UUID, committed: list[float]) -> None:
    began = time.perf_counter()
    about, draw = process_told(process), random.Random(1)
    events = itertools.chain.from_iterable(Deal(about, draw).onward() for _ in itertools.count())
    for number in range(_A_SECOND * _SECONDS):
        event = next(events)
        eventlet.sleep(max(0.0, began + number / _A_SECOND - time.perf_counter()))
        with deals.transaction() as tx:
            tx.emit(event)
        committed.append(time.perf_counter())
