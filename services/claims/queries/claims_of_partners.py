"""The claims of each of several partners."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import PageRequest
from chassis.wire import Json
from services.claims.queries.pages_of import pages_of
from services.claims.storage.merged_partners import families
from services.claims.storage.tables import claims


@dataclass(frozen=True, kw_only=True)
class ClaimsOfPartners:
    """Ask for the same page of each partner's claims."""

    partner_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def claims_of_partners(query: ClaimsOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give a page for each partner, with those merged with it, in the order asked for, the newest claims first."""
    one_with = families(reading.connection, query.partner_ids)
    return {"pages": pages_of(claims.c.partner_id, one_with, query.page, reading, actor)}
