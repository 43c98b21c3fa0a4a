"""What deals in progress ask attention for, found by the database: it says of all of them what `assess` says of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import add
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.attention import Asking, AttentionCell, ClientKind, Day, OpenDeal, Reason, State
from services.reporting.storage.copies import allowed_dwell
from services.reporting.storage.deals.deal_rows import DealRows
from services.reporting.storage.listed import Columns, listed
from services.reporting.storage.merged_partners import survivors
from services.reporting.storage.moment import Moment, is_last
from services.reporting.storage.scope import among
from services.reporting.storage.tables import (
    document_facts,
    interaction_facts,
    interaction_subjects,
    partner_roles,
    step_facts,
    task_facts,
)
from services.reporting.storage.tables.schema import KEY

_DAY = timedelta(days=1) // timedelta(microseconds=1)
_BITS = {reason: 1 << place for place, reason in enumerate(Reason)}
"""Reasons in one number: rows with a column for each of them would take far longer to sort."""
_OF_DEAL: tuple[str, ...] = OpenDeal.__slots__


class Attention:
    """Reads the deals in progress of a moment, with what is around them."""

    def __init__(self, connection: sa.Connection, stood: DealRows, moment: Moment) -> None:
        self._connection = connection
        self._stood = stood
        self._moment = moment

    def cells(self, day: Day) -> list[AttentionCell]:
        """Count the deals."""
        found = self._assessed(day)
        alike = [found.c[name] for name in ("manager_id", "state", "client", "reasons")]
        statement = sa.select(
            *alike,
            sa.func.count().label("deals"),
            sa.func.coalesce(sa.func.sum(found.c.base), 0).label("base"),
            sa.func.count().filter(found.c.unconverted).label("unconverted"),
            sa.func.min(found.c.created_at).label("oldest"),
        ).group_by(*alike)
        return [
            AttentionCell(
                manager_id=row.manager_id,
                state=State(row.state),
                reasons=tuple(reason for reason, bit in _BITS.items() if row.reasons & bit),
                client=ClientKind(row.client),
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
                oldest=row.oldest,
            )
            for row in self._connection.execute(statement)
        ]

    def asking(self, day: Day, asked: Asking) -> sa.Select[tuple[UUID]]:
        """Select some of the deals."""
        manager_id = self._stood["manager_id"]
        whose = manager_id == asked.manager_id if asked.manager_id is not None else manager_id.is_(None)
        found = self._assessed(day, whose)
        conditions = [found.c.state == asked.state.value] if asked.state is not None else []
        if asked.reasons is not None:
            wanted = sum(_BITS[reason] for reason in asked.reasons)
            conditions.append(found.c.reasons.bitwise_and(wanted) != 0)
        return sa.select(found.c.deal_id).where(*conditions)

    def deals(self, deal_ids: Collection[UUID]) -> list[OpenDeal]:
        """Read some of the deals."""
        stood = self._stood
        chosen = among(self._connection, stood["deal_id"], deal_ids)
        statement = sa.select(*(stood[name].label(name) for name in _OF_DEAL)).select_from(stood.source)
        rows = self._connection.execute(statement.where(chosen, stood.open, *stood.within))
        return [OpenDeal(**{**row._mapping, "base": row.base or 0, "untouched": bool(row.untouched)}) for row in rows]

    def _assessed(self, day: Day, *also: sa.ColumnElement[bool]) -> sa.Subquery:
        """Select the deals, each with its state and its reasons."""
        stood, bounds = self._stood, allowed_dwell(self._connection)
        fresh_from = day.moment - timedelta(days=day.rotting_days)
        steps, recent, late, roles = self._steps(), self._recent(fresh_from), self._late_tasks(), self._roles()
        allowed = self._allowed(bounds)
        source = stood.source
        for table, on in (
            (steps, steps.c.deal_id == stood["deal_id"]),
            (recent, recent.c.deal_id == stood["deal_id"]),
            (late, late.c.deal_id == stood["deal_id"]),
            (roles, roles.c.partner_id == stood["partner_id"]),
            (allowed, sa.and_(allowed.c.process_id == stood["process_id"], allowed.c.stage == stood["stage"])),
        ):
            source = source.outerjoin(table, on)
        start, close = stood["planned_start_on"], stood["expected_close_on"]
        state = sa.case(
            (stood["held"], State.ON_HOLD.value), (start > day.today, State.COMING.value), else_=State.WORKED_ON.value
        )
        reasons = {
            Reason.DWELL_EXCEEDED: sa.or_(
                self._too_long(allowed, set(bounds.values()), day), stood["dwelt"] > allowed.c.days * _DAY
            ),
            Reason.NEXT_STEP_OVERDUE: steps.c.due_at <= day.moment,
            Reason.NO_NEXT_STEP: steps.c.due_at.is_(None),
            Reason.CLOSE_DATE_PASSED: close < day.today,
            Reason.ROTTING: sa.and_(stood["active_at"] < fresh_from, recent.c.deal_id.is_(None)),
            Reason.PLANNED_START_PASSED: sa.and_(start < day.today, stood["untouched"], ~self._documented()),
            Reason.TASKS_OVERDUE: late.c.deal_id.is_not(None),
        }
        each = (sa.case((condition, _BITS[reason]), else_=0) for reason, condition in reasons.items())
        bits = reduce(add, each)
        kind = sa.case(
            (roles.c.is_client, ClientKind.EXISTING_CLIENT.value),
            (roles.c.is_prospect, ClientKind.PROSPECT.value),
            else_=ClientKind.UNKNOWN.value,
        )
        return (
            sa.select(
                *(stood[name].label(name) for name in ("deal_id", "manager_id", "base", "unconverted", "created_at")),
                state.label("state"),
                kind.label("client"),
                sa.case((state == State.WORKED_ON.value, bits), else_=0).label("reasons"),
            )
            .select_from(source)
            .where(stood.open, *stood.within, *also)
            .subquery()
        )

    def _allowed(self, bounds: Mapping[tuple[UUID, str], int]) -> sa.FromClause:
        rows = [(*stage, days) for stage, days in sorted(bounds.items())]
        columns: Columns = {"process_id": sa.Uuid(), "stage": KEY, "days": sa.Integer()}
        return listed(self._connection, "allowed", columns, rows)

    def _too_long(self, allowed: sa.FromClause, bounds: Collection[int], day: Day) -> sa.ColumnElement[bool]:
        since = self._stood["dwelling_since"]
        cases = [(allowed.c.days == days, since < day.moment - timedelta(days=days)) for days in sorted(bounds)]
        return sa.case(*cases, else_=sa.false()) if cases else sa.false()

    def _steps(self) -> sa.Subquery:
        """Select when the first of the steps is due that are planned for a deal."""
        s = step_facts.c
        planned = sa.select(s.deal_id, sa.func.min(s.due_at).label("due_at")).where(
            s.is_planned, *self._last(step_facts, "step_id")
        )
        return planned.group_by(s.deal_id).subquery("steps")

    def _late_tasks(self) -> sa.Subquery:
        """Select the deals with a task that is to be done and was to be by now."""
        t = task_facts.c
        late = sa.select(t.deal_id).where(
            t.is_open, t.due_at <= self._moment.as_of, t.deal_id.is_not(None), *self._last(task_facts, "task_id")
        )
        return late.distinct().subquery("late")

    def _last(self, facts: sa.Table, subject: str) -> list[sa.ColumnElement[bool]]:
        """Say that a fact is the last one of its subject by the moment."""
        return [*self._moment.until(facts), is_last(facts, subject, self._moment.until)]

    def _recent(self, fresh_from: datetime) -> sa.Subquery:
        """Select the deals about which something happened lately."""
        s = interaction_subjects.c
        said = interaction_facts.join(interaction_subjects, s.interaction_id == interaction_facts.c.interaction_id)
        parts = [
            sa.select(deal_id.label("deal_id"))
            .select_from(source)
            .where(table.c.occurred_at >= fresh_from, *self._moment.until(table))
            for table, source, deal_id in (
                (document_facts, document_facts, document_facts.c.deal_id),
                (step_facts, step_facts, step_facts.c.deal_id),
                (task_facts, task_facts, task_facts.c.deal_id),
                (interaction_facts, said, s.thing_id),
            )
        ]
        return sa.union(*parts).subquery("recent")

    def _documented(self) -> sa.ColumnElement[bool]:
        f = document_facts.c
        return sa.exists().where(
            f.deal_id == self._stood["deal_id"],
            f.occurred_at > self._stood["created_at"],
            *self._moment.until(document_facts),
        )

    def _roles(self) -> sa.Subquery:
        """Select what partners are, each under its own id, as the one that survives is."""
        r = partner_roles.c
        last = sa.select(r.partner_id, r.is_client, r.is_prospect).where(*self._last(partner_roles, "partner_id"))
        into = survivors(self._connection)
        if not into:
            return last.subquery("roles")
        told = last.subquery()
        columns: Columns = {"one": sa.Uuid(), "other": sa.Uuid()}
        merged = listed(self._connection, "merged", columns, sorted(into.items()))
        of_merged = sa.select(merged.c.one, told.c.is_client, told.c.is_prospect).join_from(
            merged, told, told.c.partner_id == merged.c.other
        )
        own = sa.select(told).where(~sa.exists().where(merged.c.one == told.c.partner_id))
        return sa.union_all(own, of_merged).subquery("roles")
