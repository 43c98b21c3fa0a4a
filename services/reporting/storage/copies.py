"""Copies of what other services own: appended to, never changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.family import Family, Stage, Version
from services.reporting.domain.managers.teams import Organisation
from services.reporting.storage.tables import manager_facts, partners, processes, team_facts
from services.reporting.storage.writing import keep_all


def keep(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> None:
    """Add a row, unless one with its key is there already."""
    keep_all(connection, table, [row])


def family_of(connection: sa.Connection, process_id: UUID, known_at: datetime | None = None) -> Family | None:
    """Find the family of a process by the id of any version, with the versions known at a moment.

    Of a moment before the first version was known, the family has that version: an empty funnel still has its stages.
    """
    key = sa.select(processes.c.key).where(processes.c.id == process_id).scalar_subquery()
    rows = connection.execute(sa.select(processes).where(processes.c.key == key).order_by(processes.c.version)).all()
    if not rows:
        return None
    known = [row for row in rows if known_at is None or row.recorded_at <= known_at] or rows[:1]
    return Family([_version(row) for row in known])


def _version(row: sa.Row[Any]) -> Version:
    stages = sorted((_stage(*told) for told in row.stages), key=lambda stage: stage.rank)
    return Version(process_id=row.id, key=row.key, version=row.version, stages=tuple(stages))


def _stage(key: str, rank: int, probability: str | None, allowed_days: int | None) -> Stage:
    chance = Decimal(probability) if probability is not None else None
    return Stage(key=key, rank=rank, probability=chance, allowed_days=allowed_days)


def stage_probabilities(
    connection: sa.Connection, process_ids: Collection[UUID] | None = None
) -> dict[tuple[UUID, str], Fraction]:
    """Give the probability of each stage, where it is known, of some versions of processes or of all."""
    statement = sa.select(processes.c.id, processes.c.stages)
    if process_ids is not None:
        statement = statement.where(processes.c.id.in_(process_ids))
    return {
        (row.id, key): Fraction(probability)
        for row in connection.execute(statement)
        for key, _, probability, _ in row.stages
        if probability is not None
    }


def allowed_dwell(connection: sa.Connection) -> dict[tuple[UUID, str], int]:
    """Give how many days deals may be at the stages of each version that bounds it."""
    return {
        (row.id, key): allowed
        for row in connection.execute(sa.select(processes.c.id, processes.c.stages))
        for key, _, _, allowed in row.stages
        if allowed is not None
    }


def sources(connection: sa.Connection, known_at: datetime | None = None) -> dict[UUID, str]:
    """Give where partners came from, of those of whom it was known at a moment."""
    statement = sa.select(partners.c.id, partners.c.source).where(partners.c.source.is_not(None))
    if known_at is not None:
        statement = statement.where(partners.c.recorded_at <= known_at)
    return {row.id: row.source for row in connection.execute(statement)}


def organisation(connection: sa.Connection, known_at: datetime | None = None) -> Organisation:
    """Give teams and their managers as known at a moment."""
    return Organisation(
        team_of=_latest(connection, manager_facts.c.manager_id, manager_facts.c.team_id, known_at),
        parent_of=_latest(connection, team_facts.c.team_id, team_facts.c.parent_id, known_at),
    )


def _latest(
    connection: sa.Connection, subject: sa.Column[UUID], value: sa.Column[UUID | None], known_at: datetime | None
) -> dict[UUID, UUID | None]:
    table = subject.table
    statement = sa.select(subject, value).order_by(subject, table.c.sequence)
    if known_at is not None:
        statement = statement.where(table.c.recorded_at <= known_at)
    return {row[0]: row[1] for row in connection.execute(statement)}  # the last one of each subject stays
