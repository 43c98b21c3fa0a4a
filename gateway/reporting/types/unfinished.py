"""Unfinished and coming deals, by manager."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.types import Manager
from gateway.deals.types import AttentionReason, ClientKind
from gateway.execution.deferred import Deferred
from gateway.reporting.types.moment import OfMoment
from gateway.services import ask
from gateway.shapes.connections import connection, connection_of, page_arguments, page_request
from gateway.shapes.scalars import Date, DateTime, Decimal


class UnfinishedState(graphene.Enum):
    """Whether a deal in progress is worked on; one on hold, or planned to begin on a later day, asks for nothing."""

    WORKED_ON = "WORKED_ON"
    ON_HOLD = "ON_HOLD"
    COMING = "COMING"


class DealsCounted(graphene.ObjectType):
    """So many deals, and what they are worth in the base currency."""

    count = graphene.Int(required=True)
    amount = Decimal(required=True)


def _counted(description: str | None = None) -> Any:
    return graphene.Field(DealsCounted, required=True, description=description)


class ReasonsCounted(graphene.ObjectType):
    """Deals by what they ask attention for; a deal counts under each of its reasons."""

    dwell_exceeded = _counted()
    next_step_overdue = _counted()
    no_next_step = _counted()
    close_date_passed = _counted()
    rotting = _counted()
    planned_start_passed = _counted()
    tasks_overdue = _counted()


class ClientsCounted(graphene.ObjectType):
    """Deals by whom they are with."""

    existing_client = _counted()
    prospect = _counted()
    unknown = _counted()


class DealToAttend(graphene.ObjectType):
    """A deal in progress at the moment of a report, with what it asked attention for then."""

    deal = graphene.Field("gateway.deals.types.Deal", required=True, description="as it is now")
    state = UnfinishedState(required=True)
    client_kind = ClientKind(required=True)
    age_days = graphene.Int(required=True)
    dwell_days = graphene.Float(description="at its stage, in all its visits; null without stages")
    allowed_dwell_days = graphene.Int(description="for all visits together; null is without bound")
    planned_start_on = Date()
    expected_close_on = Date()
    next_step_due_at = DateTime()
    reasons = graphene.List(graphene.NonNull(AttentionReason), required=True)


DealToAttendConnection: Any = connection_of("DealToAttend", "gateway.reporting.types.unfinished.DealToAttend")


class UnfinishedRow(graphene.ObjectType):
    """The deals in progress of a manager, or of nobody."""

    manager = graphene.Field(Manager)
    worked_on = _counted("neither on hold nor planned to begin on a later day")
    need_attention = _counted("of these, with any reason")
    on_hold = _counted()
    coming = _counted("planned to begin on a later day")
    reasons = graphene.Field(ReasonsCounted, required=True)
    clients = graphene.Field(ClientsCounted, required=True, description="of those worked on")
    coming_clients = graphene.Field(ClientsCounted, required=True, description="of those coming")
    unconverted = graphene.Int(required=True, description="amounts left out for want of a rate")
    oldest_age_days = graphene.Int(description="of those worked on")
    deals = graphene.Field(
        DealToAttendConnection,
        required=True,
        description="the oldest first",
        state=graphene.Argument(UnfinishedState),
        reasons=graphene.List(graphene.NonNull(AttentionReason), description="any of these"),
        **page_arguments(),
    )

    def resolve_manager(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.managers.load(row["manager_id"])

    def resolve_deals(
        row: Json,
        info: GraphQLResolveInfo,
        state: str | None = None,
        reasons: list[str] | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {**row["report"], "manager_id": row["manager_id"], "state": state, "reasons": reasons}
        payload["page"] = page_request(info, first, after)
        deals = info.context.loaders.deals

        def shown(found: Json) -> Deferred:
            ids = [node["deal_id"] for node in found["nodes"]]
            return deals.load_many(ids).then(lambda loaded: connection(_with_deals(found, loaded), after))

        return ask(info.context.services, "reporting", "unfinished_report_deals", payload).then(shown)


def _with_deals(page: Json, deals: list[Json]) -> Json:
    """Put deals into a page; one that is not there any more is left out."""
    there = [
        ({**node, "deal": deal}, cursor)
        for node, deal, cursor in zip(page["nodes"], deals, page["cursors"], strict=True)
        if deal is not None
    ]
    return {**page, "nodes": [node for node, _ in there], "cursors": [cursor for _, cursor in there]}


class UnfinishedDealsReport(graphene.ObjectType):
    """Deals in progress, by manager: what asks for attention, and why."""

    class Meta:
        interfaces = (OfMoment,)

    currency = graphene.String(required=True)
    rotting_days = graphene.Int(required=True, description="after so many days without an event a deal is rotting")
    rows = graphene.List(
        graphene.NonNull(UnfinishedRow), required=True, description="the most that need attention first"
    )
