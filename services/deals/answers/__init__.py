"""The JSON in which this service answers, the same from commands and from queries."""

from __future__ import annotations

from services.deals.answers.approval import approval_json
from services.deals.answers.customer_orders import order_json
from services.deals.answers.deal import deal_answer, deal_json, deal_number
from services.deals.answers.documents import document_json, percent, shipment_json
from services.deals.answers.draft import draft_answer, draft_json
from services.deals.answers.files import file_json
from services.deals.answers.goods import return_json
from services.deals.answers.ledger import obligation_json, payment_json
from services.deals.answers.loss_reason import loss_reason_json
from services.deals.answers.next_step import step_json
from services.deals.answers.process import process_json
from services.deals.answers.sale_terms import terms_json
from services.deals.answers.sales_target import sales_target_json
from services.deals.answers.supplier_orders import shortage_json, supplier_order_json
from services.deals.answers.task import task_answer, task_json

__all__ = [
    "approval_json",
    "deal_answer",
    "deal_json",
    "deal_number",
    "document_json",
    "draft_answer",
    "draft_json",
    "file_json",
    "loss_reason_json",
    "obligation_json",
    "order_json",
    "payment_json",
    "percent",
    "process_json",
    "return_json",
    "sales_target_json",
    "shipment_json",
    "shortage_json",
    "step_json",
    "supplier_order_json",
    "task_answer",
    "task_json",
    "terms_json",
]
