"""The service's database as a nameko dependency; its relay and its timers run beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Event
from typing import Any

import sqlalchemy as sa
from nameko import config
from nameko.extensions import DependencyProvider

from chassis.bus.relay import Relay
from chassis.bus.server import CALLER
from chassis.bus.threads import Threads
from chassis.bus.topology import Topology
from chassis.errors import Unavailable
from chassis.settings import Settings
from chassis.store.database import Database
from chassis.store.timers import Due, Timers, WhenDue
from chassis.store.work import Work
from chassis.telemetry import log

_TICK = 0.5  # seconds between looks for what is due


def open_database(settings: Settings, service: str, metadata: sa.MetaData) -> Database:
    """Open a service's database as the settings say."""
    url = settings.service_database_url(service)
    return Database(service, url, metadata, enterprise=settings.enterprise, pool=settings.database_pool)


class Storage(DependencyProvider):  # type: ignore[misc]
    """Gives each worker a Work bound to its caller: `self.db.run(…)`, `self.db.read(…)`."""

    def __init__(
        self,
        metadata: sa.MetaData,
        timers: dict[str, Callable[..., None]] | None = None,
        standing: Mapping[str, WhenDue] | None = None,
    ) -> None:
        super().__init__()
        self.metadata = metadata
        self.timers = timers or {}
        self.standing = standing or {}

    def setup(self) -> None:
        """Open the database; connections are made when first needed."""
        settings: Settings = config["settings"]
        topology: Topology = config["topology"]
        self.database = open_database(settings, self.container.service_name, self.metadata)
        self.relay = Relay(
            self.database,
            settings.amqp_url,
            topology,
            batch=settings.relay_batch,
            poll=settings.relay_poll,
            pace=settings.relay_pace,
        )
        self._timers = Timers(
            self.database, self.timers, standing=self.standing, idempotency_days=settings.idempotency_days
        )
        self._stopping = Event()
        self._threads = Threads(self.container)

    def start(self) -> None:
        """Start the relay and the timers."""
        self._threads.spawn("relay link", self.relay.link.run)
        self._threads.spawn("relay", self.relay.run)
        self._threads.spawn("timers", self._tick)

    def stop(self) -> None:
        """Stop the relay after the batch under way, and close the database."""
        self._stopping.set()
        self.relay.stop()
        self._threads.join()
        self.database.close()

    def kill(self) -> None:
        """Close the database: a container that is killed stops nothing."""
        self.database.close()

    def get_dependency(self, worker_ctx: Any) -> Work:
        """Bind the database to the worker's caller."""
        return Work(self.database, worker_ctx.data[CALLER])

    def _tick(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._timers.fire_next():
                    continue
            except Unavailable as error:
                log.warning("timers.wait", error=str(error))
            except Exception:
                log.exception("timers.failed")
            self._stopping.wait(_TICK)


def storage_of(container: Any) -> Storage:
    """Find the storage of a service."""
    for dependency in container.dependencies:
        if isinstance(dependency, Storage):
            return dependency
    raise LookupError(f"{container.service_name} has no Storage")


__all__ = ["Due", "Storage", "open_database", "storage_of"]
