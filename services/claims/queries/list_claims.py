"""All claims, filtered and sorted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.claims.domain.claim import ClaimStatus
from services.claims.domain.severity import Severity
from services.claims.storage.claims import claim_json
from services.claims.storage.merged_partners import families
from services.claims.storage.tables import claims
from services.claims.storage.visibility import visible_to


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """Which claims: those that fit each list given; None takes all. Late ones are open past a deadline."""

    partner_ids: list[UUID] | None = None
    deal_ids: list[UUID] | None = None
    assignee_ids: list[UUID] | None = None
    statuses: list[ClaimStatus] | None = None
    severities: list[Severity] | None = None
    late: bool | None = None


class ClaimOrder(StrEnum):
    """What a list of claims is sorted by."""

    REGISTERED_AT = "REGISTERED_AT"
    SEVERITY = "SEVERITY"


@dataclass(frozen=True, kw_only=True)
class ListClaims:
    """Ask for a page of claims: without an order, the newest first."""

    filter: ClaimFilter = field(default_factory=ClaimFilter)
    order: ClaimOrder = ClaimOrder.REGISTERED_AT
    descending: bool = True
    page: PageRequest = field(default_factory=PageRequest)


def list_claims(query: ListClaims, reading: Reading, actor: Actor) -> Json:
    """Give a page of the claims that the actor sees."""
    columns: list[sa.ColumnElement[Any]] = [claims.c.registered_at, claims.c.id]
    if query.order is ClaimOrder.SEVERITY:
        columns.insert(0, claims.c.severity)
    order = [Order(column, query.descending) for column in columns]
    select = sa.select(claims).where(visible_to(actor), *_fitting(query.filter, reading))
    return page(reading.connection, select, order, query.page, lambda row: claim_json(row._asdict(), reading.now))


def _fitting(filter: ClaimFilter, reading: Reading) -> list[sa.ColumnElement[bool]]:
    asked = filter.partner_ids
    one_with = families(reading.connection, asked) if asked is not None else None
    wanted: list[tuple[sa.ColumnElement[Any], Collection[Any] | None]] = [
        (claims.c.partner_id, [id for family in one_with for id in family] if one_with is not None else None),
        (claims.c.deal_id, filter.deal_ids),
        (claims.c.assignee_id, filter.assignee_ids),
        (claims.c.status, filter.statuses),
        (claims.c.severity, filter.severities),
    ]
    conditions: list[sa.ColumnElement[bool]] = [column.in_(values) for column, values in wanted if values is not None]
    if filter.late is not None:
        conditions.append(_late(reading.now) if filter.late else ~_late(reading.now))
    return conditions


def _late(now: datetime) -> sa.ColumnElement[bool]:
    """Say that a claim is open past one of its deadlines; one that waits on the client only where that passed before."""
    c = claims.c
    unanswered = sa.and_(c.first_responded_at.is_(None), sa.func.coalesce(c.first_response_due_at < now, sa.false()))
    unresolved = sa.func.coalesce(c.resolution_due_at < now, sa.false())
    return sa.and_(c.resolved_at.is_(None), sa.or_(unanswered, unresolved))
