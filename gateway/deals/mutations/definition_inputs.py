"""Definitions of sales processes, as they are put in."""

from __future__ import annotations

import graphene

from gateway.deals.types import AssigneeRole, ControlMode, WonBy
from gateway.kinds import Kind
from gateway.references import reference


class GuardArgumentInput(graphene.InputObjectType):
    """What a stage gives for a parameter of a guard; several keys have commas between them."""

    name = graphene.String(required=True)
    value = graphene.String(required=True)


class GuardUseInput(graphene.InputObjectType):
    """A guard of the catalogue `guards`, with its parameters."""

    name = graphene.String(required=True)
    parameters = graphene.List(graphene.NonNull(GuardArgumentInput))


class TaskTemplateInput(graphene.InputObjectType):
    """A task that a deal gets as it enters the stage: for a role or for one manager, and for the owner if not said."""

    key = graphene.String(required=True)
    title = graphene.String(required=True)
    assignee_role = graphene.InputField(AssigneeRole)
    assignee = reference(Kind.MANAGER)
    due_in_business_days = graphene.Int(required=True, description="0 is the day of entry")
    depends_on = graphene.List(graphene.NonNull(graphene.String), description="keys of tasks of the same plan")


class StageInput(graphene.InputObjectType):
    """A stage; without a rank it has that of its place, without a Russian name the name."""

    key = graphene.String(required=True)
    name = graphene.String(required=True)
    russian_name = graphene.String()
    rank = graphene.Int()
    probability = graphene.Float(required=True)
    guards = graphene.List(graphene.NonNull(GuardUseInput))
    allowed_dwell_days = graphene.Int()
    plan = graphene.List(graphene.NonNull(TaskTemplateInput))
    moves_on_when_done = graphene.Boolean()


class SalesProcessDefinitionInput(graphene.InputObjectType):
    """A whole definition; a CONTROLLED process is won by SHIPMENT, the others by COMMAND, if not said."""

    key = graphene.String(required=True, description="small letters, digits and underscores")
    name = graphene.String(required=True)
    russian_name = graphene.String()
    control = graphene.InputField(ControlMode, required=True)
    won_by = graphene.InputField(WonBy)
    stages = graphene.List(graphene.NonNull(StageInput))
