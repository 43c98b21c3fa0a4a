"""How fresh the figures are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from chassis.bus.envelope import PREFIX
from chassis.store.tables import ChassisTables
from services.reporting.storage.tables import metadata

SOURCES = ("claims", "contacts", "deals")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""What is told where it is not known that anything is included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFreshness:
    """How far one source was heard: the newest event handled, and whether none before it is missing or waiting."""

    source: str
    position: int
    recorded_at: datetime | None
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """Up to when everything is included, and what that follows from."""

    moment: datetime
    sources: tuple[SourceFreshness, ...]


def freshness(connection: sa.Connection) -> Freshness:
    """Tell up to which moment everything that the sources recorded is in the figures, as far as can be known here.

    All sources arrive in one queue, in order: once an event of any source is handled, so is what was published before it
    by every source. So the newest event handled is the moment; the silence of one source does not hold it back, and when
    all are silent it stays at the last event, for what is still on its way cannot be seen from here. It is moved
    back to before the oldest event whose reaction failed and waits, and to NEVER while a position is missing.
    """
    tables = ChassisTables.of(metadata)
    progress = {row.source: row for row in connection.execute(sa.select(tables.inbox_progress))}
    gaps = set(connection.execute(sa.select(tables.inbox_ahead.c.source).distinct()).scalars())
    waiting = _waiting(connection, tables.parked)
    sources = tuple(
        SourceFreshness(
            source=source,
            position=progress[source].position if source in progress else 0,
            recorded_at=progress[source].recorded_at if source in progress else None,
            complete=source not in gaps and source not in waiting,
        )
        for source in SOURCES
    )
    if gaps:
        return Freshness(moment=NEVER, sources=sources)
    newest = max((one.recorded_at for one in sources if one.recorded_at is not None), default=NEVER)
    return Freshness(moment=min([newest, *waiting.values()]), sources=sources)


def _waiting(connection: sa.Connection, parked: sa.Table) -> dict[str, datetime]:
    """Give, by source, when the oldest event that waits was recorded."""
    oldest: dict[str, datetime] = {}
    statement = sa.select(parked.c.source, parked.c.headers).where(parked.c.source.is_not(None))
    for source, headers in connection.execute(statement):
        recorded_at = datetime.fromisoformat(headers[f"{PREFIX}recordedtime"])
        oldest[source] = min(recorded_at, oldest.get(source, recorded_at))
    return oldest
