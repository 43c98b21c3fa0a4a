"""What happens to deals, as it happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import graphene

from chassis.events import Heard
from chassis.wire import Json
from gateway.deals.filters import DealFilter, deal_filter
from gateway.deals.types.deal_change import DealChange
from gateway.live.fields import Live, LiveField
from gateway.services import Services
from gateway.shapes.connections import LARGEST_PAGE

_PREFIX = "deal."


def _changes(events: Sequence[Heard], arguments: Json, services: Services) -> Iterator[Json]:
    """Give the changes of those deals that fit the filter and are within the caller's reach."""
    wanted = deal_filter(arguments.get("filter"))
    named = set(wanted.pop("deal_ids", ()))
    ids = list(dict.fromkeys(event.data["deal_id"] for event in events if not named or event.data["deal_id"] in named))
    found: dict[str, Json] = {}
    for start in range(0, len(ids), LARGEST_PAGE):
        asked = {"filter": {**wanted, "deal_ids": ids[start : start + LARGEST_PAGE]}, "page": {"first": LARGEST_PAGE}}
        answer = services.send("deals", "list_deals", asked).result()
        found.update((deal["id"], deal) for deal in answer["nodes"])
    for event in events:
        deal = found.get(event.data["deal_id"])
        if deal is not None:
            yield {"deal_changed": _change(event, deal)}


def _change(event: Heard, deal: Json) -> Json:
    return {
        "id": event.id,
        "kind": event.type.removeprefix(_PREFIX),
        "deal": deal,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at.isoformat().replace("+00:00", "Z"),
        "old_stage": event.data.get("old_stage"),
        "new_stage": event.data.get("new_stage"),
        "changed": event.data.get("changed") or [],
    }


class DealSubscriptions(graphene.ObjectType):
    """Subscriptions to deals."""

    deal_changed = LiveField(
        DealChange,
        live=Live(hears=lambda kind: kind.startswith(_PREFIX), values=_changes),
        filter=graphene.Argument(DealFilter, description="compared with the deal as it stands after the change"),
        description="Each change of a deal within your reach, with the deal as it stands.",
    )
