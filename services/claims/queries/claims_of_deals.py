"""The claims about each of several deals."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import PageRequest
from chassis.wire import Json
from services.claims.queries.pages_of import pages_of
from services.claims.storage.merged_deals import with_merged
from services.claims.storage.tables import claims


@dataclass(frozen=True, kw_only=True)
class ClaimsOfDeals:
    """Ask for the same page of each deal's claims."""

    deal_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def claims_of_deals(query: ClaimsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give a page for each deal, with those merged into it, in the order asked for, the newest claims first."""
    families = with_merged(reading.connection, query.deal_ids)
    return {"pages": pages_of(claims.c.deal_id, families, query.page, reading, actor)}
