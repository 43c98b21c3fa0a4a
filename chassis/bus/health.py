"""A tiny HTTP server that tells an orchestrator whether a service is alive and ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import eventlet.wsgi
import sqlalchemy as sa

from chassis.bus.relay import Outbox, lag_seconds
from chassis.bus.storage import Storage
from chassis.errors import CrmError
from chassis.telemetry import log
from chassis.wire import encode

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def serve_health(port: int, containers: Iterable[Any]) -> None:
    """Answer /livez and /readyz on a port of every interface, in a green thread of its own."""
    storages = [d for container in containers for d in container.dependencies if isinstance(d, Storage)]

    def application(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        ready = (
            {storage.database.service: readiness(storage) for storage in storages}
            if environ["PATH_INFO"] != "/livez"
            else {}
        )
        fine = all(state["ready"] for state in ready.values())
        start_response("200 OK" if fine else "503 Service Unavailable", [("Content-Type", "application/json")])
        return [encode({"ok": fine, "services": ready})]

    socket = eventlet.listen(("0.0.0.0", port))  # noqa: S104 (an orchestrator asks from outside the container)
    eventlet.spawn(eventlet.wsgi.server, socket, application, log_output=False)
    log.info("health.listening", port=port)


def readiness(storage: Storage) -> dict[str, Any]:
    """Tell whether a service's database and broker answer, how far its relay is behind and how many messages are parked."""
    try:
        lag = Outbox(storage.database).lag()
        parked = storage.database.tables.parked
        with storage.database.reading() as reading:
            count = sa.select(sa.func.count()).where(parked.c.state == "parked")
            waiting = reading.connection.execute(count.select_from(parked)).scalar_one()
    except CrmError as error:
        return {"ready": False, "error": str(error)}
    return {
        "ready": storage.relay.link.ready.is_set(),
        "outbox_waiting": lag.waiting,
        "outbox_oldest_seconds": lag_seconds(lag),
        "parked": waiting,
    }
