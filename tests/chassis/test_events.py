"""Events from outbox to inbox: all of them, in order, once in effect, whatever breaks on the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa

from chassis.actor import SYSTEM
from chassis.bus.relay import Outbox, Relay
from chassis.bus.replay import catch_up, read_log
from chassis.bus.topology import Topology
from chassis.bus.transport import connect, forget_embedded, publish
from chassis.clock import utc_now
from chassis.events import Heard
from chassis.ids import new_id
from chassis.service import reactions_of
from chassis.store.database import Transaction
from chassis.store.inbox import Inbox
from tests.chassis import toys
from tests.chassis.conftest import Site, eventually


def open_doors(site: Site, count: int) -> list[str]:
    names = [f"door {n}" for n in range(count)]
    with site.databases["doors"].transaction() as tx:
        for name in names:
            toys.open_door(toys.OpenDoor(name=name), tx, SYSTEM)
    return names


def test_events_arrive_in_the_order_in_which_they_were_told(site: Site) -> None:
    """Gap: with more than one worker nameko loses the order of events."""
    with site.running():
        names = open_doors(site, 600)
        eventually(lambda: len(site.alarms()) == 600, seconds=20)
    assert site.alarms() == names
    assert [row.position for row in site.rows("doors", "outbox")] == list(range(1, 601))


def test_a_refused_command_tells_nothing(site: Site) -> None:
    with site.running():
        with pytest.raises(Exception, match="LOCKED"):
            site.call("open_door", {"name": "locked"})
        with pytest.raises(Exception, match="failed"):
            site.call("open_door", {"name": "broken"})
        site.call("open_door", {"name": "front"})
        eventually(site.alarms)
    assert site.alarms() == ["front"]


def test_a_failing_reaction_is_tried_again_and_hinders_no_other(site: Site) -> None:
    """Gap: nameko acknowledges a message whose handler raised."""
    toys.FAILING["moody"] = 2
    with site.running():
        for name in ("moody", "calm"):
            site.call("open_door", {"name": name})
        eventually(lambda: len(site.alarms()) == 2)
    assert sorted(site.alarms()) == ["calm", "moody"]
    assert site.rows("alarm", "parked") == []


def test_a_reaction_that_fails_for_good_is_parked_with_its_reason_and_can_be_retried(site: Site) -> None:
    toys.FAILING["hopeless"] = 4  # the batch with it is tried twice at once, then come two retries
    with site.running():
        site.call("open_door", {"name": "hopeless"})
        (row,) = eventually(lambda: [row for row in site.rows("alarm", "parked") if row.state == "parked"])
    assert (row.type, row.attempts) == ("door.opened", 3)
    assert "siren is out of order" in row.reason
    assert site.alarms() == []
    inbox = Inbox(site.databases["alarm"], reactions_of(toys.AlarmService))
    assert inbox.retry(UUID(str(row.id))) is None
    assert site.alarms() == ["hopeless"]
    assert site.rows("alarm", "parked") == []


@pytest.mark.parametrize("body", [b"\xff garbage", b"[]", b"{}"])
def test_a_message_that_is_no_event_is_parked_at_once(site: Site, body: bytes) -> None:
    with site.running():
        with connect(site.settings.amqp_url) as connection:
            publish(connection.channel(), body, exchange="", routing_key="alarm.inbox", headers={"a": 1}, properties={})
        (row,) = eventually(lambda: site.rows("alarm", "parked"))
        assert (row.state, bytes(row.body)) == ("parked", body)
        site.call("open_door", {"name": "front"})
        eventually(lambda: site.alarms() == ["front"])


EVENT = {
    "cloudEvents:id": "1",
    "cloudEvents:source": "/doors",
    "cloudEvents:type": "door.opened",
    "cloudEvents:position": "1",
    "cloudEvents:sequence": "1",
    "cloudEvents:time": "2024-01-01T00:00:00Z",
    "cloudEvents:recordedtime": "2024-01-01T00:00:00Z",
}


@pytest.mark.parametrize(
    "headers",
    [
        {"x-death": [{"time": datetime(2024, 1, 1)}]},  # noqa: DTZ001 (as AMQP clients read a timestamp)
        {"x": b"\xff"},
        {"x": "a\0b"},
        {"compression": "of a kind that nobody knows"},
        {**EVENT, "cloudEvents:recordedtime": "2024-01-01T00:00:00"},
        {**EVENT, "cloudEvents:position": "9" * 30},
        {**EVENT, "cloudEvents:position": "0"},
        {**EVENT, "cloudEvents:source": "/" + "doors" * 20},
        {**EVENT, "cloudEvents:source": "/doors\0"},
        {**EVENT, "cloudEvents:correlationid": "c" * 65},
    ],
)
def test_a_message_that_no_table_can_keep_is_parked_and_holds_up_no_other(site: Site, headers: dict[str, Any]) -> None:
    with site.running():
        with connect(site.settings.amqp_url) as connection:
            publish(connection.channel(), b"{}", exchange="", routing_key="alarm.inbox", headers=headers, properties={})
        (row,) = eventually(lambda: site.rows("alarm", "parked"))
        assert row.state == "parked"
        site.call("open_door", {"name": "front"})
        eventually(lambda: site.alarms() == ["front"])


def test_an_event_with_two_reactions_has_the_effect_of_each_once_though_one_fails(site: Site) -> None:
    failures = ["once in the batch", "once alone"]

    def moody(event: Heard, tx: Transaction) -> None:
        if failures:
            raise RuntimeError(failures.pop())

    with site.running(toys.DoorsService):
        open_doors(site, 1)
        eventually(lambda: site.rows("doors", "outbox")[0].published_at)
    inbox = Inbox(site.databases["alarm"], {("doors", "door.opened"): [toys.sound, moody]}, delays=(0.0,))
    (messages,) = read_log(site.databases["doors"])
    inbox.receive(messages)
    eventually(inbox.retry_due)
    assert site.alarms() == ["door 0"]
    assert site.rows("alarm", "parked") == []


def test_what_a_failure_quotes_tells_nothing_of_the_values(site: Site) -> None:
    with pytest.raises(sa.exc.IntegrityError) as failed, site.databases["alarm"].transaction() as tx:
        tx.connection.execute(toys.alarms.insert(), {"door": None, "name": "Ada Lovelace"})
    assert "parameters" in str(failed.value)
    assert "[parameters: [{" not in str(failed.value)


def test_looking_how_far_the_relay_is_behind_reads_no_log(real_site: Site) -> None:
    doors = real_site.databases["doors"]
    asked: list[tuple[str, Any]] = []
    sa.event.listen(
        doors.engine, "before_cursor_execute", lambda conn, cursor, text, values, *_: asked.append((text, values))
    )
    assert Outbox(doors).lag().waiting == 0
    text, values = asked[-1]
    now = utc_now()
    told = {
        "type": "door.opened", "subject": new_id(0), "sequence": 1, "occurred_at": now, "recorded_at": now, "data": "{}",
        "published_at": now,
    }  # fmt: skip
    with doors.transaction() as tx:
        outbox = doors.tables.outbox
        rows = [{**told, "event_id": new_id(0), "position": position} for position in range(1, 3001)]
        tx.connection.execute(outbox.insert(), rows)
        tx.connection.exec_driver_sql("ANALYZE outbox")  # of an empty table the planner guesses
        plan = "\n".join(tx.connection.exec_driver_sql(f"EXPLAIN {text}", values).scalars())
    assert "ix_outbox_unplaced" in plan
    assert "ix_outbox_unpublished" in plan


def test_an_event_that_no_queue_takes_waits_until_one_does(site: Site) -> None:
    """Gap: a message published to no queue vanishes."""
    forget_embedded()
    with connect(site.settings.amqp_url) as connection:
        channel = connection.channel()
        if site.settings.embedded:
            channel.exchange_declare("doors.events", "topic", durable=True)
        else:
            channel.queue_delete("alarm.inbox")
    deaf = Topology(public={"doors": frozenset()})
    relay = Relay(site.databases["doors"], site.settings.amqp_url, deaf, poll=0.1)
    threads = [eventlet.spawn(relay.link.run), eventlet.spawn(relay.run)]
    open_doors(site, 1)
    eventlet.sleep(1.0)
    (row,) = site.rows("doors", "outbox")
    assert row.published_at is None
    with connect(site.settings.amqp_url) as connection:
        toys.TOPOLOGY.declare(connection.channel())
    eventually(lambda: site.rows("doors", "outbox")[0].published_at)
    relay.stop()
    for thread in threads:
        thread.wait()
    with site.running(toys.AlarmService):
        eventually(lambda: site.alarms() == ["door 0"])


def test_what_is_published_twice_has_its_effect_once(site: Site) -> None:
    with site.running():
        open_doors(site, 20)
        eventually(lambda: len(site.alarms()) == 20)
    doors = site.databases["doors"]
    with doors.transaction() as tx:
        tx.connection.execute(doors.tables.outbox.update().values(published_at=None))
    with site.running():
        eventually(lambda: all(row.published_at for row in site.rows("doors", "outbox")))
        site.call("open_door", {"name": "last"})
        eventually(lambda: "last" in site.alarms())
    assert len(site.alarms()) == 21
    (progress,) = site.rows("alarm", "inbox_progress")
    assert progress.position == 21
    assert site.rows("alarm", "inbox_ahead") == []


def test_positions_heard_out_of_order_are_each_handled_once(site: Site) -> None:
    with site.running(toys.DoorsService):
        open_doors(site, 9)
        eventually(lambda: all(row.published_at for row in site.rows("doors", "outbox")))
    (messages,) = read_log(site.databases["doors"])
    inbox = Inbox(site.databases["alarm"], reactions_of(toys.AlarmService))
    for part in (messages[5:7], messages[2:4], messages[:1], messages[5:9], messages[:6]):
        inbox.receive(part)
    assert sorted(site.alarms()) == [f"door {n}" for n in range(9)]
    assert site.rows("alarm", "inbox_ahead") == []


def test_a_consumer_that_lost_the_bus_catches_up_from_the_log(site: Site) -> None:
    with site.running():
        open_doors(site, 3)
        eventually(lambda: len(site.alarms()) == 3)
    with site.running(toys.DoorsService):
        open_doors(site, 1200)
        eventually(lambda: all(row.published_at for row in site.rows("doors", "outbox")), seconds=20)
    inbox = Inbox(site.databases["alarm"], reactions_of(toys.AlarmService))
    assert catch_up(inbox, site.databases["alarm"], site.databases["doors"]) == 1200
    assert len(site.alarms()) == 1203
    assert catch_up(inbox, site.databases["alarm"], site.databases["doors"]) == 0


def test_one_relay_leads_and_another_takes_over(real_site: Site) -> None:
    doors = real_site.databases["doors"]
    relays = [Relay(doors, real_site.settings.amqp_url, toys.TOPOLOGY, poll=0.1) for _ in range(2)]
    threads = []
    for relay in relays:
        threads.append([eventlet.spawn(relay.link.run), eventlet.spawn(relay.run)])
        eventlet.sleep(0.3)
    open_doors(real_site, 10)
    eventually(lambda: all(row.published_at for row in real_site.rows("doors", "outbox")))
    with doors.reading() as reading:
        locks = reading.connection.execute(
            sa.text(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        ).scalar_one()
    assert locks == 1
    relays[0].stop()
    for thread in threads[0]:
        thread.wait()
    open_doors(real_site, 10)
    eventually(lambda: all(row.published_at for row in real_site.rows("doors", "outbox")))
    assert [row.position for row in real_site.rows("doors", "outbox")] == list(range(1, 21))
    relays[1].stop()
    for thread in threads[1]:
        thread.wait()
