"""The forecasts that were kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.reporting.domain.forecasts.forecast import ForecastRow
from services.reporting.queries.forecasts.forecast import row_json
from services.reporting.queries.forecasts.kept import OfSnapshots, key_of, rows_of, understand_kept, until
from services.reporting.storage.forecasts.snapshots import cells_of, select_snapshots, snapshot_of
from services.reporting.storage.tables import forecast_snapshots as snapshots


@dataclass(frozen=True, kw_only=True)
class ForecastSnapshots(OfSnapshots):
    """Ask for snapshots, the last taken first."""

    page: PageRequest = field(default_factory=PageRequest)


def forecast_snapshots(query: ForecastSnapshots, reading: Reading, actor: Actor) -> Json:
    """Give a page of snapshots with their rows, as far as the caller sees the deals."""
    asked, scope = understand_kept(query, reading, actor)
    days = query.period
    selected = select_snapshots(
        method=query.method,
        first=days.first if days else None,
        end=days.to if days else None,
        until=until(query, asked),
    )
    order = [Order(snapshots.c.taken_at, descending=True), Order(snapshots.c.id, descending=True)]
    found = page(reading.connection, selected, order, query.page, snapshot_of)
    cells = cells_of(reading.connection, [one.id for one in found["nodes"]], scope)
    key = key_of(query.group_by)
    nodes = []
    for one in found["nodes"]:
        rows = rows_of(cells[one.id], key)
        if query.group_by is None and not rows:
            rows = [ForecastRow(key=None)]
        nodes.append(
            {
                "id": one.id,
                "taken_at": one.taken_at,
                "from": one.first_day,
                "to": one.end_day,
                "method": one.method,
                "minimum_deals": one.minimum_deals,
                "currency": one.currency,
                "rows": [row_json(row, one.currency) for row in rows],
            }
        )
    return {**found, "nodes": nodes}
