"""A field of Subscription: which events it hears, and what it makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import graphene

from chassis.events import Heard
from chassis.wire import Json
from gateway.services import Services

Values = Callable[[Sequence[Heard], Json, Services], Iterable[Json]]
"""Of events that came together, of the field's arguments and of the caller's services: the values to send."""


@dataclass(frozen=True, kw_only=True)
class Live:
    """How a field gets its values; an event that the caller may not see gives none."""

    hears: Callable[[str], bool]
    values: Values


class LiveField(graphene.Field):
    """A field of Subscription; its value is what `live` made of an event."""

    def __init__(self, kind: Any, *, live: Live, **arguments: Any) -> None:
        super().__init__(kind, required=True, **arguments)
        self.live = live
