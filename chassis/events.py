"""Events: what a service publishes, and what another one hears."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, ClassVar, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from chassis.wire import NO_NUL, Json, encode, parse

T = TypeVar("T")

# what the tables of the inbox can keep: an event that they refuse would come again for ever
_BIGGEST = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Published:
    """An event that a service publishes; subclasses add ids, enumerations, amounts and dates, never free text.

        @dataclass(frozen=True, kw_only=True)
        class DoorOpened(Published, type="door.opened", subject="door_id"):
            door_id: UUID

    `sequence` is the version of the aggregate after the event, `occurred_at` when it happened in the world.
    """

    type: ClassVar[str]
    subject: ClassVar[str]
    version: ClassVar[int] = 1
    public: ClassVar[bool] = True

    sequence: int
    occurred_at: datetime

    def __init_subclass__(cls, *, type: str, subject: str, version: int = 1, public: bool = True) -> None:
        cls.type, cls.subject, cls.version, cls.public = type, subject, version, public

    @property
    def subject_id(self) -> UUID:
        """The id of the aggregate that the event is about."""
        value: UUID = getattr(self, self.subject)
        return value

    def body(self) -> bytes:
        """Give the event's data as JSON."""
        return encode({field.name: getattr(self, field.name) for field in fields(self)})


@dataclass(frozen=True, kw_only=True)
class Heard:
    """An event that came from another service; `position` counts the events of its source from 1, without gaps."""

    id: str
    source: Annotated[str, StringConstraints(max_length=50, pattern=NO_NUL)]
    type: Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL)]
    position: Annotated[int, Field(ge=1, le=_BIGGEST)]
    sequence: Annotated[int, Field(ge=-_BIGGEST, le=_BIGGEST)]
    occurred_at: AwareDatetime
    recorded_at: AwareDatetime
    data: Json
    correlation_id: Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)] | None = None

    def read(self, kind: builtins.type[T]) -> T:  # `type` is a field here
        """Read the fields that this consumer needs, into a dataclass of its own."""
        return parse(kind, self.data)
