"""The feed: who listens hears every event from then on, or is told that some were missed."""

from __future__ import annotations

from collections.abc import Iterator

import eventlet
import pytest

from chassis.bus.envelope import PREFIX, Message
from chassis.bus.feed import Feed
from chassis.errors import Unavailable
from tests.chassis import toys
from tests.chassis.conftest import Site


@pytest.fixture
def feed(site: Site) -> Iterator[Feed]:
    """A feed of the doors' events on each kind of bus."""
    made = Feed(site.settings.amqp_url, ["doors"])
    thread = eventlet.spawn(made.link.run)
    assert made.link.ready.wait(10)
    yield made
    made.stop()
    thread.wait()


def test_a_listener_hears_what_happens_while_it_listens(site: Site, feed: Feed) -> None:
    with site.running(toys.DoorsService):
        with feed.listen(lambda kind: kind == "door.opened") as listener, feed.listen(lambda kind: False) as deaf:
            for name in ("front", "back"):
                site.call("open_door", {"name": name})
            heard: list[str] = []
            while len(heard) < 2:
                came = listener.take(10)
                assert came, "nothing came"
                heard += [event.data["name"] for event in came]
            assert heard == ["front", "back"]
            assert deaf.take(0) == []
        assert feed.listeners == 0


def test_nothing_is_read_while_nobody_listens(site: Site, feed: Feed) -> None:
    with site.running(toys.DoorsService):
        for round in range(2):
            site.call("open_door", {"name": f"unheard {round}"})
            with feed.listen(lambda kind: kind == "door.opened") as listener:
                site.call("open_door", {"name": f"heard {round}"})
                names: list[str] = []
                while f"heard {round}" not in names:
                    came = listener.take(10)
                    assert came, "nothing came"
                    names += [event.data["name"] for event in came]
            assert feed.bound.is_set()
            site.call("open_door", {"name": "left over"})
            for _ in range(100):
                if not feed.bound.is_set():
                    break
                eventlet.sleep(0.1)
            assert not feed.bound.is_set()


def test_who_is_too_slow_is_told(feed: Feed) -> None:
    with feed.listen(lambda kind: True) as listener:
        for _ in range(2001):
            feed.hand_out(event())
        with pytest.raises(Unavailable):
            listener.take(0)


def test_garbage_concerns_nobody(feed: Feed) -> None:
    with feed.listen(lambda kind: True) as listener:
        feed.hand_out(Message(headers={f"{PREFIX}type": "door.opened"}, body=b"\xff"))
        feed.hand_out(Message(headers={}, body=b"{}"))
        assert listener.take(0) == []


def test_without_a_broker_nobody_listens(feed: Feed) -> None:
    with feed.listen(lambda kind: True) as listener:
        feed.stop()
        with pytest.raises(Unavailable):
            listener.take(10)


def event() -> Message:
    """Make an event."""
    names = {"id": "1", "source": "/doors", "type": "door.opened", "position": "1", "sequence": "1"}
    times = {"time": "2026-01-01T00:00:00Z", "recordedtime": "2026-01-01T00:00:00Z"}
    return Message(headers={PREFIX + name: value for name, value in {**names, **times}.items()}, body=b"{}")
