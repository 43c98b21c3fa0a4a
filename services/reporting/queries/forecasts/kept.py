"""What questions about snapshots have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Reading
from services.reporting.domain.forecasts.forecast import ForecastRow
from services.reporting.queries.report import Asked, Report, require_family, understand
from services.reporting.storage.forecasts.snapshots import SnapshotCell
from services.reporting.storage.scope import Scope

KeptGrouping = Literal["PROCESS", "MANAGER", "TEAM"]


@dataclass(frozen=True, kw_only=True)
class OfSnapshots(Report):
    """Ask of the snapshots of periods that lie within the period, of a process (named by any version) or of all."""

    method: Literal["STAGE", "LEARNED"] = "STAGE"
    group_by: KeptGrouping | None = None
    process_id: UUID | None = None


def understand_kept(query: OfSnapshots, reading: Reading, actor: Actor) -> tuple[Asked, Scope]:
    """Find out what is asked for; raise Refused as reports do, and for what snapshots do not tell apart."""
    asked = understand(query, reading, actor)
    scope = asked.scope
    if not scope.is_rolled_up:
        message = "snapshots tell apart managers, teams and processes; leave the other filters out"
        raise refuse("INVALID_FILTER", message, "filter")
    if query.process_id is not None:
        key = require_family(reading, query.process_id, query.known_at).newest.key
        scope = replace(scope, processes=frozenset({key}))
    return asked, scope


def until(query: Report, asked: Asked) -> datetime:
    """Tell until when snapshots that count were taken."""
    return min(asked.moment.as_of, query.known_at) if query.known_at else asked.moment.as_of


def key_of(by: KeptGrouping | None) -> Callable[[SnapshotCell], str | None]:
    """Tell under which key a cell is shown; the team is that of the moment of the snapshot."""

    def text(value: UUID | None) -> str | None:
        return str(value) if value is not None else None

    match by:
        case None:
            return lambda _: None
        case "PROCESS":
            return lambda cell: cell.process_key
        case "MANAGER":
            return lambda cell: text(cell.manager_id)
        case "TEAM":
            return lambda cell: text(cell.team_id)


def rows_of(cells: Iterable[SnapshotCell], key: Callable[[SnapshotCell], str | None]) -> list[ForecastRow]:
    """Add cells up, a row for each key, what has none last."""
    rows: dict[str | None, ForecastRow] = {}
    for cell in cells:
        row = rows.setdefault(key(cell), ForecastRow(key=key(cell)))
        row.weighted += cell.weighted_amount
        for name in _SUMS:
            setattr(row, name, getattr(row, name) + getattr(cell, name))
    return sorted(rows.values(), key=lambda row: (row.key is None, row.key or ""))


_SUMS: Any = (
    "won", "won_amount", "open", "open_amount", "overdue", "without_amount", "without_probability", "unconverted",
)  # fmt: skip
