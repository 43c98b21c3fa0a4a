"""What can be built anew by itself (`crm replay reporting --from-start --only deals`): tables and who fills them."""

from __future__ import annotations

from collections.abc import Mapping

from chassis.store.projection import Projection
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
from services.reporting.storage.tables import (
    assortments,
    claim_counts,
    claim_facts,
    client_managers,
    client_words,
    cycle_counts,
    deal_facts,
    deal_merges,
    deal_moments,
    deal_products,
    deal_standings,
    deal_states,
    deal_stays,
    document_facts,
    funnel_counts,
    goods_facts,
    hand_over_counts,
    hand_over_facts,
    interaction_counts,
    interaction_facts,
    interaction_subjects,
    interest_facts,
    manager_facts,
    merged_partners,
    obligation_facts,
    outcome_counts,
    partner_roles,
    partners,
    payment_facts,
    preference_facts,
    processes,
    proposal_facts,
    rate_facts,
    response_counts,
    response_waits,
    satisfaction_facts,
    satisfaction_requests,
    segment_facts,
    step_facts,
    supply_facts,
    target_facts,
    task_counts,
    task_facts,
    team_facts,
)

PROJECTIONS: Mapping[str, Projection] = {
    "deals": Projection(
        tables=(
            deal_facts,
            deal_states,
            deal_stays,
            deal_products,
            deal_moments,
            deal_standings,
            assortments,
            funnel_counts,
            outcome_counts,
            cycle_counts,
            task_facts,
            task_counts,
            hand_over_facts,
            hand_over_counts,
        ),
        reactions=(record_deal_facts, record_task_facts, record_hand_overs),
    ),
    "clients": Projection(
        tables=(
            client_managers,
            deal_merges,
            goods_facts,
            interest_facts,
            obligation_facts,
            payment_facts,
            preference_facts,
            proposal_facts,
            supply_facts,
        ),
        reactions=(
            follow_merged_deal,
            know_client_manager,
            record_interest_fact,
            record_obligation_fact,
            record_payment_fact,
            record_preference_fact,
            record_proposal_fact,
            record_return,
            record_shipment,
            record_supply,
        ),
    ),
    "processes": Projection(tables=(processes,), reactions=(know_process,)),
    "rates": Projection(tables=(rate_facts,), reactions=(know_rate,)),
    "organisation": Projection(tables=(manager_facts, team_facts), reactions=(know_manager, know_team)),
    "targets": Projection(tables=(target_facts,), reactions=(record_target_fact,)),
    "partners": Projection(tables=(partners,), reactions=(know_partners,)),
    "merged_partners": Projection(
        tables=(merged_partners,), reactions=(follow_merged_partner, follow_unmerged_partner)
    ),
    "partner_roles": Projection(tables=(partner_roles,), reactions=(know_partner_roles,)),
    "steps": Projection(tables=(step_facts,), reactions=(record_step_facts,)),
    "documents": Projection(tables=(document_facts,), reactions=(record_document_facts,)),
    "segments": Projection(tables=(segment_facts,), reactions=(know_segment_member,)),
    "claims": Projection(tables=(claim_facts, claim_counts), reactions=(record_claim_fact,)),
    "satisfaction": Projection(
        tables=(satisfaction_facts, satisfaction_requests),
        reactions=(record_satisfaction, record_satisfaction_request),
    ),
    "interactions": Projection(
        tables=(
            interaction_facts,
            interaction_subjects,
            interaction_counts,
            client_words,
            response_waits,
            response_counts,
        ),
        reactions=(record_interactions,),
    ),
}
