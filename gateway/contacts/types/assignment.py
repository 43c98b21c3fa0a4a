"""To whom new partners go."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types.partner_role import PartnerRole
from gateway.execution.deferred import Deferred


class AssignmentRule(graphene.ObjectType):
    """Whom a rule takes, where null does not narrow, and to whom they go: a manager, or a team by turns."""

    roles = graphene.List(graphene.NonNull(PartnerRole))
    sources = graphene.List(graphene.NonNull(graphene.String))
    countries = graphene.List(graphene.NonNull(graphene.String), description="of a legal entity")
    manager = graphene.Field("gateway.contacts.types.Manager")
    team = graphene.Field("gateway.contacts.types.Team")

    def resolve_manager(rule: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(rule["manager_id"])

    def resolve_team(rule: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.teams.load(rule["team_id"])


class AssignmentRules(graphene.ObjectType):
    """The rules by which new partners that come without a manager are given one, asked in this order."""

    version = graphene.Int(required=True)
    rules = graphene.List(graphene.NonNull(AssignmentRule), required=True)
