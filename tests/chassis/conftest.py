"""The toy services of `toys.py`, running in this process on each bus and each database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa
from nameko import config
from nameko.runners import ServiceRunner

from chassis.actor import SYSTEM, sign_actor
from chassis.bus.rpc import Call, Pending, RpcClient
from chassis.bus.storage import open_database
from chassis.bus.transport import connect, forget_embedded
from chassis.settings import Settings
from chassis.store.database import Database
from chassis.wire import Json
from tests.chassis import toys
from tests.support.databases import PostgresBackend

SECRET = "a secret of the tests, long enough for a signature"


@dataclass
class Site:
    """One installation of the toy services: their settings and databases, and a client."""

    settings: Settings
    databases: dict[str, Database]
    client: RpcClient

    @contextmanager
    def running(self, *services: type) -> Iterator[ServiceRunner]:
        """Run services for the length of a block."""
        runner = self.start(*services)
        try:
            yield runner
        finally:
            runner.stop()

    def start(self, *services: type) -> ServiceRunner:
        """Start services; whoever calls stops them."""
        runner = ServiceRunner()
        for service in services or (toys.DoorsService, toys.AlarmService):
            runner.add_service(service)
        runner.start()
        return runner

    def send(
        self, method: str, payload: Json, *, service: str = "doors", seconds: float = 5.0, key: str | None = None
    ) -> Pending:
        """Ask without waiting."""
        call = Call(
            actor=sign_actor(SYSTEM, SECRET),
            correlation_id="the-test",
            deadline=time.time() + seconds,
            idempotency_key=key,
        )
        return self.client.send(service, method, payload, call)

    def call(self, method: str, payload: Json, **how: Any) -> Json:
        """Ask and wait."""
        return self.send(method, payload, **how).result()

    def rows(self, service: str, table: str, order: str = "1") -> list[Any]:
        """Read a table of a service."""
        with self.databases[service].reading() as reading:
            return list(reading.connection.execute(sa.text(f"SELECT * FROM {table} ORDER BY {order}")).all())

    def alarms(self) -> list[str]:
        """Give the names of the doors that the alarm heard of, in the order of hearing."""
        return [row.name for row in self.rows("alarm", "alarms", "id")]


def eventually(what: Callable[[], Any], seconds: float = 10.0) -> Any:
    """Wait until something holds, and give it; fail with its last value."""
    until = time.monotonic() + seconds
    while True:
        value = what()
        if value:
            return value
        assert time.monotonic() < until, f"did not come true within {seconds} s: {value!r}"
        eventlet.sleep(0.02)


def on_embedded(folder: Path) -> Iterator[Site]:
    """Set up a site on SQLite and the embedded broker."""
    forget_embedded()
    yield from _site(Settings(data_dir=folder, amqp_url="memory://", actor_secret=SECRET, retry_delays=(0.1, 0.2)))
    forget_embedded()


def on_real(folder: Path, amqp_url: str, databases: PostgresBackend) -> Iterator[Site]:
    """Set up a site on PostgreSQL and RabbitMQ."""
    made = [databases.open("doors", toys.doors_metadata), databases.open("alarm", toys.alarm_metadata)]
    with pytest.MonkeyPatch.context() as patch:
        for database in made:
            url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
            patch.setenv(f"CRM_{database.service.upper()}_DATABASE_URL", url)
        yield from _site(Settings(data_dir=folder, amqp_url=amqp_url, actor_secret=SECRET, retry_delays=(0.1, 0.2)))
    for database in made:
        databases.close(database)


def _site(settings: Settings) -> Iterator[Site]:
    toys.FAILING.clear()
    config.update({"settings": settings, "topology": toys.TOPOLOGY})
    databases = {
        "doors": open_database(settings, "doors", toys.doors_metadata),
        "alarm": open_database(settings, "alarm", toys.alarm_metadata),
    }
    for database in databases.values():
        database.metadata.create_all(database.engine)
    with connect(settings.amqp_url) as connection:
        toys.TOPOLOGY.declare(connection.channel())
    client = RpcClient(settings.amqp_url, "test")
    thread = eventlet.spawn(client.link.run)
    assert client.link.ready.wait(10)
    yield Site(settings, databases, client)
    client.link.stop()
    thread.wait()
    for database in databases.values():
        database.close()


@pytest.fixture(params=["embedded", "real"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A site on each kind of bus and database."""
    if request.param == "embedded":
        yield from on_embedded(tmp_path)
    else:
        databases = request.getfixturevalue("postgres_databases")
        yield from on_real(tmp_path, request.getfixturevalue("amqp_url"), databases)


@pytest.fixture
def real_site(tmp_path: Path, amqp_url: str, postgres_databases: PostgresBackend) -> Iterator[Site]:
    """A site on RabbitMQ and PostgreSQL."""
    yield from on_real(tmp_path, amqp_url, postgres_databases)
