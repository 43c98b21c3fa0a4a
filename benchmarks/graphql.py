"""What clients read, through the gateway of a running system on RabbitMQ and PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial

from benchmarks.callers import Client, Request, clients_of, fill, timed
from benchmarks.cpu import cpu_seconds
from benchmarks.figures import Figures
from tests.support.system import System

_OPERATIONS = 300

LIST = "{ deals(first: 50) { nodes { id number title outcome amount { amount currency } partner { name } manager { name } } } }"
ONE = "query($id: ID!) { deal(id: $id) { id number title stage { key name } outcome amount { amount } partner { name } } }"


def bench_graphql(system: System, database_pids: list[int], broker_pids: list[int]) -> dict[str, Figures]:
    """Measure both reads; CPU in ms an operation: of the gateway and services, of database and broker."""
    clients = clients_of(system)
    ids = itertools.cycle(fill(clients[0]).deals)
    own = [program.pid for program in system.processes.values()]
    operations: dict[str, Callable[[], Request]] = {
        "list of 50 deals with partner and manager": lambda: (LIST, {}),
        "one deal": lambda: (ONE, {"id": next(ids)}),
    }
    results = {}
    for name, operation in operations.items():
        _measure(clients, operation, 40, own, [])
        results[name] = _measure(clients, operation, _OPERATIONS, own, [*database_pids, *broker_pids])
    return results


def _measure(
    clients: list[Client], operation: Callable[[], Request], count: int, own: list[int], others: list[int]
) -> Figures:
    def call(client: Client) -> None:
        client.ask(*operation())

    cpu, others_cpu = cpu_seconds(own), cpu_seconds(others)
    times = timed([partial(call, client) for client in clients], count)
    return {
        "operations/s": count / times.took,
        "p50 ms": times.p50_ms,
        "p99 ms": times.p99_ms,
        "CPU ms, gateway and services": (cpu_seconds(own) - cpu) / count * 1000,
        "CPU ms, database and broker": (cpu_seconds(others) - others_cpu) / count * 1000,
    }
