"""What is known around some deals in progress at a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.attention import Around, ClientKind, OpenDeal
from services.reporting.storage.copies import allowed_dwell
from services.reporting.storage.merged_partners import survivors
from services.reporting.storage.moment import Moment
from services.reporting.storage.scope import among
from services.reporting.storage.tables import (
    document_facts,
    interaction_facts,
    interaction_subjects,
    partner_roles,
    step_facts,
    task_facts,
)


def around(connection: sa.Connection, moment: Moment, deals: Sequence[OpenDeal]) -> dict[UUID, Around]:
    """Tell what is known around each of some deals in progress."""
    known = _Facts(connection, moment, [deal.deal_id for deal in deals])
    found = {deal.deal_id: Around(active_at=deal.active_at) for deal in deals}
    known.put_documents(found, deals)
    known.put_work(found)
    allowed, into = allowed_dwell(connection), survivors(connection)
    partners = {into.get(deal.partner_id, deal.partner_id) for deal in deals if deal.partner_id is not None}
    clients = _clients(connection, moment, partners)
    for deal in deals:
        one = found[deal.deal_id]
        one.allowed_days = allowed.get((deal.process_id, deal.stage)) if deal.stage is not None else None
        if deal.partner_id is not None:
            one.client = clients.get(into.get(deal.partner_id, deal.partner_id), ClientKind.UNKNOWN)
    return found


class _Facts:
    """Reads facts about some deals, as far as they had happened and were recorded."""

    def __init__(self, connection: sa.Connection, moment: Moment, deal_ids: Sequence[UUID]) -> None:
        self._connection = connection
        self._moment = moment
        self._ids = deal_ids

    def put_documents(self, found: dict[UUID, Around], deals: Sequence[OpenDeal]) -> None:
        """Say whether something happened to documents, and when it last did."""
        last = dict(self._latest(document_facts, document_facts.c.deal_id))
        for deal in deals:
            if deal.deal_id in last:
                one, at = found[deal.deal_id], last[deal.deal_id]
                one.documented, one.active_at = at > deal.created_at, max(one.active_at, at)

    def put_work(self, found: dict[UUID, Around]) -> None:
        """Say what is left to do, and when somebody last did something about it."""
        s, t = step_facts.c, task_facts.c
        for step in self._last(step_facts, s.step_id, s.deal_id, [s.is_planned, s.due_at]):
            if step.is_planned:
                one = found[step.deal_id]
                one.step_due_at = min(one.step_due_at or step.due_at, step.due_at)
        for task in self._last(task_facts, t.task_id, t.deal_id, [t.is_open, t.due_at]):
            if task.is_open and task.due_at is not None and task.due_at <= self._moment.as_of:
                found[task.deal_id].has_late_task = True
        said = sa.join(
            interaction_facts,
            interaction_subjects,
            interaction_subjects.c.interaction_id == interaction_facts.c.interaction_id,
        )
        for table, deal_id, source in (
            (step_facts, s.deal_id, step_facts),
            (task_facts, t.deal_id, task_facts),
            (interaction_facts, interaction_subjects.c.thing_id, said),
        ):
            for of, at in self._latest(table, deal_id, source):
                found[of].active_at = max(found[of].active_at, at)

    def _last(
        self, table: sa.Table, subject: sa.Column[Any], deal_id: sa.Column[Any], columns: list[sa.Column[Any]]
    ) -> Iterator[sa.Row[Any]]:
        """Give each thing as it stood after its last fact."""
        rows = self._rows(table, deal_id, [subject, deal_id, *columns], [subject, table.c.sequence])
        yield from {row[0]: row for row in rows}.values()

    def _latest(
        self, table: sa.Table, deal_id: sa.Column[Any], source: sa.FromClause | None = None
    ) -> Iterator[tuple[UUID, Any]]:
        statement = sa.select(deal_id, sa.func.max(table.c.occurred_at)).select_from(
            source if source is not None else table
        )
        for row in self._connection.execute(statement.where(*self._conditions(table, deal_id)).group_by(deal_id)):
            yield row[0], row[1]

    def _rows(
        self, table: sa.Table, deal_id: sa.Column[Any], columns: list[sa.Column[Any]], order: list[sa.Column[Any]]
    ) -> sa.CursorResult[Any]:
        return self._connection.execute(sa.select(*columns).where(*self._conditions(table, deal_id)).order_by(*order))

    def _conditions(self, table: sa.Table, deal_id: sa.Column[Any]) -> list[sa.ColumnElement[bool]]:
        return [among(self._connection, deal_id, self._ids), *self._moment.until(table)]


def _clients(connection: sa.Connection, moment: Moment, partners: Collection[UUID]) -> dict[UUID, ClientKind]:
    """Tell which of some partners are clients at a moment, and which are prospects."""
    r = partner_roles.c
    chosen = among(connection, r.partner_id, partners)
    statement = sa.select(r.partner_id, r.is_client, r.is_prospect).where(chosen, *moment.until(partner_roles))
    last = {row.partner_id: row for row in connection.execute(statement.order_by(r.partner_id, r.sequence))}
    return {
        partner_id: ClientKind.EXISTING_CLIENT if row.is_client else ClientKind.PROSPECT
        for partner_id, row in last.items()
        if row.is_client or row.is_prospect
    }
