"""The inbox without a bus: what it is given has its effect once, alone or in batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa

from chassis.bus.envelope import Message, event_headers
from chassis.clock import utc_now
from chassis.events import Heard
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.store.inbox import InBatches, Inbox
from chassis.wire import encode
from tests.chassis import toys
from tests.chassis.conftest import Site


def told(position: int, *, source: str = "doors", type: str = "door.opened", name: str = "") -> Message:
    door = new_id(0x900)
    headers = event_headers(
        event_id=str(new_id(0)), source=source, type=type, subject=str(door), occurred_at=utc_now(),
        recorded_at=utc_now(), sequence=1, position=position, correlation_id=f"request {position}",
    )  # fmt: skip
    return Message(headers=headers, body=encode({"door_id": door, "name": name or f"{source} {position}"}))


class Chorus:
    """A reaction in batches that keeps what it was called with; it fails as often as toys.FAILING says."""

    def __init__(self) -> None:
        self.heard: list[list[str]] = []

    def sound_all(self, events: Sequence[Heard], tx: Transaction) -> None:
        self.heard.append([f"{event.source} {event.position}" for event in events])
        for event in events:
            toys.sound(event, tx)
            tx.emit(toys.DoorOpened(door_id=UUID(event.data["door_id"]), name="", sequence=1, occurred_at=tx.now))


def test_a_reaction_in_batches_gets_all_events_of_the_types_that_name_it_in_their_order(site: Site) -> None:
    chorus, single = Chorus(), []
    in_batches = InBatches(chorus.sound_all)
    reactions: Any = {
        ("doors", "door.opened"): [in_batches],
        ("doors", "door.shut"): [InBatches(chorus.sound_all)],  # the same function is the same reaction
        ("doors", "door.painted"): [lambda event, tx: single.append((event.position, tx.correlation_id))],
        ("gates", "gate.opened"): [in_batches],
    }
    inbox = Inbox(site.databases["alarm"], reactions)
    inbox.receive(
        [
            told(1),
            told(1, source="gates", type="gate.opened"),
            told(2, type="door.painted"),
            told(3, type="door.shut"),
            told(2, type="door.painted"),
            told(2, source="gates", type="gate.opened"),
            told(1),
        ]
    )
    assert chorus.heard == [["doors 1", "gates 1", "doors 3", "gates 2"]]
    assert single == [(2, "request 2")]
    assert [row.correlation_id for row in site.rows("alarm", "outbox")] == [None] * 4
    inbox.receive([told(4)])
    assert chorus.heard[1:] == [["doors 4"]]
    assert site.rows("alarm", "outbox")[-1].correlation_id == "request 4"
    assert [(row.source, row.position) for row in site.rows("alarm", "inbox_progress")] == [("doors", 4), ("gates", 2)]


def test_a_batch_that_fails_is_tried_one_by_one_and_only_the_failing_event_waits(site: Site) -> None:
    chorus = Chorus()
    inbox = Inbox(site.databases["alarm"], {("doors", "door.opened"): [InBatches(chorus.sound_all)]}, delays=(0.0,))
    toys.FAILING["moody"] = 2
    inbox.receive([told(1), told(2, name="moody"), told(3)])
    assert chorus.heard == [["doors 1", "doors 2", "doors 3"], ["doors 1"], ["doors 2"], ["doors 3"]]
    assert site.alarms() == ["doors 1", "doors 3"]
    (row,) = site.rows("alarm", "parked")
    assert (row.state, row.position, row.reason) == (
        "retrying", 2, "sound_all: RuntimeError: the siren is out of order",
    )  # fmt: skip
    assert inbox.retry_due()
    assert chorus.heard[4:] == [["doors 2"]]
    assert site.alarms() == ["doors 1", "doors 3", "moody"]


def test_of_a_large_batch_that_fails_only_some_events_around_the_failing_one_are_tried_one_by_one(site: Site) -> None:
    chorus = Chorus()
    inbox = Inbox(site.databases["alarm"], {("doors", "door.opened"): [InBatches(chorus.sound_all)]}, delays=(0.0,))
    toys.FAILING["moody"] = 4
    inbox.receive([*(told(position) for position in range(1, 120)), told(120, name="moody")])
    assert [len(heard) for heard in chorus.heard] == [120, 60, 60, 30, 30, *[1] * 30]
    assert site.alarms() == [f"doors {position}" for position in range(1, 120)]
    assert [row.position for row in site.rows("alarm", "parked")] == [120]
    assert [(row.source, row.position) for row in site.rows("alarm", "inbox_progress")] == [("doors", 120)]


def test_an_event_that_two_consumers_are_given_at_once_has_its_effect_once(real_site: Site) -> None:
    alarm = real_site.databases["alarm"]

    def slow(event: Heard, tx: Transaction) -> None:
        toys.sound(event, tx)
        eventlet.sleep(0.2)

    inbox = Inbox(alarm, {("doors", "door.opened"): [slow]})
    for last in (2, 4):  # of a source that was never heard, and of one that was
        both = [
            eventlet.spawn(inbox.receive, [told(last)]),
            eventlet.spawn(inbox.receive, [told(last - 1), told(last)]),
        ]
        for one in both:
            one.wait()
    assert sorted(real_site.alarms()) == ["doors 1", "doors 2", "doors 3", "doors 4"]


@pytest.mark.parametrize("sources", [["doors"], ["doors", "gates"]])
def test_marking_a_batch_takes_one_statement_to_read_it_and_one_more_of_each_source(
    site: Site, sources: list[str]
) -> None:
    alarm = site.databases["alarm"]
    inbox = Inbox(alarm, {})
    inbox.receive([told(1, source=source) for source in sources])
    said: list[str] = []
    sa.event.listen(alarm.engine, "before_cursor_execute", lambda conn, cursor, text, *_: said.append(text))
    inbox.receive([told(n, source=source) for source in sources for n in range(2, 6)])
    updates = ["UPDATE"] * len(sources) if alarm.is_sqlite else []  # on PostgreSQL they leave with the COMMIT
    assert [text.split()[0] for text in said if not text.startswith("BEGIN")] == ["SELECT", *updates]
