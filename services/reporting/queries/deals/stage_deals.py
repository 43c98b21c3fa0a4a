"""The deals behind the numbers of the funnel."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.reporting.domain.deals.funnel import Behind, Number
from services.reporting.queries.report import Report, require_family, understand
from services.reporting.storage.tables import deal_states


@dataclass(frozen=True, kw_only=True)
class StageDealsReport(Report):
    """Ask for the deals behind a number that the funnel shows at a stage."""

    process_id: UUID
    stage: str
    kind: Number
    page: PageRequest = field(default_factory=PageRequest)


def stage_deals(query: StageDealsReport, reading: Reading, actor: Actor) -> Json:
    """Give a page of deal ids, the latest registered first; raise Refused as the funnel does, or for an unknown stage."""
    family = require_family(reading, query.process_id, query.known_at)
    if query.stage not in {stage.key for stage in family.newest.stages}:
        raise refuse("UNKNOWN_STAGE", f"{query.stage!r} is no stage of {family.newest.key!r}", "stage")
    asked = understand(query, reading, actor)
    behind = Behind.of(family, query.stage, query.kind)
    found = asked.cells.behind(family.newest.key, behind, asked.period)
    order = [Order(deal_states.c.deal_id, descending=True)]
    return page(reading.connection, found, order, query.page, lambda row: row.deal_id)
