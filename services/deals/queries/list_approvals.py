"""A page of approvals."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.deals.answers import approval_json
from services.deals.domain.approval import ApprovalStatus
from services.deals.storage.approvals import approval_of
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import approvals, deals


@dataclass(frozen=True, kw_only=True)
class ListApprovals:
    """Ask for approvals, of one status or all."""

    status: ApprovalStatus | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_approvals(query: ListApprovals, reading: Reading, actor: Actor) -> Json:
    """Give a page of the approvals of deals within reach: who asked first comes first."""
    a = approvals.c
    reach = within_reach(actor, deals.c.manager_id)
    select = sa.select(approvals).join(deals, deals.c.id == a.deal_id).where(*reach)
    if query.status is not None:
        select = select.where(a.status == query.status.value)
    return page(
        reading.connection,
        select,
        [Order(a.requested_at), Order(a.id)],
        query.page,
        lambda row: approval_json(approval_of(row)),
    )
