"""The real servers that behaviour tests also run on, found once a session and started only when a test needs them.

Looked for in this order: what CRM_TEST_AMQP_URL and CRM_TEST_POSTGRES_URL name, a Docker engine, programs of this machine.
One that does not start counts as absent; with CRM_TEST_REQUIRE=real that fails the test instead of skipping it.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar
from urllib.parse import urlsplit

import pytest

from tests.support.postgres import Postgres, PostgresContainer, PostgresPrograms
from tests.support.programs import NotThere
from tests.support.rabbit import Rabbit, RabbitContainer, RabbitPrograms, named_rabbit

S = TypeVar("S", Postgres, Rabbit)


class Real(Generic[S]):
    """One kind of server: found at the first need, the same for the whole session."""

    def __init__(self, name: str, variable: str, named: Callable[[str], S], ways: tuple[Callable[[], S], ...]) -> None:
        self.name, self.variable = name, variable
        self._named: Callable[[str], S] = named
        self._ways: tuple[Callable[[], S], ...] = ways
        self._found: S | None = None
        self.absent: str | None = None
        """Why there is none; None while nobody asked, or where there is one."""

    def find(self) -> S:
        """Give the session's server; skip the test, or fail it where real ones are required, if there is none."""
        if self._found is None and self.absent is None:
            url = os.environ.get(self.variable)
            self._found = self._try((lambda: self._named(url),) if url else self._ways)
        return self._found or self._give_up()

    @contextmanager
    def private(self) -> Iterator[S]:
        """Start one for a single test, which may kill it and start it again."""
        started = None if self.absent else self._try(self._ways)
        server = started or self._give_up()
        try:
            yield server
        finally:
            server.close()

    def close(self) -> None:
        """Stop the session's server, if it was started."""
        if self._found is not None:
            self._found.close()
            self._found = None

    def _try(self, ways: tuple[Callable[[], S], ...]) -> S | None:
        reasons = []
        for way in ways:
            try:
                return way()
            except (NotThere, TimeoutError, OSError) as error:
                reasons.append(" ".join(str(error).split()))
        self.absent = "; ".join(reasons)
        return None

    def _give_up(self) -> S:
        text = f"no {self.name} to test on: {self.absent}"
        if required():
            pytest.fail(f"{text} (CRM_TEST_REQUIRE=real)", pytrace=False)
        pytest.skip(text)


def required() -> bool:
    """Tell whether a test run without real servers is a failed one."""
    return os.environ.get("CRM_TEST_REQUIRE") == "real"


def _with_engine(container: Callable[[], S]) -> Callable[[], S]:
    def start() -> S:
        if not engine_listens():
            raise NotThere("no Docker engine answers")
        return container()

    return start


def engine_listens() -> bool:
    """Tell whether a Docker engine is there."""
    address = urlsplit(os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock"))
    unix = address.scheme == "unix"
    with socket.socket(socket.AF_UNIX if unix else socket.AF_INET) as probe:
        probe.settimeout(3)
        return probe.connect_ex(address.path if unix else (address.hostname, address.port)) == 0


POSTGRES = Real("PostgreSQL", "CRM_TEST_POSTGRES_URL", Postgres, (_with_engine(PostgresContainer), PostgresPrograms))
RABBIT = Real("RabbitMQ", "CRM_TEST_AMQP_URL", named_rabbit, (_with_engine(RabbitContainer), RabbitPrograms))

private_postgres = POSTGRES.private
private_rabbit = RABBIT.private


def closing_line() -> str | None:
    """Say, at the end of a run, that only the embedded half ran; None where nothing was missed."""
    missed = absent()
    if not missed:
        return None
    names = " and ".join(missed)
    verdict = "and CRM_TEST_REQUIRE=real asks for the other: FAILED" if required() else "the rest was skipped"
    return f"Only the embedded half ran, without {names}; {verdict}. CONTRIBUTING.md says how to provide them."


def absent() -> dict[str, str]:
    """Give the servers that were looked for and not found, with the reasons."""
    return {server.name: server.absent for server in (RABBIT, POSTGRES) if server.absent}


def missed_by_worker(absent: dict[str, str]) -> None:
    """Note what a worker of pytest-xdist did not find."""
    for server in (RABBIT, POSTGRES):
        server.absent = server.absent or absent.get(server.name)


def close_all() -> None:
    """Stop what was started."""
    RABBIT.close()
    POSTGRES.close()
