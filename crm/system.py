"""Putting the system together: which services there are, what each stands on, and how they run.

Nothing here is imported before eventlet has patched the standard library where that is needed (`crm run`, `crm serve`).
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import secrets
import signal
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import sqlalchemy as sa
from pydantic import SecretStr

from chassis.bus.rebuild import Rebuild
from chassis.bus.replay import catch_up, log_length
from chassis.bus.storage import open_database
from chassis.bus.topology import Topology
from chassis.bus.transport import connect
from chassis.errors import Misconfigured
from chassis.events import Published
from chassis.service import reactions_of
from chassis.settings import Settings
from chassis.store.database import Database
from chassis.store.inbox import Inbox
from chassis.store.migrate import is_current, migrate
from chassis.store.projection import Projection, only_of
from chassis.telemetry import log

SERVICES = ("contacts", "deals", "claims", "reporting")
GATEWAY = "gateway"

Progress = Callable[[str, int, int], None]
"""Told a source, the position reached in its log, and the log's length."""


def service_class(name: str) -> Any:
    """Give the nameko class of a service or of the gateway; raise Misconfigured if there is none of that name."""
    if name == GATEWAY:
        return importlib.import_module("gateway.service").GatewayService
    if name not in SERVICES:
        raise Misconfigured(f"there is no service {name!r}; there are {', '.join((*SERVICES, GATEWAY))}")
    return getattr(importlib.import_module(f"services.{name}.service"), f"{name.capitalize()}Service")


def metadata_of(name: str) -> sa.MetaData:
    """Give the tables of a service."""
    metadata: sa.MetaData = importlib.import_module(f"services.{name}.storage.tables").metadata
    return metadata


def events_of(name: str) -> list[type[Published]]:
    """Give the classes of the events that a service publishes."""
    module = importlib.import_module(f"services.{name}.events")
    found = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Published)]
    return sorted((kind for kind in found if hasattr(kind, "type")), key=lambda kind: kind.type)


def migrations_of(name: str) -> Path:
    """Give the folder of a service's migrations."""
    return Path(importlib.import_module(f"services.{name}").__path__[0]) / "migrations"


def topology() -> Topology:
    """Tell who hears whom and what others may see, from the service classes and their events."""
    hears = {name: frozenset(source for source, _ in reactions_of(service_class(name))) for name in SERVICES}
    public = {name: frozenset(kind.type for kind in events_of(name) if kind.public) for name in SERVICES}
    return Topology(hears=hears, public=public)


@contextmanager
def databases(settings: Settings, names: Sequence[str] = SERVICES) -> Iterator[dict[str, Database]]:
    """Open the databases of services for the length of a block."""
    with ExitStack() as stack:
        opened = {}
        for name in names:
            opened[name] = open_database(settings, name, metadata_of(name))
            stack.callback(opened[name].close)
        yield opened


def migrate_all(settings: Settings, names: Sequence[str] = SERVICES) -> None:
    """Bring the databases of services up to date and put in what they ship with."""
    with databases(settings, names) as opened:
        for name, database in opened.items():
            migrate(database, migrations_of(name))
            install = getattr(importlib.import_module(f"services.{name}"), "INSTALL", None)
            if install is not None:
                module, function = install.split(":")
                with database.transaction() as tx:
                    getattr(importlib.import_module(module), function)(tx)
            log.info("migrated", service=name)


def declare_bus(settings: Settings) -> None:
    """Declare exchanges and queues; events published from then on reach everyone who is to hear them."""
    with connect(settings.amqp_url) as connection:
        connection.ensure_connection(max_retries=30, interval_start=0.5, interval_step=0.5, interval_max=2)
        topology().declare(connection.channel())


def inbox_of(settings: Settings, name: str, database: Database) -> Inbox:
    """Give the inbox of a service, for replays and for the operator's retries."""
    return Inbox(database, reactions_of(service_class(name)), settings.retry_delays)


def replay(
    settings: Settings, name: str, *, from_start: bool = False, only: Collection[str] = (), progress: Progress
) -> int:
    """Let a service hear again what it has not handled, or everything; tell how many events were read.

    Works while the system runs. `from_start` builds the service's projections anew, all or `only` the named ones, beside
    those in use, and is refused for a service that owns more than projections; progress is told as it goes.
    """
    sources = topology().hears.get(service_class(name).name, frozenset())
    if not sources:
        raise Misconfigured(f"{name} hears no other service, so there is nothing to replay")
    wanted = _projections_of(name, only) if from_start else []
    if only and not from_start:
        raise Misconfigured("--only says what --from-start is to build anew; give both")
    with databases(settings, [name, *sorted(sources)]) as opened:
        consumer = opened[name]
        events = 0
        _spare_what_stays()
        if from_start:
            if not is_current(consumer, migrations_of(name)):
                raise Misconfigured(f"the database of {name} is not that of this version; run crm migrate {name} first")
            reactions = reactions_of(service_class(name))
            events = Rebuild(
                live=consumer,
                sources=[opened[source] for source in sorted(sources)],
                reactions=only_of(reactions, wanted),
                tables=[table for projection in wanted for table in projection.tables],
                whole=not only,
            ).run(progress)
        inbox = inbox_of(settings, name, consumer)
        return events + sum(
            catch_up(inbox, consumer, opened[source], _told(progress, source, log_length(opened[source])))
            for source in sorted(sources)
        )


def _projections_of(name: str, only: Collection[str]) -> list[Projection]:
    """Give a service's projections, all or those named; raise Misconfigured where there are none."""
    place = getattr(importlib.import_module(f"services.{name}"), "PROJECTIONS", None)
    if place is None:
        raise Misconfigured(f"{name} owns data that no replay can bring back; leave out --from-start")
    module, variable = place.split(":")
    projections: Mapping[str, Projection] = getattr(importlib.import_module(module), variable)
    unknown = sorted(set(only) - projections.keys())
    if unknown:
        raise Misconfigured(
            f"{name} has no projection {', '.join(map(repr, unknown))}; there are {', '.join(projections)}"
        )
    return [projection for key, projection in projections.items() if not only or key in only]


def _told(progress: Progress, source: str, length: int) -> Callable[[int], None]:
    return lambda position: progress(source, position, length)


def serve(settings: Settings, names: Sequence[str], *, health_port: int = 0) -> None:
    """Run services until SIGTERM or SIGINT; the bus and the databases may come later than they."""
    from nameko import config
    from nameko.runners import ServiceRunner

    config.update(
        {
            "settings": settings,
            "topology": topology(),
            "max_workers": settings.workers,
            "WEB_SERVER_ADDRESS": f"{settings.http_host}:{settings.http_port}",
        }
    )
    runner = ServiceRunner()
    for name in names:
        runner.add_service(service_class(name))
    started = _stop_on_signal(runner)
    runner.start()
    started.set()
    if health_port:
        from chassis.bus.health import serve_health

        serve_health(health_port, runner.containers)
    _spare_what_stays()
    log.info("serving", services=list(names))
    runner.wait()
    log.info("stopped", services=list(names))


def _spare_what_stays() -> None:
    """Take what is in memory by now, which stays, out of what collections of garbage look through again and again.

    They would hold up everybody for a tenth of a second, and take a seventh of the time that events are applied in.
    """
    gc.collect()
    gc.freeze()


def _stop_on_signal(runner: Any) -> Event:
    """Stop services when a signal comes, but not before the event that is given is set: they stop once they have started."""
    import eventlet

    started = Event()

    def stop() -> None:
        started.wait()
        runner.stop()

    # a signal may come in the hub itself, which may not wait: the stopping runs in a thread of its own
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda signum, frame: eventlet.spawn_n(stop))
    return started


def run_embedded(settings: Settings) -> None:
    """Run the whole system in this process, on SQLite files and the embedded broker."""
    if not settings.embedded:
        raise Misconfigured("`crm run` is the embedded system; with CRM_AMQP_URL set, use `crm serve`")
    settings = settings.model_copy(
        update={"dev_issuer": True, "actor_secret": settings.actor_secret or SecretStr(secrets.token_urlsafe(48))}
    )
    with _alone(settings.data_dir):
        migrate_all(settings)
        declare_bus(settings)
        for name, sources in topology().hears.items():
            if sources:
                count = replay(settings, name, from_start=False, progress=lambda *_: None)
                log.info("caught_up", service=name, events=count)
        serve(settings, (*SERVICES, GATEWAY))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the data folder: two systems on the same files would each publish the other's events."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misconfigured(f"another `crm run` uses the files in {folder}; stop it or set CRM_DATA_DIR") from None
        yield
