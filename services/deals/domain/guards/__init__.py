"""The catalogue of guards: a process names them, the server checks them."""

from __future__ import annotations

from collections.abc import Iterable

from services.deals.domain.guards.client_classified import ClientClassified
from services.deals.domain.guards.guard import Guard, StageFacts
from services.deals.domain.guards.partner_known import PartnerKnown

__all__ = ["CATALOGUE", "Guard", "StageFacts", "unmet"]

_ALL: tuple[Guard, ...] = (PartnerKnown(), ClientClassified())

CATALOGUE: dict[str, Guard] = {guard.name: guard for guard in _ALL}
"""Every guard there is, by its name."""


def unmet(names: Iterable[str], facts: StageFacts) -> list[Guard]:
    """Give the guards, of those named, whose condition does not hold."""
    return [guard for guard in map(CATALOGUE.__getitem__, names) if not guard.met(facts)]
