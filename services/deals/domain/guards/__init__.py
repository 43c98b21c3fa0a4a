"""The catalogue of guards: a process names them, the server checks them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from services.deals.domain.guards.client_classified import ClientClassified
from services.deals.domain.guards.guard import Guard, StageFacts
from services.deals.domain.guards.partner_known import PartnerKnown
from services.deals.domain.guards.use import GuardUse

__all__ = ["CATALOGUE", "Guard", "GuardUse", "StageFacts", "unmet"]

_ALL: tuple[type[Guard], ...] = (
    PartnerKnown,
    ClientClassified,
)

CATALOGUE: dict[str, type[Guard]] = {guard.name: guard for guard in _ALL}
"""Every guard there is, by its name."""


def unmet(uses: Iterable[GuardUse], facts: StageFacts) -> list[Guard]:
    """Give the guards, of those that a stage names, whose condition does not hold."""
    return [guard for guard in map(_guard, uses) if not guard.met(facts)]


@lru_cache(maxsize=1024)  # a published process never changes, and a guard keeps nothing of a deal
def _guard(use: GuardUse) -> Guard:
    return CATALOGUE[use.name](**dict(use.parameters))
