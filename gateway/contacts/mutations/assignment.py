"""setAssignmentRules."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import AssignmentRules, PartnerRole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class AssignmentRuleInput(graphene.InputObjectType):
    """Whom the rule takes, where nothing given does not narrow, and to whom they go: a manager, or a team by turns."""

    roles = graphene.List(graphene.NonNull(PartnerRole))
    sources = graphene.List(graphene.NonNull(graphene.String))
    countries = graphene.List(graphene.NonNull(graphene.String), description="of a legal entity")
    manager = reference(Kind.MANAGER)
    team = reference(Kind.TEAM)


class SetAssignmentRulesInput(graphene.InputObjectType):
    """All rules, in the order in which they are to be asked."""

    rules = graphene.List(graphene.NonNull(AssignmentRuleInput), required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class SetAssignmentRulesPayload(Payload):
    """The rules as they are now, or what to put right."""

    assignment_rules = graphene.Field(AssignmentRules)


set_assignment_rules = mutation(
    "contacts",
    "set_assignment_rules",
    takes=SetAssignmentRulesInput,
    gives=SetAssignmentRulesPayload,
    read=whole("assignment_rules"),
    description="Say to which manager a new partner goes that comes without one.",
)
