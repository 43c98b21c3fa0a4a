"""Deals."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.claims.satisfaction import satisfaction_field, satisfaction_requests_field
from gateway.contacts.types.interaction import interactions_field
from gateway.contacts.types.timeline import timeline_field
from gateway.deals.filters import DealOutcome
from gateway.deals.types.approval import Approval
from gateway.deals.types.changes import ChangeConnection
from gateway.deals.types.customer_orders import WithOrders
from gateway.deals.types.documents import DealDocument
from gateway.deals.types.money import DealTotal
from gateway.deals.types.next_step import NextStep
from gateway.deals.types.process import SalesProcess, Stage, stage_of
from gateway.deals.types.proposal import Proposal
from gateway.deals.types.sale_terms import SaleTerms
from gateway.deals.types.stage_entry import StageEntry, stage_entries
from gateway.deals.types.task import Task, WorkPlan
from gateway.execution.deferred import Deferred
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime
from gateway.shapes.values import ExternalRef, Money


class TransitionKind(graphene.Enum):
    """What happened to a deal."""

    OPENED = "OPENED"
    MOVED = "MOVED"
    WON = "WON"
    LOST = "LOST"
    REOPENED = "REOPENED"
    HELD = "HELD"
    RESUMED = "RESUMED"
    VOIDED = "VOIDED"
    UNVOIDED = "UNVOIDED"
    MERGED = "MERGED"
    UNMERGED = "UNMERGED"
    PROCESS_CHANGED = "PROCESS_CHANGED"


class DealTransition(graphene.ObjectType):
    """A fact of a deal's history: when it happened and when it was recorded; processes where it went on in another."""

    id = graphene.ID(required=True)
    kind = TransitionKind(required=True)
    from_stage = graphene.String()
    to_stage = graphene.String()
    from_process = graphene.Field(SalesProcess)
    to_process = graphene.Field(SalesProcess)
    occurred_at = DateTime(required=True)
    recorded_at = DateTime(required=True)
    by = graphene.String()
    reason = graphene.String(description="the key of a loss reason, or a sentence")
    deal_id = graphene.ID(
        required=True, description="the deal it happened to: one that was merged into this may be another"
    )

    def resolve_from_process(fact: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.processes.load(fact["from_process_id"])

    def resolve_to_process(fact: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.processes.load(fact["to_process_id"])


class DealHold(graphene.ObjectType):
    """That a deal waits: until a moment, or until someone resumes it."""

    since = DateTime(required=True)
    until = DateTime()


class MergedDeal(graphene.ObjectType):
    """A deal that was merged into another one, as it can be taken out again."""

    id = graphene.ID(required=True)
    number = graphene.String(required=True)
    title = graphene.String(required=True)
    merged_into = graphene.ID(required=True)


class Deal(WithOrders, graphene.ObjectType):
    """A deal with a client."""

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    number = graphene.String(required=True)
    title = graphene.String(required=True)
    process = graphene.Field(SalesProcess, required=True)
    stage = graphene.Field(Stage)
    can_enter = graphene.List(
        graphene.NonNull(StageEntry), required=True, description="every stage of the process, in their order"
    )
    approvals = graphene.List(
        graphene.NonNull(Approval), required=True, description="what the head of sales was asked, the oldest first"
    )
    outcome = DealOutcome(required=True)
    partner = graphene.Field("gateway.contacts.types.Partner")
    manager = graphene.Field("gateway.contacts.types.Manager")
    amount = graphene.Field(Money)
    products = graphene.List(graphene.NonNull(graphene.String), required=True)
    expected_close_on = Date()
    created_at = DateTime(required=True)
    closed_at = DateTime()
    loss_reason = graphene.String()
    competitor = graphene.Field("gateway.contacts.types.Partner")
    hold = graphene.Field(DealHold, description="null where the deal is not on hold")
    voided = graphene.Boolean(required=True, description="registered by mistake: in no list and in no figure")
    merged_deals = graphene.List(
        graphene.NonNull(MergedDeal), required=True, description="the deals that were merged into this one"
    )
    external_ref = graphene.Field(ExternalRef)
    history = graphene.List(graphene.NonNull(DealTransition), required=True)
    documents = graphene.List(graphene.NonNull(DealDocument), required=True)
    planned_start_on = Date(description="when work on it is to begin")
    probability = graphene.Float(description="of winning it, 0 to 1; null: that of its stage")
    next_step = graphene.Field(NextStep, description="the one that is planned")
    next_steps = graphene.List(
        graphene.NonNull(NextStep), required=True, description="all there ever were, the newest first"
    )
    tasks = graphene.List(graphene.NonNull(Task), required=True)
    work_plan = graphene.Field(WorkPlan, required=True)
    sale_terms = graphene.Field(
        SaleTerms,
        description="those in force for the deal",
        on=graphene.Argument(Date, description="a business day; today, if not said"),
    )
    proposals = graphene.List(graphene.NonNull(Proposal), required=True, description="the oldest first")
    claims = graphene.Field("gateway.claims.types.ClaimConnection", required=True, **page_arguments())
    satisfaction = satisfaction_field("DEAL")
    satisfaction_requests = satisfaction_requests_field("DEAL")
    interactions = interactions_field()
    timeline = timeline_field()
    changes = graphene.Field(
        ChangeConnection,
        required=True,
        description="who changed what of the deal and of what belongs to it, the newest first",
        **page_arguments(),
    )

    def resolve_process(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.processes.load(deal["process_id"])

    def resolve_stage(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        key = deal["stage"]
        if key is None:
            return None
        return info.context.loaders.processes.load(deal["process_id"]).then(lambda process: stage_of(process, key))

    def resolve_approvals(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.approvals_of_deals.load(deal["id"])

    def resolve_can_enter(deal: Json, info: GraphQLResolveInfo) -> Deferred:
        return stage_entries(deal, info)

    def resolve_partner(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(deal["partner_id"])

    def resolve_manager(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(deal["manager_id"])

    def resolve_competitor(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(deal["competitor_id"])

    def resolve_history(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.transitions.load(deal["id"])

    def resolve_documents(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        loaders = info.context.loaders
        ours, claims = loaders.documents.load(deal["id"]), loaders.claim_documents_of_deals.load(deal["id"])
        return ours.then(lambda found: _by_date(found + claims.result()))

    def resolve_next_step(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        planned = info.context.loaders.planned_steps.load(deal["id"])
        return planned.then(lambda steps: steps[0] if steps else None)

    def resolve_next_steps(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.steps_of_deals.load(deal["id"])

    def resolve_tasks(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.tasks_of_deals.load(deal["id"])

    def resolve_work_plan(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.work_plans.load(deal["id"])

    def resolve_sale_terms(deal: Json, info: GraphQLResolveInfo, on: str | None = None) -> Deferred | None:
        return info.context.loaders.terms_of_deals(on).load(deal["id"])

    def resolve_proposals(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.proposals_of_deals.load(deal["id"])

    def resolve_merged_deals(deal: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.merged_into_deals.load(deal["id"])

    def resolve_claims(
        deal: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.claims_of_deals(arguments).load(deal["id"]), after)

    def resolve_changes(
        deal: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        arguments = {"page": page_request(info, first, after)}
        return connected(info.context.loaders.changes_of_deals(arguments).load(deal["id"]), after)


def _by_date(documents: list[Json]) -> list[Json]:
    return sorted(documents, key=lambda one: (one["date"], one["id"]))


DealConnection: Any = connection_of(
    "Deal",
    "gateway.deals.types.Deal",
    totals=graphene.List(
        graphene.NonNull(DealTotal),
        description="what all deals of the list are worth, by currency; null in lists that reports give",
    ),
)
