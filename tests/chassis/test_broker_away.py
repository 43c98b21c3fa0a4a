"""Connections that break, freeze or are refused: nothing runs twice, and nobody waits for who does not answer."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import eventlet
import pytest
from eventlet.event import Event
from nameko import config
from nameko.runners import ServiceRunner

from chassis.bus import transport
from chassis.bus.link import Link
from chassis.bus.server import RpcServer
from chassis.errors import CrmError
from chassis.settings import Settings
from tests.chassis import toys
from tests.chassis.conftest import SECRET, Site, eventually


def test_requests_not_begun_when_the_connection_breaks_run_once(real_site: Site) -> None:
    with real_site.running(toys.DoorsService) as runner:
        (container,) = runner.containers
        (server,) = [part for part in container.subextensions if isinstance(part, RpcServer)]
        asked = [real_site.send("open_door", {"name": "d", "nap": 1.0}, seconds=15) for _ in range(15)]
        eventually(lambda: len(container._worker_threads) == 10)
        server.link._broken = "the test breaks it"
        for pending in asked[10:]:  # those at work lose the connection that they would answer on
            pending.result()
        assert real_site.call("count_doors", {}) == {"open": 15}


@pytest.mark.slow
def test_a_broker_that_freezes_is_left_for_one_that_answers(real_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "HEARTBEAT", 1)
    parts = urlsplit(real_site.settings.amqp_url)
    frozen: list[Event] = [Event()]
    listener = eventlet.listen(("127.0.0.1", 0))
    ends: list[eventlet.greenio.GreenSocket] = []
    forwarding: list[eventlet.greenthread.GreenThread] = []

    def forward(source: eventlet.greenio.GreenSocket, target: eventlet.greenio.GreenSocket, frozen: Event) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if frozen.ready():
                    return  # it stays connected and says nothing more
                target.sendall(data)

    def accept() -> None:
        while True:
            client, _ = listener.accept()
            broker = eventlet.connect((parts.hostname, parts.port))
            ends.extend((client, broker))
            forwarding.append(eventlet.spawn(forward, client, broker, frozen[-1]))
            forwarding.append(eventlet.spawn(forward, broker, client, frozen[-1]))

    proxy = eventlet.spawn(accept)
    login = parts.netloc.rpartition("@")[0]
    link = Link(parts._replace(netloc=f"{login}@127.0.0.1:{listener.getsockname()[1]}").geturl(), "frozen")
    thread = eventlet.spawn(link.run)
    assert link.ready.wait(30)
    first, frozen[:] = frozen[0], [Event()]
    first.send()
    # it may be ready again before anyone sees that it was not: what tells is that it came a second time
    eventually(lambda: len(ends) == 4 and link.ready.is_set(), seconds=30)
    link.stop()
    thread.wait()
    for running in (proxy, *forwarding):  # one that still reads what is closed under it would fail in a later test
        running.kill()
    for end in (listener, *ends):
        end.close()


@pytest.mark.slow
def test_services_that_have_no_broker_stop_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[bool] = []
    monkeypatch.setattr("chassis.bus.threads._PATIENCE", 60.0)
    settings = Settings(data_dir=tmp_path, amqp_url="amqp://127.0.0.1:9/", actor_secret=SECRET)
    config.update({"settings": settings, "topology": toys.TOPOLOGY})
    runner = ServiceRunner()
    for service in (toys.DoorsService, toys.AlarmService):
        runner.add_service(service)
    runner.start()
    eventlet.sleep(1)
    with eventlet.Timeout(30, False):
        runner.stop()
        left.append(True)
    assert left == [True]


def test_a_reader_of_the_embedded_broker_is_woken_when_it_may_take_more(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.bus.link._LOOK", 2.0)
    with site.running(toys.DoorsService):
        asked = [site.send("echo", n, seconds=1.9) for n in range(30)]
        try:
            assert [pending.result() for pending in asked] == list(range(30))
        except CrmError as error:
            pytest.fail(str(error))
