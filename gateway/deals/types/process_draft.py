"""Drafts of sales processes."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Problem
from chassis.wire import Json
from gateway.deals.types.process import ControlMode, SalesProcess, Stage, WonBy
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node
from gateway.shapes.problems import UserError, user_error
from gateway.shapes.scalars import DateTime


class SalesProcessDraft(graphene.ObjectType):
    """A definition that is being worked on, one at most of each process; `problems` keep it from being published.

    `basedOn` is the version that it began as a copy of; `diagram` and `definition` are those of SalesProcess.
    """

    class Meta:
        interfaces = (Node,)

    version = graphene.Int(required=True)
    key = graphene.String(required=True)
    name = graphene.String(required=True)
    russian_name = graphene.String(required=True)
    control = ControlMode(required=True)
    won_by = WonBy(required=True)
    stages = graphene.List(graphene.NonNull(Stage), required=True)
    based_on = graphene.Field(SalesProcess)
    problems = graphene.List(graphene.NonNull(UserError), required=True)
    diagram = graphene.String(required=True)
    definition = graphene.String(required=True)
    changed_at = DateTime(required=True)
    changed_by = graphene.String(required=True)

    def resolve_based_on(draft: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.processes.load(draft["based_on_id"])

    def resolve_problems(draft: Json, info: GraphQLResolveInfo) -> list[Json]:
        return [user_error(Problem.from_json(problem)) for problem in draft["problems"]]
