"""The gateway over the real services, in one process and without a bus."""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from chassis.actor import verify_actor
from chassis.bus.envelope import Message, event_headers
from chassis.bus.feed import Feed
from chassis.events import Heard
from chassis.service import reactions_of
from chassis.settings import Settings
from chassis.store.database import Database
from chassis.store.work import Caller, Work
from chassis.wire import decode, encode
from gateway.auth import issue_token
from gateway.web.app import App

SECRET = "for tests only, and long enough for that"
SERVICES = ("contacts", "deals", "claims", "reporting")


class Done:
    """An answer that is there already."""

    def __init__(self, result: Any, error: Exception | None = None) -> None:
        self._result = result
        self._error = error

    def result(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._result


class System:
    """Answers HTTP requests; remembers what the services were asked, and can have some of them down.

    `goes_on` says that its databases are those of a system that had begun, and had heard of everything.
    """

    def __init__(self, settings: Settings, databases: dict[str, Database], *, goes_on: bool = False) -> None:
        self.settings = settings
        self.databases = databases
        self.asked: list[str] = []
        self.down: dict[str, Exception] = {}
        self.feed = Feed("memory://", SERVICES)
        self.feed.link.ready.set()  # events are handed to it below, without a bus
        self.feed.bound.set()
        self.deadlines: list[float] = []
        self.app = App(settings, SECRET, self._on_behalf, self.feed)
        self._heard = {source: self._told(source) if goes_on else 0 for source in databases}
        if not goes_on:
            self._begin()
        self.processes = {p["key"]: p["id"] for p in self.ask("{ salesProcesses { id key } }")["salesProcesses"]}

    def _begin(self) -> None:
        for name, database in self.databases.items():
            install = getattr(importlib.import_module(f"services.{name}"), "INSTALL", None)
            if install is not None:
                module, function = install.split(":")
                with database.transaction() as tx:
                    getattr(importlib.import_module(module), function)(tx)
        self.settle()

    def _told(self, source: str) -> int:
        outbox = self.databases[source].tables.outbox
        with self.databases[source].reading() as reading:
            return reading.connection.execute(sa.select(sa.func.max(outbox.c.id))).scalar() or 0

    def ask(self, query: str, *, role: str = "admin", member: str | None = None, **variables: Any) -> Any:
        """Run a query or mutation that has no errors, and give its data; all events are heard before it returns."""
        answer = self.answer(query, role=role, member=member, **variables)
        assert "errors" not in answer, answer
        self.settle()
        return answer["data"]

    def do(self, mutation: str, give: str, *, role: str = "admin", member: str | None = None, **input: Any) -> Any:
        """Run a mutation and give its payload."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input"
        query = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {give} errors {{ field code message details }} }} }}"
        return self.ask(query, role=role, member=member, input=input)[mutation]

    def answer(self, query: str, *, role: str = "admin", member: str | None = None, **variables: Any) -> Any:
        """Run a query and give the whole answer."""
        token = issue_token(self.settings, role, manager=member)
        body = {"query": query, "variables": variables}
        return json.loads(self.http("POST", json=body, headers={"Authorization": f"Bearer {token}"}).get_data())

    def http(self, method: str, path: str = "/graphql", **request: Any) -> Response:
        """Send an HTTP request."""
        return self.app.graphql(Request(EnvironBuilder(method=method, path=path, **request).get_environ()))

    def settle(self) -> None:
        """Let every service hear what the others have told."""
        while sum(self._deliver(source) for source in self.databases):  # what one tells may make another tell
            pass

    def _on_behalf(self, actor: str, correlation_id: str, deadline: float) -> _Link:
        self.deadlines.append(deadline)
        return _Link(self, actor, correlation_id)

    def _deliver(self, source: str) -> bool:
        outbox = self.databases[source].tables.outbox
        with self.databases[source].reading() as reading:
            after = self._heard[source]
            rows = reading.connection.execute(sa.select(outbox).where(outbox.c.id > after).order_by(outbox.c.id)).all()
        for row in rows:
            self._heard[source] = row.id
            event = Heard(
                id=str(row.event_id), source=source, type=row.type, position=row.id, sequence=row.sequence,
                occurred_at=row.occurred_at.astimezone(UTC), recorded_at=row.recorded_at, data=decode(row.data),
            )  # fmt: skip
            self.feed.hand_out(_message(source, row))
            for name, database in self.databases.items():
                for reaction in reactions_of(_service(name)).get((source, row.type), ()):
                    with database.transaction() as tx:
                        reaction(event, tx)
        return bool(rows)


def _message(source: str, row: Any) -> Message:
    headers = event_headers(
        event_id=str(row.event_id), source=source, type=row.type, subject=str(row.subject),
        occurred_at=row.occurred_at, recorded_at=row.recorded_at, sequence=row.sequence, position=row.id,
        correlation_id=row.correlation_id,
    )  # fmt: skip
    return Message(headers=headers, body=row.data.encode())


class _Link:
    def __init__(self, system: System, actor: str, correlation_id: str) -> None:
        self._system = system
        self._actor = verify_actor(actor, SECRET)
        self._correlation_id = correlation_id

    def send(self, service: str, method: str, payload: Any, idempotency_key: str | None = None) -> Done:
        self._system.asked.append(f"{service}.{method}")
        if service in self._system.down:
            return Done(None, self._system.down[service])
        instance = _service(service)()
        caller = Caller(actor=self._actor, correlation_id=self._correlation_id, idempotency_key=idempotency_key)
        instance.db = Work(self._system.databases[service], caller)
        entrypoint = getattr(instance, method)
        assert entrypoint.nameko_entrypoints, f"{service}.{method} is there, but no one can call it: @rpc is missing"
        try:
            return Done(decode(encode(entrypoint(decode(encode(payload))))))
        except Exception as error:
            return Done(None, error)


def _service(name: str) -> Any:
    return getattr(importlib.import_module(f"services.{name}.service"), f"{name.capitalize()}Service")


def present_services() -> Sequence[str]:
    """Name the services that the gateway calls."""
    return [name for name in SERVICES if (Path("services") / name / "service.py").exists()]
