"""The payments of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import payment_json
from services.deals.queries.rows_of_deals import shown_under
from services.deals.storage.ledgers import allocated_of, read_payments
from services.deals.storage.tables import payments
from services.deals.storage.valuing import valued


@dataclass(frozen=True, kw_only=True)
class PaymentsOfDeals:
    """Ask for the payments of deals."""

    deal_ids: list[UUID]


def payments_of_deals(query: PaymentsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the payments of each deal, the oldest first; none for a deal that is not within reach."""
    shown = shown_under(reading, actor, query.deal_ids)
    found = read_payments(reading.connection, payments.c.deal_id.in_(shown))
    allocated = allocated_of(reading.connection, [one.id for one in found])
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for one in found:
        for deal_id in shown[one.deal_id]:
            by_deal[deal_id].append(payment_json(one, allocated.get(one.id, 0)))
    valued(reading, [one for of_deal in by_deal.values() for one in of_deal], itemgetter("paid_on"))
    return {"payments": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
