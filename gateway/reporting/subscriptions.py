"""Figures that follow what happens."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import graphene

from chassis.errors import Refused
from chassis.events import Heard
from chassis.wire import Json
from gateway.kinds import Kind, names_a
from gateway.live.fields import Live, LiveField
from gateway.references import not_found
from gateway.reporting.queries.deals import funnel_of
from gateway.reporting.types import Funnel
from gateway.services import Services

_PAUSE = 0.05  # seconds between looks at whether reporting has heard of the events, too
_MOST_LOOKS = 40


def _funnels(events: Sequence[Heard], arguments: Json, services: Services) -> Iterator[Json]:
    """Give the funnel once for all events that came together, when reporting has counted them."""
    process = arguments["process"]
    if not names_a(Kind.PROCESS, process):
        raise Refused(not_found(("process",), Kind.PROCESS, process))
    (known,) = services.send("deals", "processes_by_ids", {"ids": [process]}).result()["nodes"]
    if known is None:
        raise Refused(not_found(("process",), Kind.PROCESS, process))
    of_process = [event for event in events if event.data.get("process_key") == known["key"]]
    if of_process:
        newest = max(event.recorded_at for event in of_process)
        yield {"funnel_changed": _counted(newest, {"process_id": process}, services)}


def _counted(newest: datetime, asked: Json, services: Services) -> Json:
    funnel: Any = None
    for _ in range(_MOST_LOOKS):
        funnel = services.send("reporting", "funnel", asked).result()
        if datetime.fromisoformat(funnel["freshness"]) >= newest:
            break
        time.sleep(_PAUSE)
    return funnel_of(funnel, asked)


class ReportSubscriptions(graphene.ObjectType):
    """Subscriptions to figures."""

    funnel_changed = LiveField(
        Funnel,
        live=Live(hears=lambda kind: kind.startswith("deal."), values=_funnels),
        process=graphene.ID(required=True),
        description="The funnel of a process, each time that its deals have changed.",
    )
