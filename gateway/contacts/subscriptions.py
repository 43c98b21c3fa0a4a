"""Reminders as they come due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import graphene

from chassis.events import Heard
from chassis.wire import Json
from gateway.contacts.types import Reminder
from gateway.live.fields import Live, LiveField
from gateway.services import Services

_DUE = "reminder.due"


def _due(events: Sequence[Heard], _arguments: Json, services: Services) -> Iterator[Json]:
    """Give the reminders that the caller sees: a manager their own, who leads a team the team's."""
    if not events:
        return
    ids = list(dict.fromkeys(event.data["reminder_id"] for event in events))
    answer = services.send("contacts", "reminders_by_ids", {"ids": ids}).result()
    found = dict(zip(ids, answer["nodes"], strict=True))
    for event in events:
        reminder = found[event.data["reminder_id"]]
        if reminder is not None:
            yield {"reminder_due": reminder}


class ContactSubscriptions(graphene.ObjectType):
    """Subscriptions to contacts."""

    reminder_due = LiveField(
        Reminder,
        live=Live(hears=lambda kind: kind == _DUE, values=_due),
        description="Each reminder within your reach, as it comes due.",
    )
