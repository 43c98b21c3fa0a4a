"""A process family: the versions of a process that share its key, seen as the newest one lists its stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of one version; `allowed_days` is how long deals may be there in all, None without bound."""

    key: str
    rank: int
    probability: Decimal | None = None
    allowed_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a process, stages in the order of their ranks."""

    process_id: UUID
    key: str
    version: int
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Stages of a family between two places: by their keys, and those that the newest version has no more."""

    keys: frozenset[str]
    removed: frozenset[tuple[UUID, str]]

    def has(self, process_id: UUID, stage: str | None) -> bool:
        """Tell whether a stage of a version is one of them."""
        return stage is not None and (stage in self.keys or (process_id, stage) in self.removed)


@dataclass(frozen=True)
class Family:
    """Versions of one process, at least one."""

    versions: Sequence[Version]

    @cached_property
    def newest(self) -> Version:
        """Give the version whose stages the family is shown by."""
        return max(self.versions, key=lambda version: version.version)

    def place(self, process_id: UUID, stage: str | None) -> int:
        """Tell how far along the newest version's stages a stage of any version is: 1 for the first, 0 for before it.

        A stage that the newest version has no more counts as the nearest one before it that is still there.
        """
        if stage is None:
            return 0
        if stage in self._places:
            return self._places[stage]
        return self._removed.get((process_id, stage), 0)

    def stretch(self, first: int, last: int | None = None) -> Stretch:
        """Give the stages from a place on, as far as another one."""

        def within(place: int) -> bool:
            return first <= place and (last is None or place <= last)

        return Stretch(
            keys=frozenset(key for key, place in self._places.items() if within(place)),
            removed=frozenset(
                one for one, place in self._removed.items() if one[1] not in self._places and within(place)
            ),
        )

    @cached_property
    def _places(self) -> dict[str, int]:
        return {stage.key: place for place, stage in enumerate(self.newest.stages, start=1)}

    @cached_property
    def _removed(self) -> dict[tuple[UUID, str], int]:
        found = {}
        for version in self.versions:
            before = 0
            for stage in version.stages:
                before = max(before, self._places.get(stage.key, 0))
                found[version.process_id, stage.key] = before
        return found
