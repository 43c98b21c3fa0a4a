"""What every report is asked with: period, filter, the world's time, and what was known by when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import AwareDatetime, Field

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.money import Money
from chassis.store.database import Reading
from services.reporting.domain.deals.family import Family
from services.reporting.domain.managers.teams import Organisation
from services.reporting.domain.period import Period
from services.reporting.storage.copies import family_of, organisation
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.deals.live_cells import LiveCells
from services.reporting.storage.deals.past_cells import PastCells
from services.reporting.storage.merged_partners import with_merged
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import deal_facts

_FIRST_YEAR = 1900
_AHEAD = timedelta(minutes=5)
"""How far clocks may differ."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """A period in business days: the first one in it, and the first one after it."""

    first: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReportFilter:
    """What a report is about: each field narrows further, an absent one does not.

    Teams bring the teams below them, and any version of a process all of them. Partners belong to segments as of the moment.
    """

    manager_ids: frozenset[UUID] | None = None
    team_ids: frozenset[UUID] | None = None
    partner_ids: frozenset[UUID] | None = None
    sources: frozenset[str] | None = None
    products: frozenset[str] | None = None
    process_ids: frozenset[UUID] | None = None
    segment_ids: frozenset[UUID] | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is common to all reports."""

    period: Days | None = None
    filter: ReportFilter | None = None
    as_of: AwareDatetime | None = None
    known_at: AwareDatetime | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A report's question, understood: where its cells come from, and of when."""

    moment: Moment
    period: Period
    scope: Scope
    cells: Cells
    organisation: Organisation


def require_past(as_of: datetime | None, known_at: datetime | None, now: datetime) -> None:
    """Raise Refused (INVALID) for a moment that has not come, or one so long ago that days around it cannot be reckoned.

    Of the future nothing has happened, and nothing is known: an answer would be that of now under another name. The clock of
    whoever asks may be a little ahead.
    """
    for name, moment in (("asOf", as_of), ("knownAt", known_at)):
        if moment is None:
            continue
        if moment.year < _FIRST_YEAR:
            raise refuse("INVALID", f"{name} lies in the year {_FIRST_YEAR} or later; give another moment", name)
        if moment > now + _AHEAD:
            message = (
                f"{moment.isoformat()} has not come yet: leave {name} out for now; what is expected, `forecast` tells"
            )
            raise refuse("INVALID", message, name)


def understand(report: Report, reading: Reading, actor: Actor) -> Asked:
    """Find out what is asked for; raise Refused for a period that ends before it begins, or a moment that has not come or is too long ago."""
    require_past(report.as_of, report.known_at, reading.now)
    days = report.period or Days()
    period = Period.of_days(days.first, days.to, reading.enterprise.zone)
    moment = Moment(
        as_of=report.as_of or reading.now,
        known_at=report.known_at,
        is_now=report.as_of is None and report.known_at is None,
    )
    known = organisation(reading.connection, report.known_at)
    filter = report.filter or ReportFilter()
    scope = _scope(filter, known, moment, visible_managers(actor, reading))
    if filter.process_ids is not None:
        scope = replace(scope, processes=_keys(reading, filter.process_ids))
    if scope.partners is not None:  # that two partners are one is true of every moment as soon as it is known
        scope = replace(scope, partners=with_merged(reading.connection, scope.partners))
    cells: Cells
    if _is_live(report, reading.connection):
        cells = LiveCells(reading.connection, scope, reading.enterprise.zone)
    else:
        cells = PastCells(reading.connection, scope, moment, reading.enterprise.zone)
    return Asked(moment=moment, period=period, scope=scope, cells=cells, organisation=known)


def require_family(reading: Reading, process_id: UUID, known_at: datetime | None) -> Family:
    """Find a process family by any of its versions; raise Refused with NOT_FOUND."""
    family = family_of(reading.connection, process_id, known_at)
    if family is None:
        raise refuse("NOT_FOUND", f"there is no sales process {process_id}", "process")
    return family


def _keys(reading: Reading, process_ids: frozenset[UUID]) -> frozenset[str]:
    """Name processes; one that is not there is refused rather than left out."""
    found = {process_id: family_of(reading.connection, process_id) for process_id in process_ids}
    unknown = sorted(str(process_id) for process_id, family in found.items() if family is None)
    if unknown:
        raise refuse("NOT_FOUND", f"there is no sales process {', '.join(unknown)}", "filter", "processes")
    return frozenset(family.newest.key for family in found.values() if family is not None)


def in_major_units(minor: int, currency: str) -> str:
    """Write a sum of minor units as an exact decimal."""
    return format(Money(minor=minor, currency=currency).amount, "f")


def origin(asked: Asked, freshness: datetime) -> dict[str, Any]:
    """Say of when a report is."""
    return {"as_of": asked.moment.as_of, "known_at": asked.moment.known_at, "freshness": freshness}


def _is_live(report: Report, connection: sa.Connection) -> bool:
    """Tell whether the answer is that of this moment: always, where nothing has happened after the moment asked for."""
    if report.known_at is not None:
        return False
    if report.as_of is None:
        return True
    later = sa.select(deal_facts.c.occurred_at).where(deal_facts.c.occurred_at > report.as_of).limit(1)
    return connection.execute(later).first() is None


def _scope(filter: ReportFilter, known: Organisation, moment: Moment, visible: frozenset[UUID | None] | None) -> Scope:
    named: list[frozenset[UUID | None]] = [] if visible is None else [visible]
    if filter.manager_ids is not None:
        named.append(frozenset(filter.manager_ids))
    if filter.team_ids is not None:
        named.append(frozenset(known.members(filter.team_ids)))
    return Scope(
        moment=moment,
        managers=frozenset.intersection(*named) if named else None,
        partners=filter.partner_ids,
        sources=filter.sources,
        products=filter.products,
        segments=filter.segment_ids,
    )


def visible_managers(actor: Actor, reading: Reading) -> frozenset[UUID | None] | None:
    """Name those whose deals and clients the actor sees now, None among them for deals of nobody; None is everyone."""
    if actor.reach == "all":
        return None
    seen: set[UUID | None] = {None}
    if actor.member_id is not None:
        seen.add(actor.member_id)
    if actor.reach == "team" and actor.team_ids:
        seen |= organisation(reading.connection).direct_members(actor.team_ids)
    return frozenset(seen)
