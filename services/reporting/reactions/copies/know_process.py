"""Hear of a version of a sales process."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import processes


@dataclass(frozen=True, kw_only=True)
class StageHeard:
    """A stage of the version."""

    key: str
    rank: int
    allowed_dwell_days: int | None = None
    probability: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ProcessHeard:
    """What reporting needs of the version."""

    process_id: UUID
    key: str
    version: int
    stages: tuple[StageHeard, ...]


def know_process(event: Heard, tx: Transaction) -> None:
    """Keep a version of a process; a version never changes."""
    heard = event.read(ProcessHeard)
    row = {
        "id": heard.process_id,
        "key": heard.key,
        "version": heard.version,
        "stages": [
            [
                one.key,
                one.rank,
                str(one.probability) if one.probability is not None else None,
                one.allowed_dwell_days,
            ]
            for one in heard.stages
        ],
        "recorded_at": event.recorded_at,
    }
    keep(tx.connection, processes, row)
