"""Opening and moving a deal through the gateway, against nameko's bare echo, at several numbers of deals."""

from __future__ import annotations

import itertools
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import eventlet
import psycopg2

from benchmarks.callers import DEALS, Client, Filled, Request, clients_of, fill, timed
from benchmarks.cpu import cpu_seconds
from benchmarks.echo import nameko_echo
from benchmarks.figures import Figure, Figures
from benchmarks.load import multiply
from tests.support.system import System

SIZES = (10_000, 200_000)
_ROUNDS, _CALLS, _REST = 5, 100, 3.0
_MOST_ECHOES, _MOST_GROWTH = 3.0, 1.2

OPEN = "mutation($input: OpenDealInput!) { openDeal(input: $input) { deal { id version stage { key } } errors { code message } } }"
MOVE = "mutation($input: MoveDealInput!) { moveDeal(input: $input) { deal { id version stage { key } } errors { code message } } }"

_ECHO = "nameko's echo"


@dataclass(frozen=True)
class _Cost:
    """What one call costs, milliseconds: of CPU, of whoever took part, and of waiting; and how many a second are answered."""

    cpu: float
    p50: float
    p99: float
    per_second: float


_Rounds = list[dict[str, _Cost]]
"""What was measured in turn, by what was called."""


def bench_deals(
    system: System, echo_url: str, database_pids: list[int], broker_pids: list[int], sizes: Sequence[int]
) -> dict[str, Figures]:
    """Measure an echo, opening and moving in turn, at each number of deals.

    CPU is that of all who take part: the caller, the gateway, all services, database and broker, until the last event
    of the deals has had its effect everywhere; less what the same processes use at rest in that time.
    """
    clients = clients_of(system)
    filled = fill(clients[0])
    results: dict[str, Figures] = {}
    measured: dict[int, _Rounds] = {}
    loaded = 1
    with closing(_Effects(system.databases)) as effects:
        for size in sorted(sizes):
            effects.wait()
            copies = max(loaded, size // DEALS)
            multiply(system.databases, filled.deals, range(loaded, copies))
            loaded = copies
            bench = _Bench(system, clients, filled, [*database_pids, *broker_pids], broker_pids, effects)
            with nameko_echo(echo_url) as echo:
                measured[size] = bench.rounds(echo)
            results[f"{size:,} deals"] = _figures(measured[size], bench.at_rest)
    smallest, largest = min(measured), max(measured)
    if smallest != largest:
        results[f"{largest:,} against {smallest:,} deals"] = _growth(measured[smallest], measured[largest])
    return results


class _Effects:
    """Looks whether all that the services have told has had its effect in the others.

    Its connections stay open: the server's part in opening one would be counted as that of the calls.
    """

    def __init__(self, databases: Mapping[str, str]) -> None:
        self._connections = {service: psycopg2.connect(url) for service, url in databases.items()}
        for connection in self._connections.values():
            connection.autocommit = True

    def wait(self) -> None:
        """Wait until it has."""
        # in the words of the outbox's indexes: a look costs nothing, however much was ever told
        unpublished = "position IS NULL OR (published_at IS NULL AND position IS NOT NULL)"
        told = f"SELECT max(position) FROM outbox WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE {unpublished})"
        last = self._until("deals", f"SELECT * FROM ({told}) AS told WHERE max IS NOT NULL")
        for service in ("contacts", "claims", "reporting"):
            self._until(service, f"SELECT 1 FROM inbox_progress WHERE source = 'deals' AND position >= {last}")

    def close(self) -> None:
        """Close the connections."""
        for connection in self._connections.values():
            connection.close()

    def _until(self, service: str, query: str) -> int:
        with self._connections[service].cursor() as cursor:
            for _ in range(600):
                cursor.execute(query)
                row = cursor.fetchone()
                if row is not None:
                    return int(row[0])
                eventlet.sleep(0.1)
        raise TimeoutError(query)


class _Bench:
    """Measures in turn, so that what else the machine does meets all alike."""

    def __init__(
        self,
        system: System,
        clients: list[Client],
        filled: Filled,
        servers: list[int],
        broker: list[int],
        effects: _Effects,
    ) -> None:
        self._system, self._clients, self._filled, self._effects = system, clients, filled, effects
        self._all = [os.getpid(), *(program.pid for program in system.processes.values()), *servers]
        self._of_echo = [os.getpid(), *broker]
        self._moves = self._moving()
        self.at_rest = self._at_rest(self._all)
        self._echo_at_rest = self._at_rest(self._of_echo)

    def rounds(self, echo: Callable[[], None]) -> _Rounds:
        """Measure all, several times, after one time for warming up."""

        def once() -> dict[str, _Cost]:
            return {
                _ECHO: self._cost([echo] * len(self._clients), self._of_echo, self._echo_at_rest),
                "open a deal": self._cost(self._asking(self._opening), self._all, self.at_rest),
                "move a deal": self._cost(self._asking(lambda: next(self._moves)), self._all, self.at_rest),
            }

        once()
        return [once() for _ in range(_ROUNDS)]

    def _cost(self, calls: list[Callable[[], None]], pids: list[int], at_rest: float) -> _Cost:
        began, cpu = time.perf_counter(), cpu_seconds(pids)
        times = timed(calls, _CALLS)
        self._effects.wait()
        spent = cpu_seconds(pids) - cpu - at_rest * (time.perf_counter() - began)
        return _Cost(
            cpu=spent / _CALLS * 1000, p50=times.p50_ms, p99=times.p99_ms, per_second=len(times.each) / times.took
        )

    def _asking(self, request: Callable[[], Request]) -> list[Callable[[], None]]:
        def ask(client: Client) -> None:
            client.ask(*request())

        return [partial(ask, client) for client in self._clients]

    def _opening(self) -> Request:
        filled = self._filled
        return OPEN, {
            "input": {
                "process": filled.process,
                "title": "Benchmark",
                "partner": random.choice(filled.partners),
                "manager": random.choice(filled.managers),
                "amount": {"amount": "1000.00", "currency": "USD"},
            }
        }

    def _moving(self) -> Iterator[Request]:
        """Move deals from everywhere among those that are there, one after another, back and forth between two stages."""
        with closing(psycopg2.connect(self._system.databases["deals"])) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT id, stage FROM deals")
            deals = cursor.fetchall()
        random.shuffle(deals)
        first, second, third = self._filled.stages[:3]
        return (
            (MOVE, {"input": {"deal": id, "stage": to if stage != to else first}})
            for to in itertools.cycle((second, third))
            for id, stage in deals
        )

    def _at_rest(self, pids: list[int]) -> float:
        """Give the CPU that processes use while nothing is asked, seconds a second."""
        self._effects.wait()
        began, cpu = time.perf_counter(), cpu_seconds(pids)
        eventlet.sleep(_REST)
        return (cpu_seconds(pids) - cpu) / (time.perf_counter() - began)


def _p50(name: str, costs: dict[str, _Cost]) -> float:
    return costs[name].p50


def _in_echoes(name: str, costs: dict[str, _Cost]) -> float:
    return costs[name].cpu / costs[_ECHO].cpu


def _figures(rounds: _Rounds, at_rest: float) -> Figures:
    figures: dict[str, float | Figure] = {"at rest, ms of CPU a second": at_rest * 1000}
    for name in rounds[0]:
        figures[f"{name}, operations/s"] = statistics.median(costs[name].per_second for costs in rounds)
        figures[f"{name}, p50 ms"] = statistics.median(map(partial(_p50, name), rounds))
        figures[f"{name}, p99 ms"] = statistics.median(costs[name].p99 for costs in rounds)
        figures[f"{name}, ms of CPU"] = statistics.median(costs[name].cpu for costs in rounds)
        if name != _ECHO:
            ratio = statistics.median(map(partial(_in_echoes, name), rounds))
            figures[f"{name}, CPU in echoes"] = Figure(value=ratio, at_most=_MOST_ECHOES)
    return figures


def _growth(few: _Rounds, many: _Rounds) -> Figures:
    """Compare what was measured at two sizes: CPU by the echo of its own round; p50 as it is, beside the echo's own."""

    def growth(cost: Callable[[dict[str, _Cost]], float]) -> float:
        return statistics.median(map(cost, many)) / statistics.median(map(cost, few))

    figures: dict[str, float | Figure] = {}
    for name in few[0]:
        p50 = growth(partial(_p50, name))
        if name == _ECHO:
            figures[f"{name}, growth of p50"] = p50
            continue
        cpu = growth(partial(_in_echoes, name))
        figures[f"{name}, growth of CPU"] = Figure(value=cpu, at_most=_MOST_GROWTH)
        figures[f"{name}, growth of p50"] = Figure(value=p50, at_most=_MOST_GROWTH)
    return figures
