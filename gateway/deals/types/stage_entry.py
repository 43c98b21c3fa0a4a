"""Which stages a deal may enter."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.deals.types.process import Stage, stage_of
from gateway.execution.deferred import Deferred


class MissingGuard(graphene.ObjectType):
    """A guard that is not met, and what to do about it."""

    guard = graphene.String(required=True)
    message = graphene.String(required=True)


class StageEntry(graphene.ObjectType):
    """What a move of a deal to a stage would meet now.

    `code` and `message` are those with which moveDeal would refuse it: DEAL_CLOSED, SAME_STAGE, NOT_NEXT_STAGE or
    GUARDS_UNMET. `missing` names the guards that are not met, also of stages further on.
    """

    stage = graphene.Field(Stage, required=True)
    possible = graphene.Boolean(required=True)
    code = graphene.String()
    message = graphene.String()
    missing = graphene.List(graphene.NonNull(MissingGuard), required=True)

    def resolve_stage(entry: Json, info: GraphQLResolveInfo) -> Deferred | None:
        process = info.context.loaders.processes.load(entry["process_id"])
        return process.then(lambda process: stage_of(process, entry["stage"])) if process else None


def stage_entries(deal: Json, info: GraphQLResolveInfo) -> Any:
    """Load what a deal's moves would meet."""
    entries = info.context.loaders.can_enter.load(deal["id"])
    return entries.then(lambda found: [{**entry, "process_id": deal["process_id"]} for entry in found])
