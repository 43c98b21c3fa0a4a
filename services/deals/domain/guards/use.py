"""How a stage names a guard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.deals.domain.guards.parameters import Value


@dataclass(frozen=True, kw_only=True)
class GuardUse:
    """A guard as a stage names it, with what this stage gives for the guard's parameters."""

    name: str
    parameters: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, name: str, parameters: Mapping[str, Value] | None = None) -> GuardUse:
        """Make a use; parameters are kept in the order of their names, so that equal uses are equal."""
        return cls(name=name, parameters=tuple(sorted((parameters or {}).items())))
