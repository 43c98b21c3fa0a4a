"""A call by the chassis against a call by nameko: the same echo, the same broker, in turn."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import eventlet
from nameko import config
from nameko.rpc import ClusterRpc
from nameko.rpc import rpc as nameko_rpc
from nameko.runners import ServiceRunner

from benchmarks.cpu import cpu_seconds
from benchmarks.figures import Figure, Figures
from chassis.actor import SYSTEM, sign_actor
from chassis.bus.rpc import Call, RpcClient
from chassis.bus.topology import Topology
from chassis.service import rpc
from chassis.settings import Settings

_SECRET = "a secret of the benchmark, long enough"
_PAYLOAD = {"id": "01a20ad7-d2c6-8900-befa-01bcb3c8e774", "numbers": list(range(20)), "text": "twenty characters ok"}
_ROUNDS, _CALLS, _AT_ONCE = 7, 600, 16


class Theirs:
    """An echo by nameko's own entrypoint."""

    name = "theirs"

    @nameko_rpc  # type: ignore[untyped-decorator]
    def echo(self, value: Any) -> Any:
        """Answer what came."""
        return value


class TheirCaller:
    """A service that calls by nameko's own client."""

    name = "their_caller"
    cluster = ClusterRpc()


class Ours:
    """An echo by the chassis' entrypoint."""

    name = "ours"

    @rpc
    def echo(self, value: Any) -> Any:
        """Answer what came."""
        return value


class _Worker:
    """What nameko's client wants to know of its caller."""

    context_data: ClassVar[dict[str, Any]] = {}


@contextmanager
def nameko_echo(amqp_url: str) -> Iterator[Callable[[], None]]:
    """Run nameko's echo in this process; give the function that calls it by nameko's own client."""
    config.update({"AMQP_URI": amqp_url})
    runner = ServiceRunner()
    for service in (Theirs, TheirCaller):
        runner.add_service(service)
    runner.start()
    (dependency,) = (d for d in runner.service_map["their_caller"].dependencies if isinstance(d, ClusterRpc))
    client = dependency.get_dependency(_Worker())
    try:
        yield lambda: client.theirs.echo(_PAYLOAD)
    finally:
        runner.stop()


@contextmanager
def chassis_echo(amqp_url: str) -> Iterator[Callable[[], None]]:
    """Run the chassis' echo in this process; give the function that calls it by the chassis' client."""
    settings = Settings(amqp_url=amqp_url, actor_secret=_SECRET)
    config.update({"settings": settings, "topology": Topology(), "AMQP_URI": amqp_url})
    runner = ServiceRunner()
    runner.add_service(Ours)
    runner.start()
    client = RpcClient(amqp_url, "bench")
    reader = eventlet.spawn(client.link.run)
    client.link.ready.wait(10)
    actor = sign_actor(SYSTEM, _SECRET)

    def call() -> None:
        client.call("ours", "echo", _PAYLOAD, Call(actor=actor, correlation_id="b", deadline=time.time() + 10))

    try:
        yield call
    finally:
        client.link.stop()
        reader.wait()
        runner.stop()


def bench_echo(amqp_url: str, broker: list[int]) -> Figures:
    """Measure both; give rates (calls/s one after another), CPU a call (ms: caller, service and broker) and the ratio."""
    pids = [os.getpid(), *broker]

    def measure(call: Callable[[], None], at_once: int) -> tuple[float, float]:
        cpu, clock = cpu_seconds(pids), time.perf_counter()
        pool = eventlet.GreenPool(at_once)
        for _ in range(_CALLS):
            pool.spawn_n(call)
        pool.waitall()
        return _CALLS / (time.perf_counter() - clock), (cpu_seconds(pids) - cpu) / _CALLS * 1000

    results: dict[str, float | Figure] = {}
    with nameko_echo(amqp_url) as theirs, chassis_echo(amqp_url) as ours:
        for call in (theirs, ours):
            measure(call, _AT_ONCE)
        for at_once in (1, _AT_ONCE):
            pairs = [(measure(theirs, at_once), measure(ours, at_once)) for _ in range(_ROUNDS)]
            ratio = statistics.median(o[1] / t[1] for t, o in pairs)
            results |= {
                f"nameko, {at_once} at once, calls/s": statistics.median(t[0] for t, _ in pairs),
                f"chassis, {at_once} at once, calls/s": statistics.median(o[0] for _, o in pairs),
                f"nameko, {at_once} at once, ms of CPU a call": statistics.median(t[1] for t, _ in pairs),
                f"chassis, {at_once} at once, ms of CPU a call": statistics.median(o[1] for _, o in pairs),
                f"ratio of CPU, {at_once} at once": Figure(value=ratio, at_most=0.55),
            }
    return results
