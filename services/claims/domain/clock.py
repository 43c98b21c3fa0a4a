"""Clocks of a claim: business time that passes only while a clock runs, and the deadline that follows from it.

A clock is the list of its runs, so that a deadline depends on nothing but what took place and what is allowed: it can be
told anew for another target, and asking at another moment gives the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chassis.business_calendar import BusinessCalendar


class PauseKind(StrEnum):
    """Why the clock of a claim's resolution stood still."""

    WAITING = "WAITING"
    CLOSED = "CLOSED"


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Half-open time in which a clock stood still; one that has no end lasts."""

    kind: PauseKind
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Run:
    """Half-open time in which a clock ran; one that has no end lasts."""

    began_at: datetime
    ended_at: datetime | None = None


def runs_between(began_at: datetime, pauses: Sequence[Pause]) -> tuple[Run, ...]:
    """Give the runs of a clock that began at a moment, but for pauses, which follow one another."""
    runs, since = [], began_at
    for pause in pauses:
        runs.append(Run(began_at=since, ended_at=pause.began_at))
        if pause.ended_at is None:
            return tuple(runs)
        since = pause.ended_at
    return (*runs, Run(began_at=since))


def time_used(runs: Sequence[Run], until: datetime, calendar: BusinessCalendar) -> timedelta:
    """Tell how much business time has passed on a clock by a moment."""
    used = timedelta()
    for run in runs:
        ended_at = until if run.ended_at is None else min(run.ended_at, until)
        if ended_at > run.began_at:
            used += calendar.business_time_between(run.began_at, ended_at)
    return used


def due_at(runs: Sequence[Run], allowed: timedelta, calendar: BusinessCalendar) -> datetime | None:
    """Give the moment by which a clock shows what is allowed, and runs on; None where it stands still by then."""
    left = allowed
    for run in runs:
        if run.ended_at is None:
            return calendar.add_business_time(run.began_at, left)
        used = calendar.business_time_between(run.began_at, run.ended_at)
        if used >= left:
            due = calendar.add_business_time(run.began_at, left)
            if due < run.ended_at:  # a clock that stopped just then is in time, however long it stands
                return due
        left -= used
    return None


def is_late(runs: Sequence[Run], due: datetime | None, at: datetime) -> bool:
    """Tell whether a clock ran past its deadline, as far as it has come by a moment."""
    ran_until = max(min(at, run.ended_at or at) for run in runs if run.began_at <= at)
    return due is not None and ran_until > due
