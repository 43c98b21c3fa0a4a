"""Questions about proposals."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from gateway.deals.types import (
    Proposal,
)
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a


class ProposalQueries(graphene.ObjectType):
    """Questions to proposals."""

    proposal = graphene.Field(Proposal, id=graphene.ID(required=True))

    def resolve_proposal(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.proposals.load(id) if names_a(Kind.PROPOSAL, id) else None
