"""What can be asked of deals."""

from __future__ import annotations

import graphene

from gateway.deals.mutations.bulk_deals import bulk_assign_deals, bulk_close_deals, bulk_move_deals
from gateway.deals.mutations.change_deal import change_deal
from gateway.deals.mutations.close_deal import lose_deal, reopen_deal, win_deal
from gateway.deals.mutations.hand_over_deals import cancel_planned_hand_over, hand_over_deals
from gateway.deals.mutations.hold_deal import hold_deal, resume_deal
from gateway.deals.mutations.import_deals import import_deals
from gateway.deals.mutations.loss_reasons import add_loss_reason, change_loss_reason, retire_loss_reason
from gateway.deals.mutations.merge_deals import merge_deals, unmerge_deal
from gateway.deals.mutations.move_deal import move_deal
from gateway.deals.mutations.next_steps import complete_next_step, drop_next_step, plan_next_step
from gateway.deals.mutations.open_deal import open_deal
from gateway.deals.mutations.process_drafts import ProcessMutations
from gateway.deals.mutations.proposals import (
    change_proposal,
    draft_proposal,
    record_proposal_response,
    revise_proposal,
    send_proposal,
)
from gateway.deals.mutations.register_exchange_rates import register_exchange_rates
from gateway.deals.mutations.register_sale_terms import (
    close_sale_terms,
    register_sale_terms,
    register_typical_sale_terms,
)
from gateway.deals.mutations.register_shipment import register_shipment
from gateway.deals.mutations.sales_targets import set_sales_target, withdraw_sales_target
from gateway.deals.mutations.tasks import add_task, cancel_task, change_task, complete_task, reopen_task
from gateway.deals.mutations.void_deal import unvoid_deal, void_deal


class DealMutations(ProcessMutations, graphene.ObjectType):
    """Commands to deals."""

    open_deal = open_deal
    change_deal = change_deal
    move_deal = move_deal
    win_deal = win_deal
    lose_deal = lose_deal
    reopen_deal = reopen_deal
    register_sale_terms = register_sale_terms
    register_typical_sale_terms = register_typical_sale_terms
    close_sale_terms = close_sale_terms
    register_shipment = register_shipment
    import_deals = import_deals

    draft_proposal = draft_proposal
    change_proposal = change_proposal
    revise_proposal = revise_proposal
    send_proposal = send_proposal
    record_proposal_response = record_proposal_response
    register_exchange_rates = register_exchange_rates

    hold_deal = hold_deal
    resume_deal = resume_deal
    void_deal = void_deal
    unvoid_deal = unvoid_deal
    merge_deals = merge_deals
    unmerge_deal = unmerge_deal
    hand_over_deals = hand_over_deals
    cancel_planned_hand_over = cancel_planned_hand_over
    bulk_move_deals = bulk_move_deals
    bulk_assign_deals = bulk_assign_deals
    bulk_close_deals = bulk_close_deals
    add_loss_reason = add_loss_reason
    change_loss_reason = change_loss_reason
    retire_loss_reason = retire_loss_reason

    set_sales_target = set_sales_target
    withdraw_sales_target = withdraw_sales_target

    plan_next_step = plan_next_step
    complete_next_step = complete_next_step
    drop_next_step = drop_next_step
    add_task = add_task
    change_task = change_task
    complete_task = complete_task
    cancel_task = cancel_task
    reopen_task = reopen_task
