"""Sales processes: versioned lists of stages with a control mode; a deal keeps the version it began with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from chassis.errors import refuse
from services.deals.domain.guards.use import GuardUse
from services.deals.domain.task_template import TaskTemplate


class ControlMode(StrEnum):
    """How strictly a process is held to (контроль этапов)."""

    CONTROLLED = "CONTROLLED"
    """Only the next stage, and only when its guards are met (типовая продажа)."""
    MANUAL = "MANUAL"
    """Any stage at any time; every move is on record (ручной переход по этапам)."""
    UNMANAGED = "UNMANAGED"
    """No stages at all (непроцессная сделка)."""


class WonBy(StrEnum):
    """What wins a deal."""

    SHIPMENT = "SHIPMENT"
    COMMAND = "COMMAND"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A step of a process; `rank` counts from 1, `probability` is the chance of winning a deal that stands here.

    A deal that enters it gets the tasks of its `plan`; where `moves_on_when_done`, the last of them to be done moves the
    deal to the next stage. `allowed_dwell_days` are calendar days; None is without bound.
    """

    key: str
    name: str
    russian_name: str
    rank: int
    probability: float
    guards: tuple[GuardUse, ...] = ()
    allowed_dwell_days: int | None = None
    plan: tuple[TaskTemplate, ...] = ()
    moves_on_when_done: bool = False

    def has_guard(self, name: str) -> bool:
        """Tell whether a guard of this name stands before the stage."""
        return any(use.name == name for use in self.guards)


@dataclass(frozen=True, kw_only=True)
class Process:
    """One version of a sales process; once published it never changes."""

    id: UUID
    key: str
    name: str
    russian_name: str
    version: int
    control: ControlMode
    won_by: WonBy
    stages: tuple[Stage, ...] = ()

    @cached_property
    def _by_key(self) -> dict[str, Stage]:
        return {stage.key: stage for stage in self.stages}

    @property
    def first(self) -> Stage | None:
        """The stage at which a deal begins; None where there are no stages."""
        return self.stages[0] if self.stages else None

    @property
    def last(self) -> Stage | None:
        """The stage at which obligations are fulfilled; None where there are no stages."""
        return self.stages[-1] if self.stages else None

    def stage(self, key: str) -> Stage:
        """Find a stage by its key; raise Refused if there are no stages, or no such one."""
        if not self.stages:
            raise refuse("NO_STAGES", f"a deal of the process {self.key!r} has no stages to move through", "stage")
        found = self._by_key.get(key)
        if found is None:
            known = tuple(self._by_key)
            raise refuse(
                "UNKNOWN_STAGE",
                f"the process {self.key!r} has no stage {key[:50]!r}; it has {', '.join(known)}",
                "stage",
                details=known,
            )
        return found

    def follows(self, stage: Stage, current: Stage | None) -> bool:
        """Tell whether a stage is the next one after the current one."""
        return stage.rank == (current.rank if current else 0) + 1

    def after(self, stage: Stage | None) -> Stage | None:
        """Give the stage that comes next; None after the last one."""
        return next((one for one in self.stages if self.follows(one, stage)), None)

    def needs_partner(self, stage: Stage | None) -> bool:
        """Tell whether a deal that stands at a stage passed the guard that asks for its partner."""
        if self.control is not ControlMode.CONTROLLED or stage is None:
            return False
        return any(passed.has_guard("partner_known") for passed in self.stages if passed.rank <= stage.rank)
