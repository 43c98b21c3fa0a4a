"""Deals, sales processes and the documents of deals."""

from __future__ import annotations

from gateway.deals.types.approval import Approval, ApprovalConnection, ApprovalStatus
from gateway.deals.types.attention import (
    AttentionReason,
    ClientKind,
    UnfinishedDeal,
    UnfinishedDealConnection,
    UnfinishedSummary,
)
from gateway.deals.types.changes import Change, ChangeConnection
from gateway.deals.types.customer_orders import CustomerOrder
from gateway.deals.types.deal import Deal, DealConnection, DealHold, DealTransition, MergedDeal, TransitionKind
from gateway.deals.types.deal_change import DealChange
from gateway.deals.types.documents import DealDocument, DocumentKind
from gateway.deals.types.duplicates import DuplicateDeal
from gateway.deals.types.files import DealFile
from gateway.deals.types.goods import Return, Shipment
from gateway.deals.types.loss_reason import LossReason
from gateway.deals.types.money import DealTotal, ExchangeRate, ExchangeRateConnection
from gateway.deals.types.next_step import NextStep, StepKind, StepStatus
from gateway.deals.types.obligations import Obligation, ObligationConnection, Payment
from gateway.deals.types.planned_hand_over import PlannedHandOver
from gateway.deals.types.process import AssigneeRole, ControlMode, Guard, SalesProcess, Stage, WonBy, stage_of
from gateway.deals.types.process_draft import SalesProcessDraft
from gateway.deals.types.proposal import Proposal, ProposalResponseKind
from gateway.deals.types.sale_terms import (
    DeliveryTerms,
    PaymentBasis,
    SaleTerms,
    SaleTermsConnection,
)
from gateway.deals.types.sales_target import SalesTarget, SalesTargetConnection, TargetMeasure, TargetPeriod
from gateway.deals.types.supplier_orders import SupplierOrder
from gateway.deals.types.task import Task, TaskConnection, TaskPriority, TaskStatus, WorkPlan

__all__ = [
    "Approval",
    "ApprovalConnection",
    "ApprovalStatus",
    "AssigneeRole",
    "AttentionReason",
    "Change",
    "ChangeConnection",
    "ClientKind",
    "ControlMode",
    "CustomerOrder",
    "Deal",
    "DealChange",
    "DealConnection",
    "DealDocument",
    "DealFile",
    "DealHold",
    "DealTotal",
    "DealTransition",
    "DeliveryTerms",
    "DocumentKind",
    "DuplicateDeal",
    "ExchangeRate",
    "ExchangeRateConnection",
    "Guard",
    "LossReason",
    "MergedDeal",
    "NextStep",
    "Obligation",
    "ObligationConnection",
    "Payment",
    "PaymentBasis",
    "PlannedHandOver",
    "Proposal",
    "ProposalResponseKind",
    "Return",
    "SaleTerms",
    "SaleTermsConnection",
    "SalesProcess",
    "SalesProcessDraft",
    "SalesTarget",
    "SalesTargetConnection",
    "Shipment",
    "Stage",
    "StepKind",
    "StepStatus",
    "SupplierOrder",
    "TargetMeasure",
    "TargetPeriod",
    "Task",
    "TaskConnection",
    "TaskPriority",
    "TaskStatus",
    "TransitionKind",
    "UnfinishedDeal",
    "UnfinishedDealConnection",
    "UnfinishedSummary",
    "WonBy",
    "WorkPlan",
    "stage_of",
]
