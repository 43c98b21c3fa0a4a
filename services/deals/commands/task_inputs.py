"""What commands about tasks take."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.errors import refuse
from chassis.store.database import Transaction
from services.deals.commands.inputs import Instant
from services.deals.domain.task import Due

Prerequisites = Annotated[frozenset[UUID], Field(max_length=50)]
Progress = Annotated[int, Field(ge=0, le=100)]


def due_of(day: date | None, moment: Instant | None, tx: Transaction) -> Due | None:
    """Make of a day or a moment until when a task is due; raise Refused for both, or for what has passed."""
    if day is not None and moment is not None:
        raise refuse("INVALID", "a task is due on a day or at a moment; give one of them", "due_at")
    if day is not None:
        return _ahead(Due.on_day(day, tx.enterprise.zone), "due_on", tx)
    return _ahead(Due(at=moment), "due_at", tx) if moment is not None else None


def _ahead(due: Due, field: str, tx: Transaction) -> Due:
    if due.at <= tx.now:
        raise refuse("DUE_IN_PAST", "what is still to be done is due today or later", field)
    return due
