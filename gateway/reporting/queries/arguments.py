"""What every report is asked with."""

from __future__ import annotations

from typing import Any

import graphene

from chassis.errors import Refused
from chassis.wire import Json
from gateway.kinds import Kind, names_a
from gateway.references import not_found, references
from gateway.shapes.filters import wire_filter
from gateway.shapes.scalars import DateTime
from gateway.shapes.values import PeriodInput


class ReportFilter(graphene.InputObjectType):
    """What the figures are about; what is not given does not matter, an empty list lets nothing through."""

    managers = references(Kind.MANAGER)
    teams = references(Kind.TEAM)
    partners = references(Kind.PARTNER)
    sources = graphene.List(graphene.NonNull(graphene.String))
    products = graphene.List(graphene.NonNull(graphene.String))
    processes = references(Kind.PROCESS, description="any version stands for all versions of its process")
    segments = references(Kind.SEGMENT, description="to which the partner belongs at the moment of the report")


def report_arguments() -> dict[str, Any]:
    """Give the arguments that every report takes."""
    return {
        "period": graphene.Argument(PeriodInput),
        "filter": graphene.Argument(ReportFilter),
        "as_of": DateTime(description="the world's time: now, if not given"),
        "known_at": DateTime(description="what had been recorded by then: now, if not given"),
    }


def process_of(process: str) -> str:
    """Give the id of a process; raise Refused with NOT_FOUND for what cannot be one."""
    if not names_a(Kind.PROCESS, process):
        raise Refused(not_found(("process",), Kind.PROCESS, process))
    return process


def report_of(
    period: Json | None = None, filter: Json | None = None, as_of: str | None = None, known_at: str | None = None
) -> Json:
    """Put the arguments of a report into the shape of the wire."""
    payload: dict[str, Any] = {}
    if period:
        payload["period"] = {name.rstrip("_"): day for name, day in period.items() if day is not None}
    if filter:
        payload["filter"] = wire_filter(filter, ReportFilter)
    return payload | {name: at for name, at in (("as_of", as_of), ("known_at", known_at)) if at is not None}


def rows_of(report: Json) -> list[Json]:
    """Give the rows of a report without its moment: what was answered before reports told of theirs."""
    rows: list[Json] = report["rows"]
    return rows
