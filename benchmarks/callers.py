"""Those who call the gateway, and what is there for them to call about."""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import eventlet

from tests.support.system import System

DEALS = 1000
_AT_ONCE = 4

Request = tuple[str, dict[str, Any]]
"""A GraphQL document and its variables."""


class Client:
    """A client with a connection of its own."""

    def __init__(self, url: str, token: str) -> None:
        where = urlsplit(url)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, query: str, variables: dict[str, Any]) -> Any:
        """Send a request that has to succeed, and give its data."""
        body = json.dumps({"query": query, "variables": variables})
        self._connection.request("POST", "/graphql", body, self._headers)
        answer = json.loads(self._connection.getresponse().read())
        if answer.get("errors") or any(isinstance(v, dict) and v.get("errors") for v in answer["data"].values()):
            raise RuntimeError(answer)
        return answer["data"]


def clients_of(system: System) -> list[Client]:
    """Give clients who call at once."""
    return [Client(system.url, system.token()) for _ in range(_AT_ONCE)]


@dataclass(frozen=True)
class Times:
    """How long calls took, one by one and all of them, seconds."""

    each: list[float]
    took: float

    @property
    def p50_ms(self) -> float:
        """The median, milliseconds."""
        return statistics.median(self.each) * 1000

    @property
    def p99_ms(self) -> float:
        """What one in a hundred takes longer than, milliseconds."""
        return sorted(self.each)[int(len(self.each) * 0.99)] * 1000


def timed(calls: list[Callable[[], None]], count: int) -> Times:
    """Call so often, by all callers at once."""
    each: list[float] = []
    left = iter(range(count))

    def work(call: Callable[[], None]) -> None:
        for _ in left:
            began = time.perf_counter()
            call()
            each.append(time.perf_counter() - began)

    began = time.perf_counter()
    threads = [eventlet.spawn(work, call) for call in calls]
    for thread in threads:
        thread.wait()
    return Times(each, time.perf_counter() - began)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Ids of what was put in, and the stages of the process that its deals follow."""

    deals: list[str]
    process: str
    partners: list[str]
    managers: list[str]
    stages: list[str]


def fill(client: Client) -> Filled:
    """Put in managers, partners and deals."""
    system = "benchmark"
    managers = [{"externalRef": {"system": system, "id": f"m{n}"}, "name": f"Manager {n}"} for n in range(30)]
    partners = [{"externalRef": {"system": system, "id": f"p{n}"}, "name": f"Partner {n}"} for n in range(100)]
    manager_ids = _import(client, "importManagers", "ImportManagersInput", managers)
    partner_ids = _import(client, "importPartners", "ImportPartnersInput", partners)
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
        for n in range(DEALS)
    ]
    deals = [
        id
        for start in range(0, DEALS, 500)
        for id in _import(client, "importDeals", "ImportDealsInput", rows[start : start + 500])
    ]
    return Filled(
        deals=deals,
        process=manual["id"],
        partners=partner_ids,
        managers=manager_ids,
        stages=[stage["key"] for stage in manual["stages"]],
    )


def _import(client: Client, mutation: str, kind: str, rows: list[dict[str, Any]]) -> list[str]:
    query = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ results {{ id errors {{ code message }} }} errors {{ code }} }} }}"
    return [result["id"] for result in client.ask(query, {"input": {"rows": rows}})[mutation]["results"]]
