"""The versions of proposals that were sent to a client, each with the one reaction that counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.reporting.domain.clients.reactions import ProposalKind, Reaction, SentVersion
from services.reporting.queries.clients.client_profiles import OfClients, client_of, understand_moment
from services.reporting.queries.report import in_major_units, visible_managers
from services.reporting.storage.clients.documents import versions_of
from services.reporting.storage.clients.reach import family_seen
from services.reporting.storage.tables import proposal_facts

_p = proposal_facts.c


@dataclass(frozen=True, kw_only=True)
class ProposalReactions(OfClients):
    """Ask for what was sent to a client in a period."""

    partner_id: UUID
    page: PageRequest = field(default_factory=PageRequest)


def proposal_reactions(query: ProposalReactions, reading: Reading, actor: Actor) -> Json:
    """Give a page of versions, what was sent last first; raise Refused with NOT_FOUND for a client not within reach."""
    moment, _, period = understand_moment(query, reading)
    family = family_seen(reading.connection, query.partner_id, visible_managers(actor, reading))
    if family is None:
        raise refuse("NOT_FOUND", f"there is no partner {query.partner_id}", "partner")
    client = client_of(reading, moment, family)
    versions = versions_of(reading.connection, moment, client.deal_ids)
    if period.start is not None:
        versions = versions.where(_p.sent_at >= period.start)
    if period.end is not None:
        versions = versions.where(_p.sent_at < period.end)
    order = [Order(_p.sent_at, descending=True), Order(_p.proposal_id, descending=True)]
    order.append(Order(_p.version, descending=True))
    base = reading.enterprise.base_currency
    return page(reading.connection, versions, order, query.page, lambda row: _shown(row, base))


def _shown(row: sa.Row[Any], base_currency: str) -> Json:
    version = SentVersion(
        kind=ProposalKind(row.kind), response=row.response, sent_at=row.sent_at, responded_at=row.occurred_at
    )
    responded = version.kind is ProposalKind.RESPONDED
    latency = version.latency
    return {
        "proposal_id": row.proposal_id,
        "version": row.version,
        "deal_id": row.deal_id,
        "sent_at": row.sent_at,
        "valid_until": row.valid_until,
        "amount": _amount(row, base_currency),
        "reaction": version.reaction,
        "responded_at": row.occurred_at if responded else None,
        "latency_days": latency / 86_400_000_000 if latency is not None else None,
        "reason": row.reason if version.reaction is Reaction.REJECTED else None,
        "competitor_id": row.competitor_id if responded else None,
        "deferred_until": row.deferred_until if responded else None,
    }


def _amount(row: sa.Row[Any], base_currency: str) -> Json:
    if row.amount_minor is None:
        return None
    money = Money(minor=row.amount_minor, currency=row.currency).to_json()
    base = in_major_units(row.base_minor, base_currency) if row.base_minor is not None else None
    return {**money, "base": base}
