"""What clients do, through the gateway of a running system on RabbitMQ and PostgreSQL."""

from __future__ import annotations

import http.client
import itertools
import json
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import eventlet

from benchmarks.cpu import cpu_seconds
from tests.support.system import System

_OPERATIONS, _AT_ONCE, _DEALS = 300, 4, 1000

LIST = "{ deals(first: 50) { nodes { id number title outcome amount { amount currency } partner { name } manager { name } } } }"
ONE = "query($id: ID!) { deal(id: $id) { id number title stage { key name } outcome amount { amount } partner { name } } }"
OPEN = "mutation($input: OpenDealInput!) { openDeal(input: $input) { deal { id version stage { key } } errors { code message } } }"
MOVE = "mutation($input: MoveDealInput!) { moveDeal(input: $input) { deal { id version stage { key } } errors { code message } } }"


class _Client:
    """A client with a connection of its own."""

    def __init__(self, url: str, token: str) -> None:
        where = urlsplit(url)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, query: str, variables: dict[str, Any]) -> Any:
        body = json.dumps({"query": query, "variables": variables})
        self._connection.request("POST", "/graphql", body, self._headers)
        answer = json.loads(self._connection.getresponse().read())
        if answer.get("errors") or any(isinstance(v, dict) and v.get("errors") for v in answer["data"].values()):
            raise RuntimeError(answer)
        return answer["data"]


def bench_graphql(system: System, database_pids: list[int], broker_pids: list[int]) -> dict[str, dict[str, float]]:
    """Measure the four operations; CPU in ms an operation: of the gateway and services, of database and broker."""
    clients = [_Client(system.url, system.token()) for _ in range(_AT_ONCE)]
    deals, process, partners, managers, stages = _fill(clients[0])
    own = [program.pid for program in system.processes.values()]
    moves = ((deal, stage) for stage in itertools.cycle(stages[1:] + stages[:1]) for deal in deals)
    ids: Iterator[str] = itertools.cycle(deals)

    def opening() -> tuple[str, dict[str, Any]]:
        amount = {"amount": "1000.00", "currency": "USD"}
        return OPEN, {
            "input": {
                "process": process,
                "title": "Benchmark",
                "partner": partners[0],
                "manager": managers[0],
                "amount": amount,
            }
        }

    def moving() -> tuple[str, dict[str, Any]]:
        deal, stage = next(moves)
        return MOVE, {"input": {"deal": deal, "stage": stage}}

    operations: dict[str, Callable[[], tuple[str, dict[str, Any]]]] = {
        "list of 50 deals with partner and manager": lambda: (LIST, {}),
        "one deal": lambda: (ONE, {"id": next(ids)}),
        "open a deal": opening,
        "move a deal": moving,
    }
    results = {}
    for name, operation in operations.items():
        _measure(clients, operation, 40, own, [])
        results[name] = _measure(clients, operation, _OPERATIONS, own, [*database_pids, *broker_pids])
    return results


def _measure(
    clients: list[_Client],
    operation: Callable[[], tuple[str, dict[str, Any]]],
    count: int,
    own: list[int],
    others: list[int],
) -> dict[str, float]:
    times: list[float] = []
    left = iter(range(count))

    def work(client: _Client) -> None:
        for _ in left:
            query, variables = operation()
            began = time.perf_counter()
            client.ask(query, variables)
            times.append((time.perf_counter() - began) * 1000)

    cpu, others_cpu, began = cpu_seconds(own), cpu_seconds(others), time.perf_counter()
    threads = [eventlet.spawn(work, client) for client in clients]
    for thread in threads:
        thread.wait()
    took = time.perf_counter() - began
    times.sort()
    return {
        "operations/s": count / took,
        "p50 ms": statistics.median(times),
        "p99 ms": times[int(len(times) * 0.99)],
        "CPU ms, gateway and services": (cpu_seconds(own) - cpu) / count * 1000,
        "CPU ms, database and broker": (cpu_seconds(others) - others_cpu) / count * 1000,
    }


def _fill(client: _Client) -> tuple[list[str], str, list[str], list[str], list[str]]:
    """Put in managers, partners and deals; give ids and the stages of the process."""
    system = "benchmark"
    managers = [{"externalRef": {"system": system, "id": f"m{n}"}, "name": f"Manager {n}"} for n in range(30)]
    partners = [{"externalRef": {"system": system, "id": f"p{n}"}, "name": f"Partner {n}"} for n in range(100)]
    _import(client, "importManagers", "ImportManagersInput", managers)
    _import(client, "importPartners", "ImportPartnersInput", partners)
    processes = client.ask("{ salesProcesses { id key control stages { key } } }", {})["salesProcesses"]
    manual = next(p for p in processes if p["control"] == "MANUAL")
    rows = [
        {
            "externalRef": {"system": system, "id": f"d{n}"},
            "processKey": manual["key"],
            "title": f"Deal {n}",
            "partnerRef": {"system": system, "id": f"p{n % 100}"},
            "managerRef": {"system": system, "id": f"m{n % 30}"},
            "amount": {"amount": f"{n}.00", "currency": "USD"},
            "createdAt": "2026-01-01T00:00:00Z",
        }
        for n in range(_DEALS)
    ]
    deals = [
        id
        for start in range(0, _DEALS, 500)
        for id in _import(client, "importDeals", "ImportDealsInput", rows[start : start + 500])
    ]
    partner_ids = [
        node["id"] for node in client.ask("{ partners(first: 5) { nodes { id } } }", {})["partners"]["nodes"]
    ]
    manager_ids = [
        node["id"] for node in client.ask("{ managers(first: 5) { nodes { id } } }", {})["managers"]["nodes"]
    ]
    return deals, manual["id"], partner_ids, manager_ids, [stage["key"] for stage in manual["stages"]]


def _import(client: _Client, mutation: str, kind: str, rows: list[dict[str, Any]]) -> list[str]:
    query = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ results {{ id errors {{ code message }} }} errors {{ code }} }} }}"
    return [result["id"] for result in client.ask(query, {"input": {"rows": rows}})[mutation]["results"]]
