"""Definitions: sales processes before they are published, which may still be wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from services.deals.domain.guards import CATALOGUE, GuardUse
from services.deals.domain.guards.parameters import Value
from services.deals.domain.process import ControlMode, Process, Stage, WonBy


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a version of a sales process is going to say; it has neither id nor version yet."""

    key: str
    name: str
    russian_name: str
    control: ControlMode
    won_by: WonBy
    stages: tuple[Stage, ...] = ()

    @classmethod
    def of(cls, process: Process) -> Definition:
        """Give what a published version says."""
        return cls(
            key=process.key,
            name=process.name,
            russian_name=process.russian_name,
            control=process.control,
            won_by=process.won_by,
            stages=process.stages,
        )

    def published(self, process_id: UUID, version: int) -> Process:
        """Make the version of a definition in which `problems` finds nothing: parameters are read."""
        settled = replace(self, stages=tuple(map(_settled, self.stages)))
        return settled.as_version(process_id, version)

    def as_version(self, process_id: UUID, version: int) -> Process:
        """Give the definition as the version that it is, or becomes."""
        return Process(
            id=process_id,
            key=self.key,
            name=self.name,
            russian_name=self.russian_name,
            version=version,
            control=self.control,
            won_by=self.won_by,
            stages=self.stages,
        )


def _settled(stage: Stage) -> Stage:
    """Give a stage with the parameters of its guards as they read them."""
    return replace(stage, guards=tuple(GuardUse.of(use.name, _read(use)) for use in stage.guards))


def _read(use: GuardUse) -> dict[str, Value]:
    declared = {one.name: one for one in CATALOGUE[use.name].parameters}
    return {name: declared[name].read(value) for name, value in use.parameters}
