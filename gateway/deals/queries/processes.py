"""Questions about sales processes: versions, drafts, approvals, and the catalogue of guards."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from gateway.deals.types import ApprovalConnection, ApprovalStatus, Guard, SalesProcess, SalesProcessDraft
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request


class ProcessQueries(graphene.ObjectType):
    """Questions to deals about sales processes."""

    sales_processes = graphene.List(graphene.NonNull(SalesProcess), required=True)
    guards = graphene.List(
        graphene.NonNull(Guard), required=True, description="the catalogue of conditions that stages may name"
    )
    sales_process_drafts = graphene.List(
        graphene.NonNull(SalesProcessDraft), required=True, description="needs the scope `process`"
    )
    sales_process_draft = graphene.Field(SalesProcessDraft, id=graphene.ID(required=True))

    approvals = graphene.Field(
        ApprovalConnection,
        required=True,
        status=graphene.Argument(ApprovalStatus),
        description="what the head of sales was asked, who asked first comes first",
        **page_arguments(),
    )

    def resolve_approvals(
        _root: object,
        info: GraphQLResolveInfo,
        status: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"status": status, "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "deals", "list_approvals", payload), after)

    def resolve_sales_processes(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "deals", "list_processes", {}).then(lambda answer: answer["nodes"])

    def resolve_guards(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "deals", "list_guards", {}).then(lambda answer: answer["nodes"])

    def resolve_sales_process_drafts(_root: object, info: GraphQLResolveInfo) -> Deferred:
        return ask(info.context.services, "deals", "list_process_drafts", {}).then(lambda answer: answer["nodes"])

    def resolve_sales_process_draft(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.process_drafts.load(id) if names_a(Kind.PROCESS_DRAFT, id) else None
