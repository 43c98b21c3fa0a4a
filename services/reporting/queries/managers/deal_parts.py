"""The parts that a deal's owners have in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals.history import Outcome, happened
from services.reporting.domain.managers.parts import Part, parts
from services.reporting.queries.report import Report, in_major_units, origin, understand, visible_managers
from services.reporting.storage.deals.facts import FACT_COLUMNS, fact_of
from services.reporting.storage.freshness import freshness
from services.reporting.storage.managers.interactions import talks_about
from services.reporting.storage.tables import deal_facts, deal_states

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class DealParts:
    """Ask what each of a deal's owners did in it."""

    deal_id: UUID
    as_of: AwareDatetime | None = None
    known_at: AwareDatetime | None = None


def deal_parts(query: DealParts, reading: Reading, actor: Actor) -> Json:
    """Give the parts of a deal in their order; raise Refused with NOT_FOUND for one that is not there, or not within reach.

    The owners are told by the deal's facts; wins are credited to the owner at the close, also where it was handed over since.
    """
    fresh = freshness(reading.connection)
    asked = understand(Report(as_of=query.as_of, known_at=query.known_at), reading, actor)
    _require_seen(query.deal_id, reading, actor)
    statement = (
        sa.select(*FACT_COLUMNS)
        .where(deal_facts.c.deal_id == query.deal_id, *asked.moment.until(deal_facts))
        .order_by(deal_facts.c.sequence)
    )
    facts = [fact_of(row) for row in reading.connection.execute(statement)]
    if not happened(facts):
        raise _not_found(query.deal_id)
    talks = talks_about(reading.connection, asked.moment, query.deal_id)
    currency = reading.enterprise.base_currency
    return {
        **origin(asked, fresh.moment),
        "deal_id": query.deal_id,
        "currency": currency,
        "parts": [_shown(part, currency) for part in parts(facts, talks, asked.moment.as_of)],
    }


def _require_seen(deal_id: UUID, reading: Reading, actor: Actor) -> None:
    """Raise Refused unless a deal is there, and its owner within the caller's reach."""
    state = deal_states.c
    row = reading.connection.execute(sa.select(state.manager_id).where(state.deal_id == deal_id)).first()
    seen = visible_managers(actor, reading)
    if row is None or (seen is not None and row.manager_id not in seen):
        raise _not_found(deal_id)


def _not_found(deal_id: UUID) -> Exception:
    return refuse("NOT_FOUND", f"there is no deal {deal_id}", "deal")


def _shown(part: Part, currency: str) -> dict[str, Any]:
    won = part.outcome is Outcome.WON and part.base is not None
    return {
        "manager_id": part.manager_id,
        "since": part.since,
        "until": part.until,
        "days": part.held / _DAY,
        "stages": part.stages,
        "interactions": part.interactions,
        "outcome": part.outcome,
        "won_amount": in_major_units(part.base, currency) if won and part.base is not None else None,
    }
