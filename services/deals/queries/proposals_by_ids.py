"""Proposals by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.storage.proposal_view import proposals_shown
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals, proposals


@dataclass(frozen=True, kw_only=True)
class ProposalsByIds:
    """Ask for proposals."""

    ids: list[UUID]


def proposals_by_ids(query: ProposalsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the proposals in the order of the ids; null for one that is not there, or whose deal is not within reach."""
    reached = sa.select(deals.c.id).where(*within_reach(actor, deals.c.manager_id))
    shown = proposals_shown(reading, proposals.c.id.in_(query.ids), proposals.c.deal_id.in_(reached))
    found = {proposal["id"]: proposal for proposal in shown}
    return {"nodes": [found.get(proposal_id) for proposal_id in query.ids]}
