"""The tables of the deals service."""

from __future__ import annotations

from services.deals.storage.tables.approvals import approvals
from services.deals.storage.tables.changes import changes
from services.deals.storage.tables.copies import claims, managers, partners, teams
from services.deals.storage.tables.customer_orders import customer_order_lines, customer_orders
from services.deals.storage.tables.deals import deals, transitions
from services.deals.storage.tables.documents import shipments
from services.deals.storage.tables.exchange_rates import exchange_rates
from services.deals.storage.tables.goods import return_lines, returns, shipment_lines
from services.deals.storage.tables.holds import holds
from services.deals.storage.tables.ledger import fulfilments, obligations, payments
from services.deals.storage.tables.merged_partners import merged_partners
from services.deals.storage.tables.next_steps import next_steps
from services.deals.storage.tables.processes import loss_reasons, process_drafts, processes
from services.deals.storage.tables.proposals import proposal_lines, proposal_responses, proposal_versions, proposals
from services.deals.storage.tables.sale_terms import sale_terms, segment_members
from services.deals.storage.tables.sales_targets import sales_targets
from services.deals.storage.tables.schema import metadata
from services.deals.storage.tables.supplier_orders import files, supplier_order_lines, supplier_orders
from services.deals.storage.tables.tasks import task_prerequisites, tasks

__all__ = [
    "approvals",
    "changes",
    "claims",
    "customer_order_lines",
    "customer_orders",
    "deals",
    "exchange_rates",
    "files",
    "fulfilments",
    "holds",
    "loss_reasons",
    "managers",
    "merged_partners",
    "metadata",
    "next_steps",
    "obligations",
    "partners",
    "payments",
    "process_drafts",
    "processes",
    "proposal_lines",
    "proposal_responses",
    "proposal_versions",
    "proposals",
    "return_lines",
    "returns",
    "sale_terms",
    "sales_targets",
    "segment_members",
    "shipment_lines",
    "shipments",
    "supplier_order_lines",
    "supplier_orders",
    "task_prerequisites",
    "tasks",
    "teams",
    "transitions",
]
