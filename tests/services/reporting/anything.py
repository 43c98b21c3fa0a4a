"""Whatever the sources may tell: events of every kind that reporting hears, made up from their classes."""

from __future__ import annotations

import random
import types
import typing
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from chassis.bus.envelope import PREFIX, Message
from chassis.events import Published
from chassis.service import reactions_of
from chassis.store.database import Database
from chassis.store.tables import service_metadata
from crm.system import events_of
from services.reporting.service import ReportingService
from tests.services.reporting.world import Told, at

_BEGINNINGS = ("registered", "corrected", "opened", "created", "published", "requested", "recorded")
"""How the type of an aggregate's first event ends, which comes once; a correction is an interaction of its own, as is an answer."""
_TEXTS = {"currency": ("USD", "EUR"), "process_key": ("sale", "supply"), "key": ("sale", "supply")}
_STAGES = ("contact", "offer", "contract", None)
_START = at("2026-02-20")


@dataclass
class _Subject:
    id: UUID
    sequence: int = 0


class Telling:
    """Makes up what is told, in the order in which it is recorded."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._ids = [self._new_id() for _ in range(12)]
        self._now = _START
        self._subjects: dict[tuple[str, str], list[_Subject]] = {}
        self._kinds: dict[tuple[str, str], list[type[Published]]] = {}
        for source, type in reactions_of(ReportingService):
            (kind,) = (kind for kind in events_of(source) if kind.type == type)
            self._kinds.setdefault((source, type.split(".")[0]), []).append(kind)
        self._families = sorted(self._kinds)
        self._weights = [len(self._kinds[family]) for family in self._families]  # what tells much is told of more

    def events(self, count: int) -> list[Told]:
        """Give so many events; there are some of each kind, if they are some hundreds."""
        return [self._event() for _ in range(count)]

    def _event(self) -> Told:
        draw = self._draw
        (family,) = draw.choices(self._families, self._weights)
        known = self._subjects.setdefault(family, [])
        first = [kind for kind in self._kinds[family] if kind.type.endswith(_BEGINNINGS)]
        later = [kind for kind in self._kinds[family] if kind not in first]
        subject = draw.choice(known) if known and later and draw.random() < 0.8 else _Subject(self._new_id())
        kind = draw.choice(first if first and subject not in known else later)
        if subject not in known:
            known.append(subject)
            self._ids.append(subject.id)
        subject.sequence += 1
        self._now += timedelta(seconds=draw.randrange(1, 40_000))
        occurred_at = self._now - timedelta(hours=draw.choice([0, 0, 5, 400]))
        data = {field.name: self._value(field.name, hint) for field, hint in _hints(kind)}
        return Told(
            source=family[0],
            type=kind.type,
            subject=subject.id,
            sequence=subject.sequence,
            occurred_at=occurred_at,
            recorded_at=self._now,
            data=data | {kind.subject: subject.id, "sequence": subject.sequence, "occurred_at": occurred_at},
        )

    def _new_id(self) -> UUID:
        return UUID(int=self._draw.getrandbits(128), version=4)

    def _value(self, name: str, hint: Any) -> Any:
        draw = self._draw
        options = typing.get_args(hint)
        if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
            kinds = [option for option in options if option is not types.NoneType]
            return None if len(kinds) < len(options) and draw.random() < 0.3 else self._value(name, draw.choice(kinds))
        if typing.get_origin(hint) in (tuple, list):
            return [self._value(name, options[0]) for _ in range(draw.randrange(4))]
        if is_dataclass(hint):
            return {field.name: self._value(field.name, kind) for field, kind in _hints(hint)}
        if issubclass(hint, Enum):
            return draw.choice(list(hint)).value
        if hint is str and "stage" in name:
            return draw.choice(_STAGES)
        moment = self._now + timedelta(hours=draw.randrange(-500, 500))
        values: dict[type, Any] = {
            UUID: draw.choice(self._ids),
            bool: draw.random() < 0.5,
            int: draw.randrange(5),
            float: draw.random(),
            str: draw.choice(_TEXTS.get(name, ("A", "B", "C"))),
            Decimal: Decimal(draw.randrange(10_000)).scaleb(-2),
            datetime: moment,
            date: moment.date(),
        }
        return values[hint]


def _hints(kind: Any) -> list[tuple[Any, Any]]:
    hints = typing.get_type_hints(kind)
    return [(field, hints[field.name]) for field in fields(kind)]


def event_logs(folder: Path, messages: Sequence[Message]) -> list[Database]:
    """Make databases of the sources that hold these messages as their event logs; the caller closes them."""
    made = {}
    for source in ("claims", "contacts", "deals"):
        made[source] = Database(source, f"sqlite:///{folder / source}.log.sqlite3", service_metadata())
        made[source].metadata.create_all(made[source].engine)
    for message in messages:
        told = {name.removeprefix(PREFIX): value for name, value in message.headers.items()}
        database = made[told["source"].removeprefix("/")]
        row = {
            "event_id": UUID(told["id"]),
            "type": told["type"],
            "subject": UUID(told["subject"]),
            "sequence": int(told["sequence"]),
            "occurred_at": datetime.fromisoformat(told["time"]),
            "recorded_at": datetime.fromisoformat(told["recordedtime"]),
            "data": message.body.decode(),
            "position": int(told["position"]),
            "published_at": datetime.now(UTC),
        }
        with database.transaction() as tx:
            tx.connection.execute(tx.tables.outbox.insert(), row)
    return list(made.values())
