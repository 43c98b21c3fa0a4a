"""The catalogue of guards: a process names them, the server checks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from services.deals.domain.guards.approved_by_head_of_sales import ApprovedByHeadOfSales
from services.deals.domain.guards.client_classified import ClientClassified
from services.deals.domain.guards.goods_shipped import GoodsShipped
from services.deals.domain.guards.guard import Guard, StageFacts
from services.deals.domain.guards.no_open_critical_claim import NoOpenCriticalClaim
from services.deals.domain.guards.order_confirmed import OrderConfirmed
from services.deals.domain.guards.partner_known import PartnerKnown
from services.deals.domain.guards.prepayment_received import PrepaymentReceived
from services.deals.domain.guards.proposal_accepted import ProposalAccepted
from services.deals.domain.guards.proposal_sent import ProposalSent
from services.deals.domain.guards.required_fields_filled import RequiredFieldsFilled
from services.deals.domain.guards.stage_tasks_done import StageTasksDone
from services.deals.domain.guards.supplier_orders_placed import SupplierOrdersPlaced
from services.deals.domain.guards.use import GuardUse

__all__ = ["CATALOGUE", "Guard", "GuardUse", "StageFacts", "Unmet", "unmet"]

_ALL: tuple[type[Guard], ...] = (
    PartnerKnown,
    ClientClassified,
    ProposalSent,
    ProposalAccepted,
    RequiredFieldsFilled,
    NoOpenCriticalClaim,
    ApprovedByHeadOfSales,
    OrderConfirmed,
    PrepaymentReceived,
    SupplierOrdersPlaced,
    GoodsShipped,
    StageTasksDone,
)

CATALOGUE: dict[str, type[Guard]] = {guard.name: guard for guard in _ALL}
"""Every guard there is, by its name."""


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """A guard whose condition does not hold, by its name, and what to do about it."""

    guard: str
    what_to_do: str


def unmet(uses: Iterable[GuardUse], facts: StageFacts) -> tuple[Unmet, ...]:
    """Give the guards, of those that a stage names, whose condition does not hold."""
    return tuple(
        Unmet(guard=guard.name, what_to_do=guard.what_to_do(facts))
        for guard in map(_guard, uses)
        if not guard.met(facts)
    )


@lru_cache(maxsize=1024)  # a published process never changes, and a guard keeps nothing of a deal
def _guard(use: GuardUse) -> Guard:
    return CATALOGUE[use.name](**dict(use.parameters))
