"""What a guard is, and the facts that guards look at."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID


class StageFacts(Protocol):
    """What is known about a deal that asks to enter a stage; a fact is looked up only when a guard asks for it."""

    @property
    def partner_id(self) -> UUID | None:
        """The partner of the deal."""
        ...

    def has_effective_terms(self) -> bool:
        """Tell whether sale terms for the client, or for this deal, are effective on the day of the move."""
        ...


class Guard(Protocol):
    """A named condition for entering a stage."""

    name: str
    """The name by which processes and refusals call it."""

    missing: str
    """What to do when it is not met, as a sentence for people."""

    def met(self, facts: StageFacts) -> bool:
        """Tell whether the condition holds."""
        ...
