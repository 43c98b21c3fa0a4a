"""What managers and teams were to achieve, and what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.managers.plan import FactCell, Measure, PlanRow, Target, plan_rows
from services.reporting.domain.period import Months, Period, day_of_month, months_within
from services.reporting.queries.deals.shapes import amounts_json, ratio_json
from services.reporting.queries.report import Asked, Days, Report, ReportFilter, in_major_units, origin, understand
from services.reporting.storage.freshness import freshness
from services.reporting.storage.managers.interactions import interactions_by_manager
from services.reporting.storage.managers.targets import targets


@dataclass(frozen=True, kw_only=True)
class PlanFilter:
    """Whose targets, and of what: each field narrows further. Teams bring the teams below them, and their managers."""

    manager_ids: frozenset[UUID] | None = None
    team_ids: frozenset[UUID] | None = None
    measures: frozenset[Measure] | None = None


@dataclass(frozen=True, kw_only=True)
class PlanAgainstFact:
    """Ask what was planned for a period, and what was achieved."""

    period: Days = field(default_factory=Days)
    filter: PlanFilter = field(default_factory=PlanFilter)
    as_of: AwareDatetime | None = None
    known_at: AwareDatetime | None = None


def plan_against_fact(query: PlanAgainstFact, reading: Reading, actor: Actor) -> Json:
    """Give a row for each manager, team and measure with a target; raise Refused for a period that ends before it begins.

    A target counts where its month, quarter or year lies wholly within the period: a part of it is no plan. Where one lies
    in another (a month in a year), the longer one counts. The fact is that of the months with a target, so that both sides of
    the ratio speak of the same time; the days without one are told. Wins are credited to the owner at the close. What a team
    achieved is what those did who belong to it, or to teams below it, as far as known at the moment; its row is given
    where all of them are within the filter and the caller's reach.
    """
    fresh = freshness(reading.connection)
    filter = ReportFilter(manager_ids=query.filter.manager_ids, team_ids=query.filter.team_ids)
    report = Report(period=query.period, filter=filter, as_of=query.as_of, known_at=query.known_at)
    asked = understand(report, reading, actor)
    within = months_within(query.period.first, query.period.to)
    wanted = _shown(targets(reading.connection, asked.moment, within, query.filter.measures), asked)
    facts = {measure: _facts(measure, wanted, asked, reading) for measure in Measure}
    teams = {one.owner_id: asked.organisation.members([one.owner_id]) for one in wanted if one.of_team}
    rows = plan_rows(wanted, facts, teams, query.period.first, query.period.to)
    currency = reading.enterprise.base_currency
    return {**origin(asked, fresh.moment), "currency": currency, "rows": [_row(row, currency) for row in rows]}


def _shown(found: Sequence[Target], asked: Asked) -> list[Target]:
    """Leave out whom the filter or the caller's reach leaves out."""
    managers = asked.scope.managers
    if managers is None:
        return list(found)
    members = {one.owner_id: asked.organisation.members([one.owner_id]) for one in found if one.of_team}
    whole = {team for team, of in members.items() if of and of <= managers}
    return [one for one in found if (one.owner_id in (whole if one.of_team else managers))]


def _facts(measure: Measure, wanted: Sequence[Target], asked: Asked, reading: Reading) -> list[FactCell]:
    """Count what was achieved in the months of targets of a measure."""
    of = [one for one in wanted if one.measure is measure]
    if not of:
        return []
    if measure is Measure.INTERACTIONS:
        spans = sorted({(month, month + 1) for one in of for month in range(one.first, one.end)})
        return [cell for span in spans for cell in _talks(span, asked, reading.connection, reading.enterprise.zone)]
    won = asked.cells.won(Months(first=min(one.first for one in of), end=max(one.end for one in of)))
    is_amount = measure is Measure.WON_AMOUNT
    return [
        FactCell(
            manager_id=cell.manager_id,
            first=cell.month,
            end=cell.month + 1,
            value=cell.base if is_amount else cell.deals,
            unconverted=cell.unconverted if is_amount else 0,
        )
        for cell in won
        if cell.manager_id is not None
    ]


def _talks(span: tuple[int, int], asked: Asked, connection: sa.Connection, zone: ZoneInfo) -> list[FactCell]:
    first, end = span
    period = Period.of_days(day_of_month(first), day_of_month(end), zone)
    return [
        FactCell(manager_id=UUID(cell.manager_id), first=first, end=end, value=cell.interactions)
        for cell in interactions_by_manager(connection, asked.scope, asked.moment, period, asked.cells, zone)
    ]


def _row(row: PlanRow, currency: str) -> dict[str, Any]:
    is_amount = row.measure is Measure.WON_AMOUNT

    def shown(value: int) -> str:
        return in_major_units(value, currency) if is_amount else str(value)

    return {
        "manager_id": None if row.of_team else row.owner_id,
        "team_id": row.owner_id if row.of_team else None,
        "measure": row.measure,
        "planned": shown(row.planned),
        "fact": shown(row.fact),
        "deviation": shown(row.fact - row.planned),
        "attainment": amounts_json(row.attainment, currency) if is_amount else ratio_json(row.attainment),
        "unconverted": row.unconverted,
        "uncovered_days": row.uncovered_days,
        "uncovered": [{"from": first, "to": end} for first, end in row.uncovered],
    }
