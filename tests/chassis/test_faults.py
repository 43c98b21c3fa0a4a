"""A broker or a database that goes away and comes back: nothing is lost, nothing is restarted by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import eventlet
import pytest

from chassis.errors import Unavailable
from tests.chassis.conftest import Site, eventually, on_real
from tests.chassis.test_events import open_doors
from tests.support import real
from tests.support.databases import PostgresBackend
from tests.support.rabbit import Rabbit

pytestmark = pytest.mark.slow


@pytest.fixture
def broker() -> Iterator[Rabbit]:
    """A broker of this test's own, which it may kill."""
    with real.RABBIT.private() as server:
        yield server


@pytest.fixture
def own_site(broker: Rabbit, tmp_path: Path, postgres_databases: PostgresBackend) -> Iterator[Site]:
    """A site on the private broker."""
    yield from on_real(tmp_path, broker.url, postgres_databases)


def test_while_the_broker_is_away_calls_fail_in_time_and_events_wait(own_site: Site, broker: Rabbit) -> None:
    with own_site.running():
        own_site.call("open_door", {"name": "before"})
        eventually(lambda: own_site.alarms() == ["before"])
        # RabbitMQ 3.10 writes the members of a new quorum queue to disk within five seconds; killed before, the queue
        # stays without a leader
        eventlet.sleep(7)
        waiting = own_site.send("open_door", {"name": "slow", "nap": 2.0}, seconds=10)
        eventlet.sleep(0.3)
        broker.kill()
        before = time.monotonic()
        with pytest.raises(Unavailable):
            waiting.result()
        with pytest.raises(Unavailable):
            own_site.call("echo", 1)
        assert time.monotonic() - before < 8
        names = open_doors(own_site, 50)  # what the service does by itself still commits
        broker.start()
        eventually(lambda: {*names, "before"} <= set(own_site.alarms()), seconds=40)
        eventually(own_site.client.link.ready.is_set, seconds=20)
        assert own_site.call("echo", "back", seconds=20) == "back"
        heard = [name for name in own_site.alarms() if name != "slow"]
        assert heard == ["before", *names]  # once each, in order


def test_a_blocked_broker_is_said_at_once_and_forgotten_when_it_has_memory_again(
    own_site: Site, broker: Rabbit
) -> None:
    """Gap: nameko's publish hangs while the broker has a memory alarm."""
    with own_site.running():
        own_site.call("echo", 1)
        broker.starve()
        eventually(lambda: _blocked(own_site), seconds=15)
        before = time.monotonic()
        with pytest.raises(Unavailable, match="takes no messages"):
            own_site.call("echo", 1)
        assert time.monotonic() - before < 1
        broker.feed()
        eventually(lambda: not _blocked(own_site), seconds=15)
        eventually(lambda: own_site.call("echo", "fed", seconds=20) == "fed", seconds=30)


def _blocked(site: Site) -> bool:
    """Tell whether the client knows that the broker is blocked; it is told at its first publish."""
    try:
        site.call("echo", 1, seconds=1)
    except Unavailable as error:
        return "takes no messages" in str(error)
    return False


def test_while_the_database_is_away_events_wait_with_the_broker(tmp_path: Path, amqp_url: str) -> None:
    with real.POSTGRES.private() as server:
        sites = on_real(tmp_path, amqp_url, PostgresBackend(server, durable=True))
        site = next(sites)
        with site.running():
            site.call("open_door", {"name": "before"})
            eventually(lambda: site.alarms() == ["before"])
            server.kill()
            with pytest.raises(Unavailable):
                site.call("open_door", {"name": "during"})
            server.start()
            eventually(lambda: _opens(site), seconds=30)
            eventually(lambda: _heard(site, "after"), seconds=30)
            assert site.alarms().count("before") == 1
        for _ in sites:
            pass


def _heard(site: Site, name: str) -> bool:
    """Look at the alarms; the test's own connections broke with the database, too."""
    try:
        return name in site.alarms()
    except Unavailable:
        return False


def _opens(site: Site) -> bool:
    try:
        return bool(site.call("open_door", {"name": "after"}, key="after"))
    except Unavailable:
        return False
