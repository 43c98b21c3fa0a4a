"""What a guard is, and the facts that guards look at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Protocol
from uuid import UUID

from services.deals.domain.guards.parameters import Parameter


class StageFacts(Protocol):
    """What is known about a deal that asks to enter a stage; a fact is looked up only when a guard asks for it."""

    @property
    def entering(self) -> str:
        """The key of the stage that the deal asks to enter."""
        ...

    @property
    def partner_id(self) -> UUID | None:
        """The partner of the deal."""
        ...

    def has_effective_terms(self) -> bool:
        """Tell whether sale terms for the client, or for this deal, are effective on the day of the move."""
        ...

    def has_confirmed_order(self) -> bool:
        """Tell whether a customer order of the deal is confirmed."""
        ...

    def has_received(self, percent: int) -> bool:
        """Tell whether so much of what the deal's confirmed orders come to is paid."""
        ...

    def has_shortage(self) -> bool:
        """Tell whether something that is ordered is neither in stock nor on its way."""
        ...

    def is_shipped(self) -> bool:
        """Tell whether all that was ordered is with the client."""
        ...

    def has_sent_proposal(self) -> bool:
        """Tell whether the client has been sent a proposal."""
        ...

    def has_accepted_proposal(self) -> bool:
        """Tell whether the client has accepted a proposal."""
        ...

    def is_filled(self, field: str) -> bool:
        """Tell whether a field of the deal, of FIELDS, has a value."""
        ...

    def is_approved(self) -> bool:
        """Tell whether the head of sales has approved that the deal enters the stage it asks to enter."""
        ...

    def has_open_critical_claim(self) -> bool:
        """Tell whether a critical claim about the deal is not resolved, as far as deals has heard."""
        ...

    def has_open_stage_tasks(self) -> bool:
        """Tell whether a task of the stage at which the deal stands is neither done nor cancelled."""
        ...


FIELDS = ("partner", "manager", "amount", "products", "expected_close_on")
"""The fields of a deal that may be empty."""


class Guard(ABC):
    """A named condition for entering a stage; one that has parameters takes them, by their names, as it is made."""

    name: ClassVar[str]
    """The name by which processes and refusals call it."""

    description: ClassVar[str]
    """What it asks for, as a sentence for those who write processes."""

    parameters: ClassVar[tuple[Parameter, ...]] = ()
    """What a stage gives it."""

    missing: str
    """What to do when it is not met, as a sentence for people."""

    @abstractmethod
    def met(self, facts: StageFacts) -> bool:
        """Tell whether the condition holds."""

    def what_to_do(self, facts: StageFacts) -> str:
        """Say what to do about it, of a deal for which it is not met."""
        return self.missing
