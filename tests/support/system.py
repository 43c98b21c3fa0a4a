"""The whole system, started as its operator would and driven through the gateway."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx

from chassis.settings import Settings
from gateway.auth.development import issue_token
from tests.support.ports import free_port, wait_until
from tests.support.postgres import Postgres
from tests.support.programs import Process, end, start
from tests.support.rabbit import Rabbit

T = TypeVar("T")

SERVICES = ("contacts", "deals", "claims", "reporting")


class Program:
    """One `crm …` process, which can be killed and started again."""

    def __init__(
        self, name: str, arguments: list[str], environment: Mapping[str, str], folder: Path, ready: str
    ) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self.environment = environment
        self._arguments, self._folder, self._ready = arguments, folder, ready
        self._process: Process | None = None

    def start(self, *, wait: bool = True) -> None:
        """Start it, and wait until it says that it is ready."""
        arguments = [sys.executable, "-m", "crm", *self._arguments]
        self._process = start(arguments, self.environment, self.log, folder=self._folder)
        if wait:
            self.wait_ready()

    def wait_ready(self) -> None:
        """Wait until it says that it is ready; raise with the end of its log if it does not."""
        try:
            wait_until(self._is_ready, seconds=60, what=f"crm {' '.join(self._arguments)} is ready")
        except TimeoutError as error:
            raise AssertionError(f"{error}\n{self.log.read_text()[-3000:]}") from None

    def _is_ready(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"crm {' '.join(self._arguments)} ended\n{self.log.read_text()[-3000:]}")
        return httpx.get(self._ready, timeout=5).is_success

    @property
    def pid(self) -> int:
        """The process, which has to be running."""
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End it as `kill -9` does."""
        if self._process is not None:
            end(self._process, signal.SIGKILL)

    def stop(self) -> int | None:
        """End it as an operator does; give its exit code."""
        if self._process is None:
            return None
        end(self._process, signal.SIGTERM, patience=20)
        return self._process.returncode


class System:
    """A running system: its URL, its processes and (of a real one) its databases by name, and its callers."""

    def __init__(
        self,
        kind: str,
        url: str,
        processes: dict[str, Program],
        issue: Callable[[str, str | None], str],
        amqp_url: str | None = None,
        databases: Mapping[str, str] | None = None,
    ) -> None:
        self.kind, self.url, self.processes, self.amqp_url = kind, url, processes, amqp_url
        self.databases = dict(databases or {})
        self._issue = issue
        self._tokens: dict[tuple[str, str | None], str] = {}
        self._http = httpx.Client(base_url=url, timeout=60)

    def token(self, role: str = "admin", manager: str | None = None) -> str:
        """Give a token of the development issuer for a role, or for a manager in it."""
        if (role, manager) not in self._tokens:
            self._tokens[role, manager] = self._issue(role, manager)
        return self._tokens[role, manager]

    def graphql(
        self, query: str, variables: Mapping[str, Any] | None = None, *, token: str | None = None, role: str = "admin"
    ) -> Any:
        """Send a request and give the whole answer, `data` and `errors`."""
        answer = self._http.post(
            "/graphql",
            json={"query": query, "variables": dict(variables or {})},
            headers={
                "Authorization": f"Bearer {token or self.token(role)}",
                "Accept": "application/graphql-response+json",
            },
        )
        return answer.json()

    def ask(self, query: str, /, *, as_role: str = "admin", **variables: Any) -> Any:
        """Send a request that has to succeed, and give its data."""
        answer = self.graphql(query, variables, role=as_role)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def eventually(self, true: Callable[[], T], *, seconds: float = 20) -> T:
        """Poll until something is true and give it; an AssertionError or KeyError within counts as not yet."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                found = true()
                if found or time.monotonic() > deadline:
                    assert found, f"not within {seconds:g} s"
                    return found
            except (AssertionError, KeyError):
                if time.monotonic() > deadline:
                    raise
            time.sleep(0.1)

    def close(self) -> None:
        """End all processes: the gateway, then all services at once."""
        self._http.close()
        others = dict(self.processes)
        if "gateway" in others:
            others.pop("gateway").stop()
        with ThreadPoolExecutor(len(others) or 1) as threads:
            list(threads.map(Program.stop, others.values()))


@contextmanager
def embedded_system(folder: Path, **settings: str) -> Iterator[System]:
    """Run `crm run` on files in a folder; settings are further variables (`CRM_TIME_ZONE="Europe/Riga"`)."""
    port = free_port()
    environment = _environment(folder, CRM_HTTP_PORT=str(port), **settings)
    url = f"http://127.0.0.1:{port}"
    run = Program("run", ["run"], environment, folder, f"{url}/readyz")
    system = System("embedded", url, {"run": run}, _development_issuer(folder))
    try:
        system.processes["run"].start()
        yield system
    finally:
        system.close()


@contextmanager
def real_system(folder: Path, broker: Rabbit, server: Postgres, **settings: str) -> Iterator[System]:
    """Run `crm migrate`, then every service and the gateway as a process each, on a virtual host and databases of its own."""
    amqp_url, prefix, port = broker.new_vhost(), f"crm_test_{secrets.token_hex(4)}", free_port()
    databases = {name: server.create(f"{prefix}_{name}") for name in SERVICES}
    urls = {f"CRM_{name.upper()}_DATABASE_URL": url for name, url in databases.items()}
    environment = _environment(
        folder,
        CRM_HTTP_PORT=str(port),
        CRM_AMQP_URL=amqp_url,
        CRM_DEV_ISSUER="true",
        CRM_ACTOR_SECRET=secrets.token_hex(32),
        **urls,
        **settings,
    )
    url = f"http://127.0.0.1:{port}"
    processes = {"gateway": Program("gateway", ["serve", "gateway"], environment, folder, f"{url}/readyz")}
    for name in SERVICES:
        health = free_port()
        arguments = ["serve", name, "--health-port", str(health)]
        processes[name] = Program(name, arguments, environment, folder, f"http://127.0.0.1:{health}/readyz")
    system = System("real", url, processes, _development_issuer(folder), amqp_url, databases)
    try:
        _migrate(environment, folder)
        for program in processes.values():
            program.start(wait=False)
        for program in processes.values():
            program.wait_ready()
        yield system
    finally:
        system.close()
        broker.drop_vhost(amqp_url)
        for name in SERVICES:
            server.drop(f"{prefix}_{name}")


def _development_issuer(folder: Path) -> Callable[[str, str | None], str]:
    return lambda role, manager: issue_token(Settings(data_dir=folder), role, manager)


def _migrate(environment: Mapping[str, str], folder: Path) -> None:
    log = folder / "migrate.log"
    process = start([sys.executable, "-m", "crm", "migrate"], environment, log, folder=folder)
    assert process.wait(120) == 0, log.read_text()[-3000:]


def _environment(folder: Path, **settings: str) -> dict[str, str]:
    """Give the environment without our own settings, and away from a `.env`: the folder is where programs run."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CRM_")}
    return {**inherited, "CRM_DATA_DIR": str(folder), **settings}
