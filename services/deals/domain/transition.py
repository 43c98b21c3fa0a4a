"""Transitions: the append-only facts of a deal's way; its stage and outcome are what they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.deals.domain.process import Process, Stage


class Outcome(StrEnum):
    """How a deal stands (статус сделки)."""

    IN_PROGRESS = "IN_PROGRESS"
    WON = "WON"
    LOST = "LOST"


class TransitionKind(StrEnum):
    """What happened to a deal."""

    OPENED = "OPENED"
    MOVED = "MOVED"
    WON = "WON"
    LOST = "LOST"
    REOPENED = "REOPENED"
    HELD = "HELD"
    RESUMED = "RESUMED"
    VOIDED = "VOIDED"
    UNVOIDED = "UNVOIDED"
    MERGED = "MERGED"
    UNMERGED = "UNMERGED"
    PROCESS_CHANGED = "PROCESS_CHANGED"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One fact: a deal that closes leaves its stage for none, a reopened one comes back to it.

    One that goes on in another process leaves a stage of the one for a stage of the other.

    `sequence` is the deal's version after the fact. `reason` is a loss reason's key, or a sentence
    for what somebody did for a reason of their own.
    """

    id: UUID
    deal_id: UUID
    sequence: int
    kind: TransitionKind
    from_stage: Stage | None
    to_stage: Stage | None
    occurred_at: datetime
    previous_outcome: Outcome | None = None
    reason: str | None = None
    competitor_id: UUID | None = None
    from_process: Process | None = None
    to_process: Process | None = None
