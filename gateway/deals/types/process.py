"""Sales processes and their stages."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.shapes.node import Node


class ControlMode(graphene.Enum):
    """What the server enforces: each stage in turn with its guards, any move, or no stages at all."""

    CONTROLLED = "CONTROLLED"
    MANUAL = "MANUAL"
    UNMANAGED = "UNMANAGED"


class WonBy(graphene.Enum):
    """What wins a deal: the shipment that completes what was ordered, or somebody's word."""

    SHIPMENT = "SHIPMENT"
    COMMAND = "COMMAND"


class AssigneeRole(graphene.Enum):
    """Who, as seen from a deal, a task is for: its manager, or the head of their team."""

    OWNER = "OWNER"
    TEAM_HEAD = "TEAM_HEAD"


class GuardParameter(graphene.ObjectType):
    """What a guard may be given: a WHOLE_NUMBER, or KEYS with commas between them; `takes` says which."""

    name = graphene.String(required=True)
    kind = graphene.String(required=True)
    description = graphene.String(required=True)
    takes = graphene.String(required=True)


class Guard(graphene.ObjectType):
    """A condition for entering a stage that the server knows how to check."""

    name = graphene.String(required=True)
    description = graphene.String(required=True)
    parameters = graphene.List(graphene.NonNull(GuardParameter), required=True)


class GuardArgument(graphene.ObjectType):
    """What a stage gives for a parameter of a guard; several keys have commas between them."""

    name = graphene.String(required=True)
    value = graphene.String(required=True)


class GuardUse(graphene.ObjectType):
    """A condition for entering a stage, with its parameters; the description is that of the catalogue `guards`."""

    name = graphene.String(required=True)
    parameters = graphene.List(graphene.NonNull(GuardArgument), required=True)
    description = graphene.String()


class TaskTemplate(graphene.ObjectType):
    """A task that a deal gets as it enters the stage, due so many business days later; for a role or for one manager."""

    key = graphene.String(required=True)
    title = graphene.String(required=True)
    assignee_role = AssigneeRole()
    assignee = graphene.Field("gateway.contacts.types.Manager")
    due_in_business_days = graphene.Int(required=True)
    depends_on = graphene.List(graphene.NonNull(graphene.String), required=True)

    def resolve_assignee(template: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(template["assignee_id"])


class Stage(graphene.ObjectType):
    """A step of a sales process; `guards` names the conditions for entering it, `guardUses` has their parameters too.

    A deal may stay for `allowedDwellDays` calendar days. Where it `movesOnWhenDone`, the last task of the plan to be done
    moves the deal to the next stage.
    """

    key = graphene.String(required=True)
    name = graphene.String(required=True)
    russian_name = graphene.String(required=True)
    rank = graphene.Int(required=True)
    probability = graphene.Float(required=True)
    guards = graphene.List(graphene.NonNull(graphene.String), required=True)
    guard_uses = graphene.List(graphene.NonNull(GuardUse), required=True)
    allowed_dwell_days = graphene.Int()
    plan = graphene.List(graphene.NonNull(TaskTemplate), required=True)
    moves_on_when_done = graphene.Boolean(required=True)


class SalesProcess(graphene.ObjectType):
    """A version of a sales process; a deal keeps the version it began with.

    `versions` are all that share its key, the newest first; `diagram` is a state diagram in the language of Mermaid;
    `definition` is YAML, as importSalesProcess takes it.
    """

    class Meta:
        interfaces = (Node,)

    key = graphene.String(required=True)
    name = graphene.String(required=True)
    russian_name = graphene.String(required=True)
    version = graphene.Int(required=True)
    control = ControlMode(required=True)
    won_by = WonBy(required=True)
    stages = graphene.List(graphene.NonNull(Stage), required=True)
    versions = graphene.List(graphene.NonNull("gateway.deals.types.SalesProcess"), required=True)
    diagram = graphene.String(required=True)
    definition = graphene.String(required=True)

    def resolve_versions(process: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.process_versions.load(process["key"])

    def resolve_diagram(process: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.process_texts.load(process["id"]).then(lambda texts: texts["diagram"])

    def resolve_definition(process: Json, info: GraphQLResolveInfo) -> Deferred:
        return info.context.loaders.process_texts.load(process["id"]).then(lambda texts: texts["definition"])


def stage_of(process: Json | None, key: str | None) -> Json | None:
    """Find a stage of a process by its key."""
    if process is None or key is None:
        return None
    return next((stage for stage in process["stages"] if stage["key"] == key), None)
