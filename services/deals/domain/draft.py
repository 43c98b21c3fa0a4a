"""Drafts: definitions that people work on until they are published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.errors import refuse
from services.deals.domain.definition import Definition


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The one draft of a process key; `based_on` is the version that it began as a copy of."""

    id: UUID
    definition: Definition
    version: int = 1
    based_on: UUID | None = None

    def change(self, definition: Definition) -> Draft:
        """Put another definition in the place of the one that is there; raise Refused if it is of another process."""
        if definition.key != self.definition.key:
            raise refuse(
                "KEY_IS_FIXED",
                f"this is the draft of {self.definition.key!r}; make another draft for {definition.key!r}",
                "definition",
                "key",
            )
        return replace(self, definition=definition, version=self.version + 1)
