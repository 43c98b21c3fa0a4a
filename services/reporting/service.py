"""The reporting service: the figures it gives and what it hears."""

from __future__ import annotations

from chassis.service import Storage, listen, rpc
from chassis.wire import Json
from services.reporting.commands.classify_clients import ClassifyClients, classify_clients
from services.reporting.commands.take_forecast_snapshot import TakeForecastSnapshot, take_forecast_snapshot
from services.reporting.due import DUE, STANDING
from services.reporting.queries.claims.claim_report import ClaimReport, claim_report
from services.reporting.queries.claims.satisfaction import SatisfactionReport, satisfaction
from services.reporting.queries.clients.classification import (
    ClassificationRunsByIds,
    ClassifiedClients,
    ClassMovements,
    ListClassificationRuns,
    class_movements,
    classification_runs_by_ids,
    classified_clients_of,
    list_classification_runs,
)
from services.reporting.queries.clients.client_profiles import ClientProfiles, client_profiles
from services.reporting.queries.clients.proposal_reactions import ProposalReactions, proposal_reactions
from services.reporting.queries.deals.funnel import FunnelReport, funnel
from services.reporting.queries.deals.funnel_comparison import FunnelComparison, funnel_comparison
from services.reporting.queries.deals.losses import LossReport, LostDeals, loss_report, lost_deals
from services.reporting.queries.deals.outcomes import OutcomesReport, outcomes
from services.reporting.queries.deals.outcomes_over_time import OutcomesOverTime, outcomes_over_time
from services.reporting.queries.deals.sales_cycle import SalesCycle, sales_cycle
from services.reporting.queries.deals.stage_deals import StageDealsReport, stage_deals
from services.reporting.queries.deals.stage_dwell import StageDwell, stage_dwell
from services.reporting.queries.deals.unfinished import (
    UnfinishedReport,
    UnfinishedReportDeals,
    unfinished_report,
    unfinished_report_deals,
)
from services.reporting.queries.deals.velocity import VelocityReport, velocity_report
from services.reporting.queries.forecasts.forecast import ForecastReport, forecast
from services.reporting.queries.forecasts.forecast_accuracy import forecast_accuracy
from services.reporting.queries.forecasts.forecast_calibration import ForecastCalibration, forecast_calibration
from services.reporting.queries.forecasts.forecast_snapshots import ForecastSnapshots, forecast_snapshots
from services.reporting.queries.forecasts.kept import OfSnapshots
from services.reporting.queries.freshness import FreshnessReport, freshness
from services.reporting.queries.managers.deal_parts import DealParts, deal_parts
from services.reporting.queries.managers.hand_overs import HandOvers, hand_overs
from services.reporting.queries.managers.manager_performance import ManagerPerformance, manager_performance
from services.reporting.queries.managers.plan_against_fact import PlanAgainstFact, plan_against_fact
from services.reporting.reactions.copies.erase_person import erase_person
from services.reporting.reactions.copies.follow_merged_deal import follow_merged_deal
from services.reporting.reactions.copies.follow_merged_partner import follow_merged_partner, follow_unmerged_partner
from services.reporting.reactions.copies.know_client_manager import know_client_manager
from services.reporting.reactions.copies.know_manager import know_manager
from services.reporting.reactions.copies.know_partner_roles import know_partner_roles
from services.reporting.reactions.copies.know_partners import know_partners
from services.reporting.reactions.copies.know_process import know_process
from services.reporting.reactions.copies.know_rate import know_rate
from services.reporting.reactions.copies.know_segment_member import know_segment_member
from services.reporting.reactions.copies.know_team import know_team
from services.reporting.reactions.facts.record_claim_fact import record_claim_fact
from services.reporting.reactions.facts.record_deal_facts import record_deal_facts
from services.reporting.reactions.facts.record_document_facts import record_document_facts
from services.reporting.reactions.facts.record_goods import record_return, record_shipment
from services.reporting.reactions.facts.record_hand_overs import record_hand_overs
from services.reporting.reactions.facts.record_interactions import record_interactions
from services.reporting.reactions.facts.record_interest_fact import record_interest_fact
from services.reporting.reactions.facts.record_obligation_fact import record_obligation_fact
from services.reporting.reactions.facts.record_payment_fact import record_payment_fact
from services.reporting.reactions.facts.record_preference_fact import record_preference_fact
from services.reporting.reactions.facts.record_proposal_fact import record_proposal_fact
from services.reporting.reactions.facts.record_satisfaction import record_satisfaction, record_satisfaction_request
from services.reporting.reactions.facts.record_step_facts import record_step_facts
from services.reporting.reactions.facts.record_supply import record_supply
from services.reporting.reactions.facts.record_target_fact import record_target_fact
from services.reporting.reactions.facts.record_task_facts import record_task_facts
from services.reporting.storage.tables import metadata


class ReportingService:
    """Funnel, outcomes and managers' results: projections from events alone."""

    name = "reporting"
    inbox_pace = 0.025  # what happened is to be seen in the figures within a tenth of a second
    db = Storage(metadata, timers=DUE, standing=STANDING)

    @rpc
    def funnel(self, query: Json) -> Json:
        """Give the funnel of a process."""
        return self.db.read(funnel, FunnelReport, query)

    @rpc
    def funnel_comparison(self, query: Json) -> Json:
        """Give the funnels of two periods, and what is different."""
        return self.db.read(funnel_comparison, FunnelComparison, query)

    @rpc
    def stage_deals(self, query: Json) -> Json:
        """Give the deals behind a number of the funnel."""
        return self.db.read(stage_deals, StageDealsReport, query)

    @rpc
    def outcomes(self, query: Json) -> Json:
        """Give outcomes, grouped."""
        return self.db.read(outcomes, OutcomesReport, query)

    @rpc
    def outcomes_over_time(self, query: Json) -> Json:
        """Give outcomes, bucket by bucket."""
        return self.db.read(outcomes_over_time, OutcomesOverTime, query)

    @rpc
    def sales_cycle(self, query: Json) -> Json:
        """Tell how long it takes to win."""
        return self.db.read(sales_cycle, SalesCycle, query)

    @rpc
    def velocity(self, query: Json) -> Json:
        """Tell how much money deals bring a day."""
        return self.db.read(velocity_report, VelocityReport, query)

    @rpc
    def stage_dwell(self, query: Json) -> Json:
        """Tell how long deals stand at the stages of a process."""
        return self.db.read(stage_dwell, StageDwell, query)

    @rpc
    def loss_report(self, query: Json) -> Json:
        """Tell why deals were lost, to whom, and where."""
        return self.db.read(loss_report, LossReport, query)

    @rpc
    def lost_deals(self, query: Json) -> Json:
        """Give the deals that were lost for a reason or to a competitor."""
        return self.db.read(lost_deals, LostDeals, query)

    @rpc
    def unfinished_report(self, query: Json) -> Json:
        """Tell of the deals in progress what asks for attention, manager by manager."""
        return self.db.read(unfinished_report, UnfinishedReport, query)

    @rpc
    def unfinished_report_deals(self, query: Json) -> Json:
        """Give the deals behind a row of it, with their reasons."""
        return self.db.read(unfinished_report_deals, UnfinishedReportDeals, query)

    @rpc
    def manager_performance(self, query: Json) -> Json:
        """Give the managers' results."""
        return self.db.read(manager_performance, ManagerPerformance, query)

    @rpc
    def hand_overs(self, query: Json) -> Json:
        """Give a page of deals that went from one manager to another."""
        return self.db.read(hand_overs, HandOvers, query)

    @rpc
    def deal_parts(self, query: Json) -> Json:
        """Tell what each of a deal's owners did in it."""
        return self.db.read(deal_parts, DealParts, query)

    @rpc
    def plan_against_fact(self, query: Json) -> Json:
        """Compare what managers and teams were to achieve with what they did."""
        return self.db.read(plan_against_fact, PlanAgainstFact, query)

    @rpc
    def claim_report(self, query: Json) -> Json:
        """Give figures of claims, grouped."""
        return self.db.read(claim_report, ClaimReport, query)

    @rpc
    def satisfaction(self, query: Json) -> Json:
        """Give how satisfied clients are, grouped."""
        return self.db.read(satisfaction, SatisfactionReport, query)

    @rpc
    def forecast(self, query: Json) -> Json:
        """Give what is expected to be won."""
        return self.db.read(forecast, ForecastReport, query)

    @rpc
    def take_forecast_snapshot(self, command: Json) -> Json:
        """Keep a forecast as it is now."""
        return self.db.run(take_forecast_snapshot, TakeForecastSnapshot, command)

    @rpc
    def forecast_snapshots(self, query: Json) -> Json:
        """Give forecasts that were kept."""
        return self.db.read(forecast_snapshots, ForecastSnapshots, query)

    @rpc
    def forecast_accuracy(self, query: Json) -> Json:
        """Compare forecasts that were kept with what was won."""
        return self.db.read(forecast_accuracy, OfSnapshots, query)

    @rpc
    def forecast_calibration(self, query: Json) -> Json:
        """Compare probabilities with what became of the deals."""
        return self.db.read(forecast_calibration, ForecastCalibration, query)

    @rpc
    def client_profiles(self, query: Json) -> Json:
        """Give the profiles of clients."""
        return self.db.read(client_profiles, ClientProfiles, query)

    @rpc
    def proposal_reactions(self, query: Json) -> Json:
        """Give a page of the versions that were sent to a client, with their reactions."""
        return self.db.read(proposal_reactions, ProposalReactions, query)

    @rpc
    def classify_clients(self, command: Json) -> Json:
        """Classify the clients: a run that is kept."""
        return self.db.run(classify_clients, ClassifyClients, command, scope="classify")

    @rpc
    def classification_runs_by_ids(self, query: Json) -> Json:
        """Give runs by id."""
        return self.db.read(classification_runs_by_ids, ClassificationRunsByIds, query)

    @rpc
    def list_classification_runs(self, query: Json) -> Json:
        """Give a page of runs."""
        return self.db.read(list_classification_runs, ListClassificationRuns, query)

    @rpc
    def classified_clients(self, query: Json) -> Json:
        """Give a page of the clients of a run."""
        return self.db.read(classified_clients_of, ClassifiedClients, query)

    @rpc
    def class_movements(self, query: Json) -> Json:
        """Tell who moved from class to class between two runs."""
        return self.db.read(class_movements, ClassMovements, query)

    @rpc
    def freshness(self, query: Json) -> Json:
        """Tell up to when everything is included."""
        return self.db.read(freshness, FreshnessReport, query)

    # what others own
    on_process_published = listen("deals", "process.published", know_process)
    on_rate_registered = listen("deals", "exchange_rate.registered", know_rate)
    on_partner_registered = listen("contacts", "partner.registered", know_partners, in_batches=True)
    on_partner_has_roles = listen("contacts", "partner.registered", know_partner_roles, in_batches=True)
    on_partner_changed = listen("contacts", "partner.changed", know_partner_roles, in_batches=True)
    on_partner_merged = listen("contacts", "partner.merged", follow_merged_partner)
    on_partner_unmerged = listen("contacts", "partner.unmerged", follow_unmerged_partner)
    on_person_erased = listen("contacts", "person.erased", erase_person)
    on_manager_registered = listen("contacts", "manager.registered", know_manager)
    on_manager_changed = listen("contacts", "manager.changed", know_manager)
    on_team_registered = listen("contacts", "team.registered", know_team)
    on_team_changed = listen("contacts", "team.changed", know_team)
    on_segment_member_added = listen("contacts", "segment.member_added", know_segment_member)
    on_segment_member_removed = listen("contacts", "segment.member_removed", know_segment_member)

    # what managers and teams are to achieve
    on_sales_target_set = listen("deals", "sales_target.set", record_target_fact)
    on_sales_target_withdrawn = listen("deals", "sales_target.withdrawn", record_target_fact)

    # deals and the work on them
    on_deal_opened = listen("deals", "deal.opened", record_deal_facts, in_batches=True)
    on_deal_revalued = listen("deals", "deal.revalued", record_deal_facts, in_batches=True)
    on_deal_changed = listen("deals", "deal.changed", record_deal_facts, in_batches=True)
    on_deal_handed_over = listen("deals", "deal.changed", record_hand_overs, in_batches=True)
    on_deal_stage_changed = listen("deals", "deal.stage_changed", record_deal_facts, in_batches=True)
    on_deal_won = listen("deals", "deal.won", record_deal_facts, in_batches=True)
    on_deal_lost = listen("deals", "deal.lost", record_deal_facts, in_batches=True)
    on_deal_reopened = listen("deals", "deal.reopened", record_deal_facts, in_batches=True)
    on_deal_held = listen("deals", "deal.held", record_deal_facts, in_batches=True)
    on_deal_resumed = listen("deals", "deal.resumed", record_deal_facts, in_batches=True)
    on_deal_voided = listen("deals", "deal.voided", record_deal_facts, in_batches=True)
    on_deal_unvoided = listen("deals", "deal.unvoided", record_deal_facts, in_batches=True)
    on_deal_merged = listen("deals", "deal.merged", record_deal_facts, in_batches=True)
    on_deal_unmerged = listen("deals", "deal.unmerged", record_deal_facts, in_batches=True)
    on_deal_process_changed = listen("deals", "deal.process_changed", record_deal_facts, in_batches=True)
    on_task_created = listen("deals", "task.created", record_task_facts, in_batches=True)
    on_task_changed = listen("deals", "task.changed", record_task_facts, in_batches=True)
    on_task_completed = listen("deals", "task.completed", record_task_facts, in_batches=True)
    on_task_cancelled = listen("deals", "task.cancelled", record_task_facts, in_batches=True)

    # what they ask for
    on_step_planned = listen("deals", "next_step.planned", record_step_facts, in_batches=True)
    on_step_done = listen("deals", "next_step.done", record_step_facts, in_batches=True)
    on_step_dropped = listen("deals", "next_step.dropped", record_step_facts, in_batches=True)
    on_document_approval_requested = listen("deals", "approval.requested", record_document_facts, in_batches=True)
    on_document_approval_decided = listen("deals", "approval.decided", record_document_facts, in_batches=True)
    on_document_customer_order_confirmed = listen(
        "deals", "customer_order.confirmed", record_document_facts, in_batches=True
    )
    on_document_customer_order_changed = listen(
        "deals", "customer_order.changed", record_document_facts, in_batches=True
    )
    on_document_customer_order_cancelled = listen(
        "deals", "customer_order.cancelled", record_document_facts, in_batches=True
    )
    on_document_customer_order_closed = listen("deals", "customer_order.closed", record_document_facts, in_batches=True)
    on_document_customer_order_reopened = listen(
        "deals", "customer_order.reopened", record_document_facts, in_batches=True
    )
    on_document_obligation_registered = listen("deals", "obligation.registered", record_document_facts, in_batches=True)
    on_document_obligation_changed = listen("deals", "obligation.changed", record_document_facts, in_batches=True)
    on_document_obligation_rescheduled = listen(
        "deals", "obligation.rescheduled", record_document_facts, in_batches=True
    )
    on_document_obligation_fulfilled = listen("deals", "obligation.fulfilled", record_document_facts, in_batches=True)
    on_document_obligation_cancelled = listen("deals", "obligation.cancelled", record_document_facts, in_batches=True)
    on_document_obligation_reopened = listen("deals", "obligation.reopened", record_document_facts, in_batches=True)
    on_document_payment_registered = listen("deals", "payment.registered", record_document_facts, in_batches=True)
    on_document_payment_reversed = listen("deals", "payment.reversed", record_document_facts, in_batches=True)
    on_document_proposal_sent = listen("deals", "proposal.sent", record_document_facts, in_batches=True)
    on_document_proposal_responded = listen("deals", "proposal.responded", record_document_facts, in_batches=True)
    on_document_proposal_superseded = listen("deals", "proposal.superseded", record_document_facts, in_batches=True)
    on_document_return_registered = listen("deals", "return.registered", record_document_facts, in_batches=True)
    on_document_shipment_registered = listen("deals", "shipment.registered", record_document_facts, in_batches=True)
    on_document_supplier_order_placed = listen("deals", "supplier_order.placed", record_document_facts, in_batches=True)
    on_document_supplier_order_received = listen(
        "deals", "supplier_order.received", record_document_facts, in_batches=True
    )
    on_document_supplier_order_cancelled = listen(
        "deals", "supplier_order.cancelled", record_document_facts, in_batches=True
    )
    # what clients answer, get, pay and owe
    on_merged_deal = listen("deals", "deal.merged", follow_merged_deal)
    on_unmerged_deal = listen("deals", "deal.unmerged", follow_merged_deal)
    on_proposal_sent = listen("deals", "proposal.sent", record_proposal_fact)
    on_proposal_responded = listen("deals", "proposal.responded", record_proposal_fact)
    on_proposal_superseded = listen("deals", "proposal.superseded", record_proposal_fact)
    on_shipment_registered = listen("deals", "shipment.registered", record_shipment)
    on_return_registered = listen("deals", "return.registered", record_return)
    on_supplier_order_placed = listen("deals", "supplier_order.placed", record_supply)
    on_supplier_order_cancelled = listen("deals", "supplier_order.cancelled", record_supply)
    on_obligation_registered = listen("deals", "obligation.registered", record_obligation_fact)
    on_obligation_changed = listen("deals", "obligation.changed", record_obligation_fact)
    on_obligation_rescheduled = listen("deals", "obligation.rescheduled", record_obligation_fact)
    on_obligation_cancelled = listen("deals", "obligation.cancelled", record_obligation_fact)
    on_obligation_fulfilled = listen("deals", "obligation.fulfilled", record_obligation_fact)
    on_obligation_reopened = listen("deals", "obligation.reopened", record_obligation_fact)
    on_payment_registered = listen("deals", "payment.registered", record_payment_fact)
    on_payment_reversed = listen("deals", "payment.reversed", record_payment_fact)

    # what they prefer and asked for, and who looks after them
    on_client_registered = listen("contacts", "partner.registered", know_client_manager)
    on_client_changed = listen("contacts", "partner.changed", know_client_manager)
    on_preference_registered = listen("contacts", "preference.registered", record_preference_fact)
    on_preference_ended = listen("contacts", "preference.ended", record_preference_fact)
    on_interest_registered = listen("contacts", "interest.registered", record_interest_fact)
    on_interest_closed = listen("contacts", "interest.closed", record_interest_fact)

    # what was said
    on_interaction_registered = listen("contacts", "interaction.registered", record_interactions, in_batches=True)
    on_interaction_corrected = listen("contacts", "interaction.corrected", record_interactions, in_batches=True)

    # claims
    on_claim_registered = listen("claims", "claim.registered", record_claim_fact)
    on_claim_assigned = listen("claims", "claim.assigned", record_claim_fact)
    on_claim_changed = listen("claims", "claim.changed", record_claim_fact)
    on_claim_responded = listen("claims", "claim.responded", record_claim_fact)
    on_claim_waiting = listen("claims", "claim.waiting", record_claim_fact)
    on_claim_resumed = listen("claims", "claim.resumed", record_claim_fact)
    on_claim_escalated = listen("claims", "claim.escalated", record_claim_fact)
    on_claim_resolved = listen("claims", "claim.resolved", record_claim_fact)
    on_claim_reopened = listen("claims", "claim.reopened", record_claim_fact)

    # satisfaction
    on_satisfaction_requested = listen("claims", "satisfaction.requested", record_satisfaction_request)
    on_satisfaction_recorded = listen("claims", "satisfaction.recorded", record_satisfaction)
