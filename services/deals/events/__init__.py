"""What the deals service tells the others: ids, keys, amounts and dates; never a name, a title or other free text."""

from __future__ import annotations

from services.deals.events.customer_order import (
    CustomerOrderCancelled,
    CustomerOrderChanged,
    CustomerOrderClosed,
    CustomerOrderConfirmed,
    CustomerOrderReopened,
    order_told,
)
from services.deals.events.deal import (
    AmountTold,
    DealChanged,
    DealLost,
    DealOpened,
    DealReopened,
    DealStageChanged,
    DealWon,
    OfDeal,
    change_told,
    transition_told,
)
from services.deals.events.obligation import (
    ObligationCancelled,
    ObligationChanged,
    ObligationFulfilled,
    ObligationRegistered,
    ObligationReopened,
    ObligationRescheduled,
    obligation_told,
)
from services.deals.events.payment import PaymentRegistered, PaymentReversed, payment_told
from services.deals.events.process import ProcessPublished, StageTold, process_told
from services.deals.events.proposal import ProposalResponded, ProposalSent, ProposalSuperseded, proposal_told
from services.deals.events.returned import ReturnRegistered, return_told
from services.deals.events.sale_terms import SaleTermsRegistered, terms_told
from services.deals.events.shipment import ShipmentRegistered, shipment_told
from services.deals.events.standing import (
    DealHeld,
    DealMerged,
    DealResumed,
    DealUnmerged,
    DealUnvoided,
    DealVoided,
    held_told,
    merged_told,
    resumed_told,
    unmerged_told,
    unvoided_told,
    voided_told,
)
from services.deals.events.supplier_order import (
    SupplierOrderCancelled,
    SupplierOrderPlaced,
    SupplierOrderReceived,
    of_supplier_order,
)
from services.deals.events.task import TaskCancelled, TaskChanged, TaskCompleted, TaskCreated, of_task

__all__ = [
    "AmountTold",
    "CustomerOrderCancelled",
    "CustomerOrderChanged",
    "CustomerOrderClosed",
    "CustomerOrderConfirmed",
    "CustomerOrderReopened",
    "DealChanged",
    "DealHeld",
    "DealLost",
    "DealMerged",
    "DealOpened",
    "DealReopened",
    "DealResumed",
    "DealStageChanged",
    "DealUnmerged",
    "DealUnvoided",
    "DealVoided",
    "DealWon",
    "ObligationCancelled",
    "ObligationChanged",
    "ObligationFulfilled",
    "ObligationRegistered",
    "ObligationReopened",
    "ObligationRescheduled",
    "OfDeal",
    "PaymentRegistered",
    "PaymentReversed",
    "ProcessPublished",
    "ProposalResponded",
    "ProposalSent",
    "ProposalSuperseded",
    "ReturnRegistered",
    "SaleTermsRegistered",
    "ShipmentRegistered",
    "StageTold",
    "SupplierOrderCancelled",
    "SupplierOrderPlaced",
    "SupplierOrderReceived",
    "TaskCancelled",
    "TaskChanged",
    "TaskCompleted",
    "TaskCreated",
    "change_told",
    "held_told",
    "merged_told",
    "obligation_told",
    "of_supplier_order",
    "of_task",
    "order_told",
    "payment_told",
    "process_told",
    "proposal_told",
    "resumed_told",
    "return_told",
    "shipment_told",
    "terms_told",
    "transition_told",
    "unmerged_told",
    "unvoided_told",
    "voided_told",
]
