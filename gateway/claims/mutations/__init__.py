"""What can be asked of claims."""

from __future__ import annotations

import graphene

from gateway.claims.mutations.assign_claim import assign_claim
from gateway.claims.mutations.register_claim import register_claim
from gateway.claims.mutations.resolve_claim import resolve_claim


class ClaimMutations(graphene.ObjectType):
    """Commands to claims."""

    register_claim = register_claim
    assign_claim = assign_claim
    resolve_claim = resolve_claim
