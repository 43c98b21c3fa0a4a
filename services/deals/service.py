"""The deals service: everything that it can be asked to do and to tell, and what it hears."""

from __future__ import annotations

from chassis.service import Storage, listen, rpc
from chassis.wire import Json
from services.deals.commands.add_loss_reason import AddLossReason, add_loss_reason
from services.deals.commands.add_task import AddTask, add_task
from services.deals.commands.attach_file import AttachFile, attach_file
from services.deals.commands.bulk_assign_deals import BulkAssignDeals, bulk_assign_deals
from services.deals.commands.bulk_close_deals import BulkCloseDeals, bulk_close_deals
from services.deals.commands.bulk_move_deals import BulkMoveDeals, bulk_move_deals
from services.deals.commands.cancel_customer_order import CancelCustomerOrder, cancel_customer_order
from services.deals.commands.cancel_obligation import CancelObligation, cancel_obligation
from services.deals.commands.cancel_planned_hand_over import CancelPlannedHandOver, cancel_planned_hand_over
from services.deals.commands.cancel_supplier_order import CancelSupplierOrder, cancel_supplier_order
from services.deals.commands.cancel_task import CancelTask, cancel_task
from services.deals.commands.change_customer_order import ChangeCustomerOrder, change_customer_order
from services.deals.commands.change_deal import ChangeDeal, change_deal
from services.deals.commands.change_deal_process import ChangeDealProcess, change_deal_process
from services.deals.commands.change_loss_reason import ChangeLossReason, change_loss_reason
from services.deals.commands.change_process_of_deals import ChangeProcessOfDeals, change_process_of_deals
from services.deals.commands.change_proposal import ChangeProposal, change_proposal
from services.deals.commands.change_sales_process_draft import ChangeSalesProcessDraft, change_sales_process_draft
from services.deals.commands.change_task import ChangeTask, change_task
from services.deals.commands.close_sale_terms import CloseSaleTerms, close_sale_terms
from services.deals.commands.complete_next_step import CompleteNextStep, complete_next_step
from services.deals.commands.complete_task import CompleteTask, complete_task
from services.deals.commands.confirm_customer_order import ConfirmCustomerOrder, confirm_customer_order
from services.deals.commands.decide_approval import DecideApproval, decide_approval
from services.deals.commands.detach_file import DetachFile, detach_file
from services.deals.commands.discard_sales_process_draft import DiscardSalesProcessDraft, discard_sales_process_draft
from services.deals.commands.draft_proposal import DraftProposal, draft_proposal
from services.deals.commands.draft_sales_process import DraftSalesProcess, draft_sales_process
from services.deals.commands.drop_next_step import DropNextStep, drop_next_step
from services.deals.commands.erase_words import EraseWords, erase_words
from services.deals.commands.fulfil_obligation import FulfilObligation, fulfil_obligation
from services.deals.commands.hand_over_deals import HandOverDeals, hand_over_deals
from services.deals.commands.hold_deal import HoldDeal, hold_deal
from services.deals.commands.import_deals import ImportDeals, import_deals
from services.deals.commands.import_sales_process import ImportSalesProcess, import_sales_process
from services.deals.commands.lose_deal import LoseDeal, lose_deal
from services.deals.commands.merge_deals import MergeDeals, merge_deals
from services.deals.commands.move_deal import MoveDeal, move_deal
from services.deals.commands.open_deal import OpenDeal, open_deal
from services.deals.commands.order_from_proposal import OrderFromProposal, order_from_proposal
from services.deals.commands.plan_next_step import PlanNextStep, plan_next_step
from services.deals.commands.publish_sales_process import PublishSalesProcess, publish_sales_process
from services.deals.commands.raise_supplier_orders import RaiseSupplierOrders, raise_supplier_orders
from services.deals.commands.receive_supplier_order import ReceiveSupplierOrder, receive_supplier_order
from services.deals.commands.record_proposal_response import RecordProposalResponse, record_proposal_response
from services.deals.commands.register_customer_order import RegisterCustomerOrder, register_customer_order
from services.deals.commands.register_exchange_rates import RegisterExchangeRates, register_exchange_rates
from services.deals.commands.register_obligation import RegisterObligation, register_obligation
from services.deals.commands.register_payment import RegisterPayment, register_payment
from services.deals.commands.register_return import RegisterReturn, register_return
from services.deals.commands.register_sale_terms import RegisterSaleTerms, register_sale_terms
from services.deals.commands.register_shipment import RegisterShipment, register_shipment
from services.deals.commands.register_typical_sale_terms import (
    RegisterTypicalSaleTerms,
    register_typical_sale_terms,
)
from services.deals.commands.reopen_deal import ReopenDeal, reopen_deal
from services.deals.commands.reopen_task import ReopenTask, reopen_task
from services.deals.commands.request_approval import RequestApproval, request_approval
from services.deals.commands.reschedule_obligation import RescheduleObligation, reschedule_obligation
from services.deals.commands.resume_deal import ResumeDeal, resume_deal
from services.deals.commands.retire_loss_reason import RetireLossReason, retire_loss_reason
from services.deals.commands.reverse_payment import ReversePayment, reverse_payment
from services.deals.commands.revise_proposal import ReviseProposal, revise_proposal
from services.deals.commands.send_proposal import SendProposal, send_proposal
from services.deals.commands.set_sales_target import SetSalesTarget, set_sales_target
from services.deals.commands.unmerge_deal import UnmergeDeal, unmerge_deal
from services.deals.commands.unvoid_deal import UnvoidDeal, unvoid_deal
from services.deals.commands.void_deal import VoidDeal, void_deal
from services.deals.commands.win_deal import WinDeal, win_deal
from services.deals.commands.withdraw_sales_target import WithdrawSalesTarget, withdraw_sales_target
from services.deals.due import DUE
from services.deals.queries.approvals_by_ids import ApprovalsByIds, approvals_by_ids
from services.deals.queries.approvals_of_deals import ApprovalsOfDeals, approvals_of_deals
from services.deals.queries.can_enter_of_deals import CanEnterOfDeals, can_enter_of_deals
from services.deals.queries.changes_of_deals import ChangesOfDeals, changes_of_deals
from services.deals.queries.classified_partners import ClassifiedPartners, classified_partners
from services.deals.queries.convert import Convert, convert
from services.deals.queries.customer_orders_by_ids import CustomerOrdersByIds, customer_orders_by_ids
from services.deals.queries.customer_orders_of_deals import CustomerOrdersOfDeals, customer_orders_of_deals
from services.deals.queries.deals_by_ids import DealsByIds, deals_by_ids
from services.deals.queries.deals_of_partners import DealsOfPartners, deals_of_partners
from services.deals.queries.documents_of_deals import DocumentsOfDeals, documents_of_deals
from services.deals.queries.files_by_ids import FilesByIds, files_by_ids
from services.deals.queries.files_of_deals import FilesOfDeals, files_of_deals
from services.deals.queries.list_approvals import ListApprovals, list_approvals
from services.deals.queries.list_deals import ListDeals, list_deals
from services.deals.queries.list_exchange_rates import ListExchangeRates, list_exchange_rates
from services.deals.queries.list_guards import ListGuards, list_guards
from services.deals.queries.list_obligations import ListObligations, list_obligations
from services.deals.queries.list_process_drafts import ListProcessDrafts, list_process_drafts
from services.deals.queries.list_processes import ListProcesses, list_processes
from services.deals.queries.list_sale_terms import ListSaleTerms, list_sale_terms
from services.deals.queries.list_sales_targets import ListSalesTargets, list_sales_targets
from services.deals.queries.list_tasks import ListTasks, list_tasks
from services.deals.queries.loss_reasons import LossReasons, loss_reasons
from services.deals.queries.merged_into_deals import MergedIntoDeals, merged_into_deals
from services.deals.queries.next_steps_by_ids import NextStepsByIds, next_steps_by_ids
from services.deals.queries.next_steps_of_deals import NextStepsOfDeals, next_steps_of_deals
from services.deals.queries.obligations_by_ids import ObligationsByIds, obligations_by_ids
from services.deals.queries.obligations_of_deals import ObligationsOfDeals, obligations_of_deals
from services.deals.queries.payments_by_ids import PaymentsByIds, payments_by_ids
from services.deals.queries.payments_of_deals import PaymentsOfDeals, payments_of_deals
from services.deals.queries.planned_hand_overs import PlannedHandOvers, planned_hand_overs
from services.deals.queries.possible_duplicates_of_deals import (
    PossibleDuplicatesOfDeals,
    possible_duplicates_of_deals,
)
from services.deals.queries.process_drafts_by_ids import ProcessDraftsByIds, process_drafts_by_ids
from services.deals.queries.processes_by_ids import ProcessesByIds, processes_by_ids
from services.deals.queries.proposals_by_ids import ProposalsByIds, proposals_by_ids
from services.deals.queries.proposals_of_deals import ProposalsOfDeals, proposals_of_deals
from services.deals.queries.returns_of_deals import ReturnsOfDeals, returns_of_deals
from services.deals.queries.sale_terms_by_ids import SaleTermsByIds, sale_terms_by_ids
from services.deals.queries.sales_targets_by_ids import SalesTargetsByIds, sales_targets_by_ids
from services.deals.queries.shipments_by_ids import ShipmentsByIds, shipments_by_ids
from services.deals.queries.shipments_of_deals import ShipmentsOfDeals, shipments_of_deals
from services.deals.queries.shortages_of_deals import ShortagesOfDeals, shortages_of_deals
from services.deals.queries.supplier_orders_by_ids import SupplierOrdersByIds, supplier_orders_by_ids
from services.deals.queries.supplier_orders_of_deals import SupplierOrdersOfDeals, supplier_orders_of_deals
from services.deals.queries.tasks_by_ids import TasksByIds, tasks_by_ids
from services.deals.queries.tasks_of_deals import TasksOfDeals, tasks_of_deals
from services.deals.queries.terms_of_deals import TermsOfDeals, terms_of_deals
from services.deals.queries.terms_of_partners import TermsOfPartners, terms_of_partners
from services.deals.queries.texts_about_person import TextsAboutPerson, texts_about_person
from services.deals.queries.texts_of_processes import TextsOfProcesses, texts_of_processes
from services.deals.queries.transitions_of_deals import TransitionsOfDeals, transitions_of_deals
from services.deals.queries.unfinished_deals import UnfinishedDeals, unfinished_deals
from services.deals.queries.unfinished_summary import UnfinishedSummary, unfinished_summary
from services.deals.queries.upcoming_deals import UpcomingDeals, upcoming_deals
from services.deals.queries.versions_of_processes import VersionsOfProcesses, versions_of_processes
from services.deals.queries.work_plans_of_deals import WorkPlansOfDeals, work_plans_of_deals
from services.deals.reactions.erase_person import erase_person
from services.deals.reactions.follow_handed_over_partner import follow_handed_over_partner
from services.deals.reactions.follow_merged_partner import follow_merged_partner, follow_unmerged_partner
from services.deals.reactions.know_claim import know_claim
from services.deals.reactions.know_manager import know_manager
from services.deals.reactions.know_partner import know_partner
from services.deals.reactions.know_segment import forget_member, know_member
from services.deals.reactions.know_team import know_team
from services.deals.reactions.look_after_client import look_after_client
from services.deals.reactions.note_interaction import note_interaction
from services.deals.storage.tables import metadata


class DealsService:
    """Sales processes, deals from the first contact to shipment, sale terms, proposals and shipments."""

    name = "deals"
    db = Storage(metadata, timers=DUE)

    # deals

    @rpc
    def open_deal(self, command: Json) -> Json:
        return self.db.run(open_deal, OpenDeal, command)

    @rpc
    def change_deal(self, command: Json) -> Json:
        return self.db.run(change_deal, ChangeDeal, command)

    @rpc
    def move_deal(self, command: Json) -> Json:
        return self.db.run(move_deal, MoveDeal, command)

    @rpc
    def win_deal(self, command: Json) -> Json:
        return self.db.run(win_deal, WinDeal, command)

    @rpc
    def lose_deal(self, command: Json) -> Json:
        return self.db.run(lose_deal, LoseDeal, command)

    @rpc
    def reopen_deal(self, command: Json) -> Json:
        return self.db.run(reopen_deal, ReopenDeal, command)

    @rpc
    def hold_deal(self, command: Json) -> Json:
        return self.db.run(hold_deal, HoldDeal, command)

    @rpc
    def resume_deal(self, command: Json) -> Json:
        return self.db.run(resume_deal, ResumeDeal, command)

    @rpc
    def void_deal(self, command: Json) -> Json:
        return self.db.run(void_deal, VoidDeal, command)

    @rpc
    def unvoid_deal(self, command: Json) -> Json:
        return self.db.run(unvoid_deal, UnvoidDeal, command)

    @rpc
    def merge_deals(self, command: Json) -> Json:
        return self.db.run(merge_deals, MergeDeals, command)

    @rpc
    def unmerge_deal(self, command: Json) -> Json:
        return self.db.run(unmerge_deal, UnmergeDeal, command)

    @rpc
    def hand_over_deals(self, command: Json) -> Json:
        return self.db.run(hand_over_deals, HandOverDeals, command)

    @rpc
    def cancel_planned_hand_over(self, command: Json) -> Json:
        return self.db.run(cancel_planned_hand_over, CancelPlannedHandOver, command)

    @rpc
    def planned_hand_overs(self, query: Json) -> Json:
        return self.db.read(planned_hand_overs, PlannedHandOvers, query)

    @rpc
    def bulk_move_deals(self, command: Json) -> Json:
        return self.db.run(bulk_move_deals, BulkMoveDeals, command)

    @rpc
    def bulk_assign_deals(self, command: Json) -> Json:
        return self.db.run(bulk_assign_deals, BulkAssignDeals, command)

    @rpc
    def bulk_close_deals(self, command: Json) -> Json:
        return self.db.run(bulk_close_deals, BulkCloseDeals, command)

    @rpc
    def import_deals(self, command: Json) -> Json:
        return self.db.run(import_deals, ImportDeals, command)

    @rpc
    def deals_by_ids(self, query: Json) -> Json:
        return self.db.read(deals_by_ids, DealsByIds, query)

    @rpc
    def list_deals(self, query: Json) -> Json:
        return self.db.read(list_deals, ListDeals, query)

    @rpc
    def deals_of_partners(self, query: Json) -> Json:
        return self.db.read(deals_of_partners, DealsOfPartners, query)

    @rpc
    def can_enter_of_deals(self, query: Json) -> Json:
        return self.db.read(can_enter_of_deals, CanEnterOfDeals, query)

    @rpc
    def transitions_of_deals(self, query: Json) -> Json:
        return self.db.read(transitions_of_deals, TransitionsOfDeals, query)

    @rpc
    def changes_of_deals(self, query: Json) -> Json:
        return self.db.read(changes_of_deals, ChangesOfDeals, query)

    @rpc
    def documents_of_deals(self, query: Json) -> Json:
        return self.db.read(documents_of_deals, DocumentsOfDeals, query)

    @rpc
    def merged_into_deals(self, query: Json) -> Json:
        return self.db.read(merged_into_deals, MergedIntoDeals, query)

    @rpc
    def possible_duplicates_of_deals(self, query: Json) -> Json:
        return self.db.read(possible_duplicates_of_deals, PossibleDuplicatesOfDeals, query)

    # unfinished and upcoming deals, and their next steps

    @rpc
    def plan_next_step(self, command: Json) -> Json:
        return self.db.run(plan_next_step, PlanNextStep, command)

    @rpc
    def complete_next_step(self, command: Json) -> Json:
        return self.db.run(complete_next_step, CompleteNextStep, command)

    @rpc
    def drop_next_step(self, command: Json) -> Json:
        return self.db.run(drop_next_step, DropNextStep, command)

    @rpc
    def unfinished_deals(self, query: Json) -> Json:
        return self.db.read(unfinished_deals, UnfinishedDeals, query)

    @rpc
    def unfinished_summary(self, query: Json) -> Json:
        return self.db.read(unfinished_summary, UnfinishedSummary, query)

    @rpc
    def upcoming_deals(self, query: Json) -> Json:
        return self.db.read(upcoming_deals, UpcomingDeals, query)

    @rpc
    def next_steps_by_ids(self, query: Json) -> Json:
        return self.db.read(next_steps_by_ids, NextStepsByIds, query)

    @rpc
    def next_steps_of_deals(self, query: Json) -> Json:
        return self.db.read(next_steps_of_deals, NextStepsOfDeals, query)

    # the plan of work

    @rpc
    def add_task(self, command: Json) -> Json:
        return self.db.run(add_task, AddTask, command)

    @rpc
    def change_task(self, command: Json) -> Json:
        return self.db.run(change_task, ChangeTask, command)

    @rpc
    def complete_task(self, command: Json) -> Json:
        return self.db.run(complete_task, CompleteTask, command)

    @rpc
    def cancel_task(self, command: Json) -> Json:
        return self.db.run(cancel_task, CancelTask, command)

    @rpc
    def reopen_task(self, command: Json) -> Json:
        return self.db.run(reopen_task, ReopenTask, command)

    @rpc
    def list_tasks(self, query: Json) -> Json:
        return self.db.read(list_tasks, ListTasks, query)

    @rpc
    def tasks_by_ids(self, query: Json) -> Json:
        return self.db.read(tasks_by_ids, TasksByIds, query)

    @rpc
    def tasks_of_deals(self, query: Json) -> Json:
        return self.db.read(tasks_of_deals, TasksOfDeals, query)

    @rpc
    def work_plans_of_deals(self, query: Json) -> Json:
        return self.db.read(work_plans_of_deals, WorkPlansOfDeals, query)

    # sales processes and approvals

    @rpc
    def draft_sales_process(self, command: Json) -> Json:
        return self.db.run(draft_sales_process, DraftSalesProcess, command)

    @rpc
    def change_sales_process_draft(self, command: Json) -> Json:
        return self.db.run(change_sales_process_draft, ChangeSalesProcessDraft, command)

    @rpc
    def discard_sales_process_draft(self, command: Json) -> Json:
        return self.db.run(discard_sales_process_draft, DiscardSalesProcessDraft, command)

    @rpc
    def publish_sales_process(self, command: Json) -> Json:
        return self.db.run(publish_sales_process, PublishSalesProcess, command)

    @rpc
    def import_sales_process(self, command: Json) -> Json:
        return self.db.run(import_sales_process, ImportSalesProcess, command)

    @rpc
    def change_deal_process(self, command: Json) -> Json:
        return self.db.run(change_deal_process, ChangeDealProcess, command)

    @rpc
    def change_process_of_deals(self, command: Json) -> Json:
        return self.db.run(change_process_of_deals, ChangeProcessOfDeals, command)

    @rpc
    def request_approval(self, command: Json) -> Json:
        return self.db.run(request_approval, RequestApproval, command)

    @rpc
    def decide_approval(self, command: Json) -> Json:
        return self.db.run(decide_approval, DecideApproval, command)

    @rpc
    def processes_by_ids(self, query: Json) -> Json:
        return self.db.read(processes_by_ids, ProcessesByIds, query)

    @rpc
    def list_processes(self, query: Json) -> Json:
        return self.db.read(list_processes, ListProcesses, query)

    @rpc
    def process_drafts_by_ids(self, query: Json) -> Json:
        return self.db.read(process_drafts_by_ids, ProcessDraftsByIds, query)

    @rpc
    def list_process_drafts(self, query: Json) -> Json:
        return self.db.read(list_process_drafts, ListProcessDrafts, query)

    @rpc
    def versions_of_processes(self, query: Json) -> Json:
        return self.db.read(versions_of_processes, VersionsOfProcesses, query)

    @rpc
    def texts_of_processes(self, query: Json) -> Json:
        return self.db.read(texts_of_processes, TextsOfProcesses, query)

    @rpc
    def approvals_by_ids(self, query: Json) -> Json:
        return self.db.read(approvals_by_ids, ApprovalsByIds, query)

    @rpc
    def approvals_of_deals(self, query: Json) -> Json:
        return self.db.read(approvals_of_deals, ApprovalsOfDeals, query)

    @rpc
    def list_approvals(self, query: Json) -> Json:
        return self.db.read(list_approvals, ListApprovals, query)

    @rpc
    def list_guards(self, query: Json) -> Json:
        return self.db.read(list_guards, ListGuards, query)

    # loss reasons

    @rpc
    def add_loss_reason(self, command: Json) -> Json:
        return self.db.run(add_loss_reason, AddLossReason, command)

    @rpc
    def change_loss_reason(self, command: Json) -> Json:
        return self.db.run(change_loss_reason, ChangeLossReason, command)

    @rpc
    def retire_loss_reason(self, command: Json) -> Json:
        return self.db.run(retire_loss_reason, RetireLossReason, command)

    @rpc
    def loss_reasons(self, query: Json) -> Json:
        return self.db.read(loss_reasons, LossReasons, query)

    # sale terms

    @rpc
    def register_sale_terms(self, command: Json) -> Json:
        return self.db.run(register_sale_terms, RegisterSaleTerms, command)

    @rpc
    def register_typical_sale_terms(self, command: Json) -> Json:
        return self.db.run(register_typical_sale_terms, RegisterTypicalSaleTerms, command)

    @rpc
    def close_sale_terms(self, command: Json) -> Json:
        return self.db.run(close_sale_terms, CloseSaleTerms, command)

    @rpc
    def list_sale_terms(self, query: Json) -> Json:
        return self.db.read(list_sale_terms, ListSaleTerms, query)

    @rpc
    def sale_terms_by_ids(self, query: Json) -> Json:
        return self.db.read(sale_terms_by_ids, SaleTermsByIds, query)

    @rpc
    def terms_of_deals(self, query: Json) -> Json:
        return self.db.read(terms_of_deals, TermsOfDeals, query)

    @rpc
    def terms_of_partners(self, query: Json) -> Json:
        return self.db.read(terms_of_partners, TermsOfPartners, query)

    @rpc
    def classified_partners(self, query: Json) -> Json:
        return self.db.read(classified_partners, ClassifiedPartners, query)

    # proposals

    @rpc
    def draft_proposal(self, command: Json) -> Json:
        return self.db.run(draft_proposal, DraftProposal, command)

    @rpc
    def change_proposal(self, command: Json) -> Json:
        return self.db.run(change_proposal, ChangeProposal, command)

    @rpc
    def revise_proposal(self, command: Json) -> Json:
        return self.db.run(revise_proposal, ReviseProposal, command)

    @rpc
    def send_proposal(self, command: Json) -> Json:
        return self.db.run(send_proposal, SendProposal, command)

    @rpc
    def record_proposal_response(self, command: Json) -> Json:
        return self.db.run(record_proposal_response, RecordProposalResponse, command)

    @rpc
    def order_from_proposal(self, command: Json) -> Json:
        return self.db.run(order_from_proposal, OrderFromProposal, command)

    @rpc
    def proposals_by_ids(self, query: Json) -> Json:
        return self.db.read(proposals_by_ids, ProposalsByIds, query)

    @rpc
    def proposals_of_deals(self, query: Json) -> Json:
        return self.db.read(proposals_of_deals, ProposalsOfDeals, query)

    # orders

    @rpc
    def register_customer_order(self, command: Json) -> Json:
        return self.db.run(register_customer_order, RegisterCustomerOrder, command)

    @rpc
    def confirm_customer_order(self, command: Json) -> Json:
        return self.db.run(confirm_customer_order, ConfirmCustomerOrder, command)

    @rpc
    def change_customer_order(self, command: Json) -> Json:
        return self.db.run(change_customer_order, ChangeCustomerOrder, command)

    @rpc
    def cancel_customer_order(self, command: Json) -> Json:
        return self.db.run(cancel_customer_order, CancelCustomerOrder, command)

    @rpc
    def raise_supplier_orders(self, command: Json) -> Json:
        return self.db.run(raise_supplier_orders, RaiseSupplierOrders, command)

    @rpc
    def receive_supplier_order(self, command: Json) -> Json:
        return self.db.run(receive_supplier_order, ReceiveSupplierOrder, command)

    @rpc
    def cancel_supplier_order(self, command: Json) -> Json:
        return self.db.run(cancel_supplier_order, CancelSupplierOrder, command)

    @rpc
    def customer_orders_by_ids(self, query: Json) -> Json:
        return self.db.read(customer_orders_by_ids, CustomerOrdersByIds, query)

    @rpc
    def customer_orders_of_deals(self, query: Json) -> Json:
        return self.db.read(customer_orders_of_deals, CustomerOrdersOfDeals, query)

    @rpc
    def supplier_orders_by_ids(self, query: Json) -> Json:
        return self.db.read(supplier_orders_by_ids, SupplierOrdersByIds, query)

    @rpc
    def supplier_orders_of_deals(self, query: Json) -> Json:
        return self.db.read(supplier_orders_of_deals, SupplierOrdersOfDeals, query)

    @rpc
    def shortages_of_deals(self, query: Json) -> Json:
        return self.db.read(shortages_of_deals, ShortagesOfDeals, query)

    # goods, money and what is owed

    @rpc
    def register_shipment(self, command: Json) -> Json:
        return self.db.run(register_shipment, RegisterShipment, command)

    @rpc
    def register_return(self, command: Json) -> Json:
        return self.db.run(register_return, RegisterReturn, command)

    @rpc
    def register_payment(self, command: Json) -> Json:
        return self.db.run(register_payment, RegisterPayment, command)

    @rpc
    def reverse_payment(self, command: Json) -> Json:
        return self.db.run(reverse_payment, ReversePayment, command)

    @rpc
    def register_obligation(self, command: Json) -> Json:
        return self.db.run(register_obligation, RegisterObligation, command)

    @rpc
    def reschedule_obligation(self, command: Json) -> Json:
        return self.db.run(reschedule_obligation, RescheduleObligation, command)

    @rpc
    def fulfil_obligation(self, command: Json) -> Json:
        return self.db.run(fulfil_obligation, FulfilObligation, command)

    @rpc
    def cancel_obligation(self, command: Json) -> Json:
        return self.db.run(cancel_obligation, CancelObligation, command)

    @rpc
    def shipments_by_ids(self, query: Json) -> Json:
        return self.db.read(shipments_by_ids, ShipmentsByIds, query)

    @rpc
    def shipments_of_deals(self, query: Json) -> Json:
        return self.db.read(shipments_of_deals, ShipmentsOfDeals, query)

    @rpc
    def returns_of_deals(self, query: Json) -> Json:
        return self.db.read(returns_of_deals, ReturnsOfDeals, query)

    @rpc
    def payments_by_ids(self, query: Json) -> Json:
        return self.db.read(payments_by_ids, PaymentsByIds, query)

    @rpc
    def payments_of_deals(self, query: Json) -> Json:
        return self.db.read(payments_of_deals, PaymentsOfDeals, query)

    @rpc
    def obligations_by_ids(self, query: Json) -> Json:
        return self.db.read(obligations_by_ids, ObligationsByIds, query)

    @rpc
    def obligations_of_deals(self, query: Json) -> Json:
        return self.db.read(obligations_of_deals, ObligationsOfDeals, query)

    @rpc
    def list_obligations(self, query: Json) -> Json:
        return self.db.read(list_obligations, ListObligations, query)

    # files

    @rpc
    def attach_file(self, command: Json) -> Json:
        return self.db.run(attach_file, AttachFile, command)

    @rpc
    def detach_file(self, command: Json) -> Json:
        return self.db.run(detach_file, DetachFile, command)

    @rpc
    def files_by_ids(self, query: Json) -> Json:
        return self.db.read(files_by_ids, FilesByIds, query)

    @rpc
    def files_of_deals(self, query: Json) -> Json:
        return self.db.read(files_of_deals, FilesOfDeals, query)

    # sales targets

    @rpc
    def set_sales_target(self, command: Json) -> Json:
        return self.db.run(set_sales_target, SetSalesTarget, command)

    @rpc
    def withdraw_sales_target(self, command: Json) -> Json:
        return self.db.run(withdraw_sales_target, WithdrawSalesTarget, command)

    @rpc
    def list_sales_targets(self, query: Json) -> Json:
        return self.db.read(list_sales_targets, ListSalesTargets, query)

    @rpc
    def sales_targets_by_ids(self, query: Json) -> Json:
        return self.db.read(sales_targets_by_ids, SalesTargetsByIds, query)

    # exchange rates

    @rpc
    def register_exchange_rates(self, command: Json) -> Json:
        return self.db.run(register_exchange_rates, RegisterExchangeRates, command)

    @rpc
    def list_exchange_rates(self, query: Json) -> Json:
        return self.db.read(list_exchange_rates, ListExchangeRates, query)

    @rpc
    def convert(self, query: Json) -> Json:
        return self.db.read(convert, Convert, query)

    # personal data

    @rpc
    def erase_words(self, command: Json) -> Json:
        return self.db.run(erase_words, EraseWords, command)

    @rpc
    def texts_about_person(self, query: Json) -> Json:
        return self.db.read(texts_about_person, TextsAboutPerson, query)

    # what is heard

    on_segment_member_added = listen("contacts", "segment.member_added", know_member)
    on_segment_member_removed = listen("contacts", "segment.member_removed", forget_member)
    on_partner_registered = listen("contacts", "partner.registered", know_partner)
    on_partner_changed = listen("contacts", "partner.changed", know_partner)
    on_partner_merged = listen("contacts", "partner.merged", follow_merged_partner)
    on_partner_unmerged = listen("contacts", "partner.unmerged", follow_unmerged_partner)
    on_partner_handed_over = listen("contacts", "partner.handed_over", follow_handed_over_partner)
    on_person_erased = listen("contacts", "person.erased", erase_person)
    on_manager_registered = listen("contacts", "manager.registered", know_manager)
    on_manager_changed = listen("contacts", "manager.changed", know_manager)
    on_claim_registered = listen("claims", "claim.registered", know_claim)
    on_claim_assigned = listen("claims", "claim.assigned", know_claim)
    on_claim_changed = listen("claims", "claim.changed", know_claim)
    on_claim_resolved = listen("claims", "claim.resolved", know_claim)
    on_claim_reopened = listen("claims", "claim.reopened", know_claim)
    on_satisfaction_low = listen("claims", "satisfaction.low", look_after_client)
    on_interaction_registered = listen("contacts", "interaction.registered", note_interaction)
    on_team_registered = listen("contacts", "team.registered", know_team)
    on_team_changed = listen("contacts", "team.changed", know_team)
