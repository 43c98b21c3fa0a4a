"""Values at their places, found by the database among the rows of a statement, and among some more from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from services.reporting.domain.spread import Places, SpreadCell


def spread(
    connection: sa.Connection,
    values: sa.Select[Any],
    places: Places,
    more: Iterable[tuple[str | None, int]] = (),
) -> list[SpreadCell]:
    """Give a cell for each key of a statement's rows (key, value) and of some more; places are those among all of them."""
    rows = values.subquery()
    key, value = rows.c.key, rows.c.value
    added: dict[str | None, list[int]] = defaultdict(list)
    for name, one in more:
        added[name].append(one)
    sums = {
        _text(row.key): (row.deals, int(row.total))
        for row in connection.execute(
            sa.select(key, sa.func.count().label("deals"), sa.func.sum(value).label("total")).group_by(key)
        )
    }
    wanted = {
        name: {
            place: max(0, place - len(added[name])) for place in places(sums.get(name, (0, 0))[0] + len(added[name]))
        }
        for name in {*sums, *added}
    }
    found = _at(
        connection,
        rows,
        {there for of in wanted.values() for last, first in of.items() for there in range(first, last + 1)},
    )
    return [
        SpreadCell(
            key=name,
            deals=sums.get(name, (0, 0))[0] + len(added[name]),
            total=sums.get(name, (0, 0))[1] + sum(added[name]),
            values={
                # of the values below a place at most all the added ones come from elsewhere: it lies within so many places
                place: sorted(
                    [*added[name], *(found[name, at] for at in range(first, place + 1) if (name, at) in found)]
                )[place - first]
                for place, first in of.items()
            },
        )
        for name, of in wanted.items()
    ]


def _at(connection: sa.Connection, rows: sa.Subquery, places: set[int]) -> dict[tuple[str | None, int], int]:
    if not places:
        return {}
    place = sa.func.row_number().over(partition_by=rows.c.key, order_by=rows.c.value) - 1
    placed = sa.select(rows.c.key, rows.c.value, place.label("place")).subquery()
    statement = sa.select(placed).where(placed.c.place.in_(sorted(places)))
    return {(_text(row.key), row.place): row.value for row in connection.execute(statement)}


def _text(key: Any) -> str | None:
    return str(key) if key is not None else None
