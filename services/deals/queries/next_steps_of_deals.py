"""What was and is planned for deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import step_json
from services.deals.domain.next_step import StepStatus
from services.deals.storage.merged import with_merged
from services.deals.storage.tables import next_steps


@dataclass(frozen=True, kw_only=True)
class NextStepsOfDeals:
    """Ask for the steps of deals: the planned ones, or all there ever were."""

    deal_ids: list[UUID]
    planned: bool = False


def next_steps_of_deals(query: NextStepsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the steps of each deal, the newest first; none for a deal that is not within reach."""
    s = next_steps.c
    of = with_merged(actor, query.deal_ids)
    select = sa.select(next_steps, of.c.asked).join(of, of.c.id == s.deal_id).order_by(s.planned_at.desc(), s.id.desc())
    if query.planned:
        select = select.where(s.status == StepStatus.PLANNED)
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for row in reading.connection.execute(select):
        by_deal[row.asked].append(step_json(row._mapping, reading.now))
    return {"steps": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
