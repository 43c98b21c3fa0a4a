"""Which deals in progress ask for attention, and why: the conditions in SQL that lists and counts share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from services.deals.domain.next_step import StepStatus
from services.deals.domain.transition import Outcome
from services.deals.storage.merged_partners import has_role, merged_with
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals, managers, next_steps, partners, tasks
from services.deals.storage.tasks import OPEN


class Reason(StrEnum):
    """Why a deal asks for attention."""

    DWELL_EXCEEDED = "DWELL_EXCEEDED"
    NEXT_STEP_OVERDUE = "NEXT_STEP_OVERDUE"
    NO_NEXT_STEP = "NO_NEXT_STEP"
    CLOSE_DATE_PASSED = "CLOSE_DATE_PASSED"
    ROTTING = "ROTTING"
    PLANNED_START_PASSED = "PLANNED_START_PASSED"
    TASKS_OVERDUE = "TASKS_OVERDUE"


class ClientKind(StrEnum):
    """With whom a deal is, as far as this service has heard."""

    EXISTING_CLIENT = "EXISTING_CLIENT"
    PROSPECT = "PROSPECT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, kw_only=True)
class AttentionFilter:
    """Which deals in progress: each field narrows further, an absent one does not; any of the reasons."""

    manager_ids: list[UUID] | None = None
    team_ids: list[UUID] | None = None
    process_ids: list[UUID] | None = None
    client_kinds: list[ClientKind] | None = None
    reasons: list[Reason] | None = None

    def conditions(self, reading: Reading) -> list[sa.ColumnElement[bool]]:
        """Give the filter in SQL, for deals that are joined by `with_client_and_step`."""
        d = deals.c
        conditions: list[sa.ColumnElement[bool]] = []
        if self.manager_ids is not None:
            conditions.append(d.manager_id.in_(self.manager_ids))
        if self.team_ids is not None:
            conditions.append(d.manager_id.in_(sa.select(managers.c.id).where(managers.c.team_id.in_(self.team_ids))))
        if self.process_ids is not None:
            conditions.append(d.process_id.in_(self.process_ids))
        if self.client_kinds is not None:
            conditions.append(client_kind().in_(self.client_kinds))
        if self.reasons is not None:
            all_reasons = reasons(reading)
            conditions.append(sa.or_(sa.false(), *(all_reasons[reason] for reason in self.reasons)))
        return conditions


def with_client_and_step(select: sa.Select[Any], actor: Actor) -> sa.Select[Any]:
    """Join deals in progress, within an actor's reach, with their client and the step that is planned."""
    planned = sa.and_(next_steps.c.deal_id == deals.c.id, next_steps.c.status == StepStatus.PLANNED)
    return (
        select.select_from(deals)
        .outerjoin(partners, partners.c.id == deals.c.partner_id)
        .outerjoin(next_steps, planned)
        .where(deals.c.outcome == Outcome.IN_PROGRESS, deals.c.voided_at.is_(None), deals.c.merged_into_id.is_(None))
        .where(*within_reach(actor, deals.c.manager_id))
    )


def is_worked_on(reading: Reading) -> sa.ColumnElement[bool]:
    """Say "neither on hold nor planned to begin on a later day": such deals ask for nothing."""
    begun = sa.or_(deals.c.planned_start_on.is_(None), deals.c.planned_start_on <= _today(reading))
    return sa.and_(begun, deals.c.held_since.is_(None))


def client_kind() -> sa.ColumnElement[str]:
    """Tell what a deal's client is, of deals joined with their partners: merged partners have each other's roles."""

    def has(role: str) -> sa.ColumnElement[bool]:
        return sa.or_(has_role(partners, role), deals.c.partner_id.in_(merged_with(role)))

    return sa.case(
        (has("CLIENT"), ClientKind.EXISTING_CLIENT.value),
        (has("PROSPECT"), ClientKind.PROSPECT.value),
        else_=ClientKind.UNKNOWN.value,
    )


def reasons(reading: Reading) -> Mapping[Reason, sa.ColumnElement[bool]]:
    """Give the condition of each reason, for deals that are joined by `with_client_and_step`."""
    d, now, today = deals.c, reading.now, _today(reading)
    forgotten = now - timedelta(days=reading.enterprise.rotting_days)
    late_task = sa.exists().where(tasks.c.deal_id == d.id, tasks.c.status.in_(OPEN), tasks.c.due_at <= now)
    stands_where_it_began = sa.and_(d.highest_rank <= 1, d.last_fact_at <= d.created_at)
    return {
        Reason.DWELL_EXCEEDED: _sure(d.dwell_until < now),
        Reason.NEXT_STEP_OVERDUE: _sure(next_steps.c.due_at <= now),
        Reason.NO_NEXT_STEP: next_steps.c.id.is_(None),
        Reason.CLOSE_DATE_PASSED: _sure(d.expected_close_on < today),
        Reason.ROTTING: sa.and_(d.last_fact_at < forgotten, sa.func.coalesce(d.active_at, d.last_fact_at) < forgotten),
        Reason.PLANNED_START_PASSED: sa.and_(_sure(d.planned_start_on < today), stands_where_it_began),
        Reason.TASKS_OVERDUE: late_task,
    }


def flag(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """Give a condition as 1 or 0, to be added up."""
    return sa.case((condition, 1), else_=0)


def _sure(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Say "known, and so": a comparison with NULL is neither true nor false."""
    return sa.func.coalesce(condition, sa.false())


def _today(reading: Reading) -> Any:
    return day_of(reading.now, reading.enterprise.zone)
