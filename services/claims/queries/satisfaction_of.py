"""How satisfied clients are with partners' doings, deals and claims, and who was asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.claims.storage.merged_deals import with_merged
from services.claims.storage.merged_partners import families
from services.claims.storage.satisfaction import request_json, response_json
from services.claims.storage.tables import satisfaction_requests, satisfaction_responses
from services.claims.storage.visibility import satisfaction_visible_to

_RESPONSES = (Order(satisfaction_responses.c.answered_at, descending=True), Order(satisfaction_responses.c.id, True))
_REQUESTS = (Order(satisfaction_requests.c.requested_at, descending=True), Order(satisfaction_requests.c.id, True))


class Of(StrEnum):
    """Of what answers are asked for."""

    PARTNER = "PARTNER"
    DEAL = "DEAL"
    CLAIM = "CLAIM"


@dataclass(frozen=True, kw_only=True)
class SatisfactionOf:
    """Ask for the same page of the answers, or of the requests, about each of several things of one kind."""

    of: Of
    ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def satisfaction_of(query: SatisfactionOf, reading: Reading, actor: Actor) -> Json:
    """Give a page of the answers about each thing and those merged with it, the newest first."""
    return _pages(satisfaction_responses, _RESPONSES, query, reading, actor)


def satisfaction_requests_of(query: SatisfactionOf, reading: Reading, actor: Actor) -> Json:
    """Give a page of the requests about each thing and those merged with it, the newest first."""
    return _pages(satisfaction_requests, _REQUESTS, query, reading, actor)


@dataclass(frozen=True, kw_only=True)
class SatisfactionByIds:
    """Ask for these answers."""

    ids: list[UUID]


def satisfaction_by_ids(query: SatisfactionByIds, reading: Reading, actor: Actor) -> Json:
    """Give the answers in the order asked for; None for each that is not there or out of reach."""
    table = satisfaction_responses
    found = sa.select(table).where(table.c.id.in_(query.ids), satisfaction_visible_to(actor, table))
    by_id = {row.id: response_json(row._asdict()) for row in reading.connection.execute(found)}
    return {"nodes": [by_id.get(id) for id in query.ids]}


def satisfaction_requests_by_ids(query: SatisfactionByIds, reading: Reading, actor: Actor) -> Json:
    """Give the requests in the order asked for; None for each that is not there or out of reach."""
    table = satisfaction_requests
    found = sa.select(table).where(table.c.id.in_(query.ids), satisfaction_visible_to(actor, table))
    by_id = {row.id: request_json(row._asdict()) for row in reading.connection.execute(found)}
    return {"nodes": [by_id.get(id) for id in query.ids]}


def _pages(table: sa.Table, order: Sequence[Order], query: SatisfactionOf, reading: Reading, actor: Actor) -> Json:
    column = table.c[f"{query.of.lower()}_id"]
    seen = sa.select(table).where(satisfaction_visible_to(actor, table))
    shown = response_json if table is satisfaction_responses else request_json
    pages = [
        page(reading.connection, seen.where(column.in_(ids)), order, query.page, lambda row: shown(row._asdict()))
        for ids in _one_with(query, reading)
    ]
    return {"pages": pages}


def _one_with(query: SatisfactionOf, reading: Reading) -> Sequence[Collection[UUID]]:
    match query.of:
        case Of.PARTNER:
            return families(reading.connection, query.ids)
        case Of.DEAL:
            return with_merged(reading.connection, query.ids)
        case Of.CLAIM:
            return [[id] for id in query.ids]
