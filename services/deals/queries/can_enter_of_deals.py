"""Which stages deals may enter, and what is missing for the others."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.domain.deal import Deal
from services.deals.domain.stage_entry import StageEntry
from services.deals.storage.exchange_rates import StoredRates
from services.deals.storage.processes import Processes
from services.deals.storage.reach import within_reach
from services.deals.storage.rows import deal_of
from services.deals.storage.stage_facts import DealFacts, KnownOfDeals
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class CanEnterOfDeals:
    """Ask for the stages of deals."""

    deal_ids: list[UUID]


def can_enter_of_deals(query: CanEnterOfDeals, reading: Reading, actor: Actor) -> Json:
    """Tell for every stage of each deal's process, by the rule of moves, what a move there at this moment would meet.

    A deal that is not within reach has none.
    """
    found = _deals(query.deal_ids, reading, actor)
    known = KnownOfDeals(reading, found, reading.now)
    entries = {
        deal.id: [_entry_json(deal.entry(stage, DealFacts(known, deal, stage.key))) for stage in deal.process.stages]
        for deal in found
    }
    return {"entries": [entries.get(deal_id, []) for deal_id in query.deal_ids]}


def _deals(ids: list[UUID], reading: Reading, actor: Actor) -> list[Deal]:
    reach = within_reach(actor, deals.c.manager_id)
    rows = reading.connection.execute(sa.select(deals).where(deals.c.id.in_(ids), *reach)).all()
    processes = Processes(reading.connection).find([row.process_id for row in rows])
    base, rates = reading.enterprise.base_currency, StoredRates(reading)
    return [deal_of(row, processes[row.process_id], base, rates) for row in rows]


def _entry_json(entry: StageEntry) -> Json:
    problem = entry.problem
    return {
        "stage": entry.stage.key,
        "possible": entry.possible,
        "code": problem.code if problem else None,
        "message": problem.message if problem else None,
        "missing": [{"guard": one.guard, "message": one.what_to_do} for one in entry.missing],
    }
