"""Projections built anew beside the live ones: exactly what these have heard, and nothing is touched unless all is well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.actor import SYSTEM
from chassis.bus.envelope import Message
from chassis.bus.rebuild import NotRebuilt, Rebuild
from chassis.bus.relay import Outbox, message_of
from chassis.errors import Contended
from chassis.events import Heard
from chassis.store.beside import beside
from chassis.store.database import Transaction
from chassis.store.inbox import InBatches, Inbox, Reaction
from tests.chassis import toys
from tests.chassis.conftest import Site


def loudly(events: Sequence[Heard], tx: Transaction) -> None:
    """What the alarm does since it was improved."""
    for event in events:
        opened = event.read(toys.Opened)
        if toys.FAILING.get(opened.name):
            raise RuntimeError("the siren is out of order")
        tx.connection.execute(toys.alarms.insert(), {"door": opened.door_id, "name": opened.name.upper()})


def opened(site: Site, *names: str) -> list[Message]:
    """Open doors; give the messages as the relay publishes them."""
    doors = site.databases["doors"]
    with doors.transaction() as tx:
        for name in names:
            toys.open_door(toys.OpenDoor(name=name), tx, SYSTEM)
    outbox = Outbox(doors)
    rows = outbox.take(len(names))
    outbox.take(0, published_to=rows[-1].position)
    return [message_of("doors", row) for row in rows]


def hear(site: Site, messages: Sequence[Message]) -> None:
    """Give the live inbox messages."""
    Inbox(site.databases["alarm"], {("doors", "door.opened"): [toys.sound]}, delays=()).receive(messages)


def rebuild(site: Site, reaction: Reaction | None = None, told: Callable[..., None] = lambda *_: None) -> int:
    """Build the alarms anew."""
    reactions = {("doors", "door.opened"): [reaction or InBatches(loudly)]}
    alarm, doors = site.databases["alarm"], site.databases["doors"]
    return Rebuild(live=alarm, sources=[doors], reactions=reactions, tables=[toys.alarms], whole=True).run(told)


def handled(site: Site) -> list[Any]:
    """What the live inbox has handled."""
    return [site.rows("alarm", table) for table in ("inbox_progress", "inbox_ahead")]


def places(site: Site) -> list[str]:
    """What there is in the live database, and whatever is beside it."""
    live = site.databases["alarm"]
    if live.is_sqlite:
        return sorted(path.name for path in site.settings.data_dir.iterdir() if "beside" in path.name)
    with live.reading() as reading:
        return list(
            reading.connection.execute(sa.text("SELECT nspname FROM pg_namespace WHERE nspname = 'beside'")).scalars()
        )


def test_what_was_handled_is_built_anew_and_nothing_else(site: Site) -> None:
    messages = opened(site, *"abcdefghi")
    hear(site, [*messages[:4], *messages[5:7]])  # one is missing, and two were not delivered yet
    before = handled(site)
    assert rebuild(site) == 6
    assert sorted(site.alarms()) == ["A", "B", "C", "D", "F", "G"]
    assert handled(site) == before
    hear(site, messages)
    assert sorted(site.alarms()) == ["A", "B", "C", "D", "F", "G", "e", "h", "i"]
    assert rebuild(site) == 9
    assert site.alarms() == list("ABCDEFGHI")
    assert places(site) in ([], ["alarm.beside.lock"])


def test_what_the_live_inbox_hears_meanwhile_is_in_it(site: Site) -> None:
    hear(site, opened(site, *"abc"))
    later = [opened(site, "d"), opened(site, "e", "f")]
    seen: list[list[str]] = []

    def hearing(events: Sequence[Heard], tx: Transaction) -> None:
        """The live inbox hears more while this is heard beside it, and serves."""
        loudly(events, tx)
        if later:
            hear(site, later.pop())
            seen.append(site.alarms())

    assert rebuild(site, InBatches(hearing)) == 6
    assert sorted(site.alarms()) == list("ABCDEF")
    assert [sorted(names) for names in seen] == [["a", "b", "c", "e", "f"], ["a", "b", "c", "d", "e", "f"]]


def test_an_event_that_fails_is_named_and_nothing_is_swapped(site: Site) -> None:
    hear(site, opened(site, "calm", "moody", "last"))
    toys.FAILING["moody"] = 1
    with pytest.raises(
        NotRebuilt, match=r"door\.opened at position 2 of doors failed: loudly: RuntimeError: the siren"
    ):
        rebuild(site)
    assert site.alarms() == ["calm", "moody", "last"]
    assert places(site) in ([], ["alarm.beside.lock"])
    toys.FAILING.clear()
    rebuild(site)
    assert site.alarms() == ["CALM", "MOODY", "LAST"]


@pytest.mark.parametrize("mended", [False, True])
def test_an_event_that_waits_in_the_live_inbox_holds_up_nothing(site: Site, mended: bool) -> None:
    toys.FAILING["moody"] = 9
    hear(site, opened(site, "calm", "moody"))
    hear(site, [Message(headers={}, body=b"garbage")])
    toys.FAILING["moody"] = 0 if mended else 1
    rebuild(site)
    assert site.alarms() == (["CALM", "MOODY"] if mended else ["CALM"])
    assert [row.position for row in site.rows("alarm", "parked", "failed_at")] == ([None] if mended else [2, None])


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_interrupted_rebuild_leaves_all_as_it_was_and_the_next_one_starts_anew(
    site: Site, stop: type[BaseException]
) -> None:
    hear(site, opened(site, *"abc"))

    def interrupt(*_: object) -> None:
        raise stop

    with pytest.raises(stop):
        rebuild(site, told=interrupt)
    assert site.alarms() == list("abc")
    rebuild(site)
    assert site.alarms() == list("ABC")


def test_what_a_killed_rebuild_left_is_removed_and_two_at_once_are_refused(site: Site) -> None:
    hear(site, opened(site, *"abc"))
    alarm = site.databases["alarm"]
    with beside(alarm, [toys.alarms]) as place:
        with pytest.raises(Contended, match="rebuilt already"):
            rebuild(site)
        place.drop = lambda: None  # type: ignore[method-assign]
    assert places(site) != []
    rebuild(site)
    assert site.alarms() == list("ABC")


def test_a_log_that_lacks_what_was_heard_is_no_ground_to_build_on(site: Site) -> None:
    hear(site, opened(site, *"abc"))
    with site.databases["doors"].transaction() as tx:
        tx.connection.execute(sa.text("DELETE FROM outbox WHERE position = 2"))
    with pytest.raises(NotRebuilt, match="the event log of doors lacks 1 events"):
        rebuild(site)
    assert site.alarms() == list("abc")


_SHAPE = sa.text(
    "SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " UNION SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    " UNION SELECT table_name || '.' || column_name, data_type || coalesce(column_default, '')"
    "  FROM information_schema.columns WHERE table_schema = 'public'"
    " UNION SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    " ORDER BY 1, 2"
)


def test_the_new_tables_have_indexes_constraints_and_grants_of_the_old_ones(real_site: Site) -> None:
    hear(real_site, opened(real_site, *"abc"))
    alarm = real_site.databases["alarm"]
    with alarm.transaction() as tx:
        tx.connection.execute(sa.text("GRANT SELECT ON alarms TO PUBLIC"))
        before = tx.connection.execute(_SHAPE).all()
    assert any(name == "alarms" and what and ",=r/" in what for name, what in before)
    rebuild(real_site)
    with alarm.transaction() as tx:
        assert tx.connection.execute(_SHAPE).all() == before


def test_a_swap_waits_for_readers_only_for_moments_and_is_tried_again(
    real_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear(real_site, opened(real_site, *"abc"))
    monkeypatch.setattr("chassis.bus.rebuild._TRIES", 2)
    alarm = real_site.databases["alarm"]
    with alarm.transaction() as reader:
        reader.connection.execute(sa.select(toys.alarms)).all()
        with pytest.raises(Contended, match="never free"):
            rebuild(real_site)
    assert real_site.alarms() == list("abc")
    rebuild(real_site)
    assert real_site.alarms() == list("ABC")
