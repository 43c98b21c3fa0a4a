"""Two small services that the chassis' tests run: doors are opened, and an alarm hears of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import eventlet
import sqlalchemy as sa

from chassis.actor import Actor
from chassis.bus.topology import Topology
from chassis.clock import utc_now
from chassis.errors import refuse
from chassis.events import Heard, Published
from chassis.ids import new_id
from chassis.service import Storage, listen, rpc
from chassis.store.database import Reading, Transaction
from chassis.store.tables import service_metadata
from chassis.wire import Json

doors_metadata = service_metadata()
doors = sa.Table("doors", doors_metadata, sa.Column("id", sa.Uuid, primary_key=True), sa.Column("name", sa.String(20)))

alarm_metadata = service_metadata()
alarms = sa.Table(
    "alarms",
    alarm_metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("door", sa.Uuid, nullable=False),
    sa.Column("name", sa.String(20)),
)

TOPOLOGY = Topology(
    hears={"alarm": frozenset({"doors"}), "doors": frozenset()}, public={"doors": frozenset({"door.opened"})}
)


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Published, type="door.opened", subject="door_id"):
    """A door was opened."""

    door_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class OpenDoor:
    """Ask that a door be opened; `emit` False keeps it from being told, `nap` makes the work long."""

    name: str
    nap: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CountDoors:
    """Ask how many doors are open."""

    nap: float = 0.0


def open_door(command: OpenDoor, tx: Transaction, actor: Actor) -> Json:
    """Open a door; the one named "locked" does not open, the one named "broken" breaks the service."""
    if command.name == "locked":
        raise refuse("LOCKED", "find the key first", "name")
    door = new_id(0x900)
    tx.connection.execute(doors.insert(), {"id": door, "name": command.name})
    tx.emit(DoorOpened(door_id=door, name=command.name, sequence=1, occurred_at=utc_now()))
    if command.name == "broken":
        raise RuntimeError("the hinge broke")
    eventlet.sleep(command.nap)
    return {"id": door, "by": actor.subject}


def count_doors(query: CountDoors, reading: Reading, actor: Actor) -> Json:
    """Tell how many doors were opened."""
    if query.nap:
        time.sleep(query.nap)
    return {"open": reading.connection.execute(sa.select(sa.func.count()).select_from(doors)).scalar_one()}


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What the alarm reads of a door that was opened."""

    door_id: UUID
    name: str


FAILING: dict[str, int] = {}
"""Names whose reaction fails, and how many times yet."""


def sound(event: Heard, tx: Transaction) -> None:
    """Note an alarm; fails as often as FAILING says."""
    opened = event.read(Opened)
    tx.connection.execute(alarms.insert(), {"door": opened.door_id, "name": opened.name})
    if FAILING.get(opened.name, 0) > 0:
        FAILING[opened.name] -= 1
        raise RuntimeError("the siren is out of order")


class DoorsService:
    """Opens doors."""

    name = "doors"
    db = Storage(doors_metadata)

    @rpc
    def open_door(self, command: Json) -> Json:
        return self.db.run(open_door, OpenDoor, command)

    @rpc
    def count_doors(self, query: Json) -> Json:
        return self.db.read(count_doors, CountDoors, query)

    @rpc
    def echo(self, value: Json) -> Json:
        return value

    @rpc
    def nonsense(self, value: Json) -> Any:
        return object()


class AlarmService:
    """Sounds when a door is opened."""

    name = "alarm"
    db = Storage(alarm_metadata)
    on_door_opened = listen("doors", "door.opened", sound)
