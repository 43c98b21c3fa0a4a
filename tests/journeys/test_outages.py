"""The broker goes away and comes back, and garbage comes in: the whole system, a process for each service."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chassis.bus.transport import connect, publish
from tests.journeys.test_sales_process import deal_in_qualification, look, move, new_partner, open_deal
from tests.support import real
from tests.support.rabbit import Rabbit
from tests.support.system import SERVICES, System, real_system

pytestmark = pytest.mark.slow


@pytest.fixture
def broker() -> Iterator[Rabbit]:
    """A broker that this test may kill."""
    with real.RABBIT.private() as server:
        yield server


@pytest.fixture
def own_system(broker: Rabbit, tmp_path: Path) -> Iterator[System]:
    """A system on that broker."""
    with real_system(tmp_path, broker, real.POSTGRES.find()) as running:
        yield running


def test_without_the_broker_the_gateway_says_so_in_time_and_goes_on_by_itself(
    own_system: System, broker: Rabbit
) -> None:
    deal = open_deal(own_system, "MANUAL", new_partner(own_system))
    own_system.eventually(lambda: in_progress(own_system) == 1)
    time.sleep(7)  # a new quorum queue is on disk only after five seconds
    broker.kill()
    for query in (
        "{ deals { nodes { id } } }",
        f'mutation {{ winDeal(input: {{deal: "{deal}"}}) {{ errors {{ code }} }} }}',
    ):
        before = time.monotonic()
        answer = own_system.graphql(query)
        assert answer["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE", answer
        assert time.monotonic() - before < 11
    broker.start()
    own_system.eventually(lambda: "errors" not in own_system.graphql("{ deals { nodes { id } } }"), seconds=60)
    own_system.eventually(lambda: move(own_system, deal, "qualification")["errors"] == [], seconds=30)
    for _ in range(5):
        open_deal(own_system, "MANUAL")
    own_system.eventually(lambda: in_progress(own_system) == 6, seconds=60)
    assert all(program.running for program in own_system.processes.values())


def test_garbage_on_every_queue_is_parked_or_refused_and_no_process_dies(own_system: System) -> None:
    assert own_system.amqp_url is not None
    deal = deal_in_qualification(own_system)
    queues = [f"{name}.inbox" for name in SERVICES] + [f"rpc.{name}" for name in SERVICES]
    garbage = [b"", b"\xff\xfe", b"null", b"[1]", b'{"deal_id": 1}', json.dumps({"a": "x" * 100_000}).encode()]
    headers: list[dict[str, Any]] = [
        {},
        {"method": 7, "deadline": "never", "nameko.call_id_stack": 1},
        {"cloudEvents:type": "deal.won", "cloudEvents:source": "/deals", "cloudEvents:position": "-1"},
    ]
    with connect(own_system.amqp_url) as connection:
        for queue in queues:
            for body in garbage:
                for header in headers:
                    publish(connection.channel(), body, exchange="", routing_key=queue, headers=header, properties={})
    own_system.eventually(lambda: look(own_system, deal)["stage"]["key"] == "qualification")
    open_deal(own_system, "MANUAL", new_partner(own_system))
    own_system.eventually(lambda: in_progress(own_system) == 2, seconds=30)
    assert all(program.running for program in own_system.processes.values())


def in_progress(system: System) -> int:
    """Tell how many deals are in progress, by reporting."""
    (row,) = system.ask("{ outcomes { inProgress } }")["outcomes"]
    count: int = row["inProgress"]
    return count
