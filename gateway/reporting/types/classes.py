"""Runs of the classification of clients."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Refused
from chassis.wire import Json
from gateway.contacts.types import Partner
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import not_found
from gateway.services import ask
from gateway.shapes.connections import connected, connection_of, page_arguments, page_request
from gateway.shapes.node import Node
from gateway.shapes.scalars import Date, DateTime, Decimal


class AbcClass(graphene.Enum):
    """By what clients bring: A while those before have less than 80 % of the whole, B less than 95 %, else C."""

    A = "A"
    B = "B"
    C = "C"


class XyzClass(graphene.Enum):
    """By how steadily permanent clients buy: population σ / mean up to 10 %, up to 25 %, more."""

    X = "X"
    Y = "Y"
    Z = "Z"


class ClientConstancy(graphene.Enum):
    """How a client buys: never yet, once, again and again, or several times and for long not any more."""

    POTENTIAL = "POTENTIAL"
    ONE_TIME = "ONE_TIME"
    PERMANENT = "PERMANENT"
    LOST = "LOST"


class ClassMeasure(graphene.Enum):
    """What ABC is by: net revenue, margin where costs are known, the number of sales, which are orders."""

    REVENUE = "REVENUE"
    MARGIN = "MARGIN"
    ORDERS = "ORDERS"


class SubPeriod(graphene.Enum):
    """What the period of a run is divided into for XYZ; weeks begin on Monday."""

    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"


class ClassDimension(graphene.Enum):
    """In which classes clients move."""

    ABC = "ABC"
    XYZ = "XYZ"
    KIND = "KIND"


class ClassifiedClient(graphene.ObjectType):
    """A client in a run: its classes and the figures that they follow from."""

    partner = graphene.Field(Partner)
    place = graphene.Int(required=True, description="by the measure, 1 for the first")
    kind = ClientConstancy(required=True)
    abc = AbcClass(description="null: nothing was sold in the period, or nothing is known to measure it by")
    xyz = XyzClass(description="null: not a permanent client, or too few whole sub-periods since the first purchase")
    recency_score = graphene.Int(description="1 to 5, as the other two; null: nothing was sold in the period")
    frequency_score = graphene.Int()
    monetary_score = graphene.Int()
    revenue = Decimal(required=True)
    margin = Decimal()
    currency = graphene.String(required=True)
    orders = graphene.Int(required=True)
    unconverted = graphene.Int(required=True)
    days_since = graphene.Int(description="days from the last purchase to the moment of the run")
    sub_periods = graphene.Int(required=True, description="n of the variation")
    variation = graphene.Float(description="population σ / mean over the sub-periods")

    def resolve_partner(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(row["partner_id"])


class ClassMovement(graphene.ObjectType):
    """A client that is in another class than before; null is no class."""

    partner = graphene.Field(Partner)
    before = graphene.String()
    after = graphene.String()

    def resolve_partner(row: Json, info: GraphQLResolveInfo) -> Deferred | None:
        return info.context.loaders.partners.load(row["partner_id"])


class ClassMove(graphene.ObjectType):
    """How many clients went from a class to a class, or stayed."""

    before = graphene.String()
    after = graphene.String()
    clients = graphene.Int(required=True)


ClassifiedClientConnection: Any = connection_of("ClassifiedClient", "gateway.reporting.types.ClassifiedClient")
ClassMovementConnection: Any = connection_of(
    "ClassMovement",
    "gateway.reporting.types.ClassMovement",
    matrix=graphene.List(graphene.NonNull(ClassMove), required=True),
)


class RunPeriod(graphene.ObjectType):
    """The days that a run is about: from ≤ day < to."""

    from_ = graphene.Field(Date, name="from", required=True)
    to = Date(required=True)

    def resolve_from_(period: Json, _info: GraphQLResolveInfo) -> str:
        return period["from"]


class ClassificationRun(graphene.ObjectType):
    """A run of the classification of clients: kept with its parameters, and never changed."""

    class Meta:
        interfaces = (Node,)

    as_of = DateTime(required=True)
    known_at = DateTime(required=True)
    recorded_at = DateTime(required=True)
    scheduled = graphene.Boolean(required=True, description="made by itself, at the beginning of a month")
    period = graphene.Field(RunPeriod, required=True)
    measure = ClassMeasure(required=True)
    a_share = Decimal(required=True)
    b_share = Decimal(required=True)
    x_limit = Decimal(required=True)
    y_limit = Decimal(required=True)
    sub_period = SubPeriod(required=True)
    lost_after_days = graphene.Int(required=True)
    client_count = graphene.Int(required=True)
    clients = graphene.Field(
        ClassifiedClientConnection,
        required=True,
        description="those whom the caller may see, who bring most first",
        abc=graphene.List(graphene.NonNull(AbcClass)),
        xyz=graphene.List(graphene.NonNull(XyzClass)),
        kinds=graphene.List(graphene.NonNull(ClientConstancy)),
        unclassified=graphene.Boolean(description="those without a class of ABC, or those with one"),
        **page_arguments(),
    )
    movements = graphene.Field(
        ClassMovementConnection,
        required=True,
        description="who is in another class than in an earlier run",
        since=graphene.ID(required=True),
        dimension=graphene.Argument(ClassDimension, description="ABC, if not said"),
        **page_arguments(),
    )

    def resolve_client_count(run: Json, _info: GraphQLResolveInfo) -> int:
        return run["clients"]

    def resolve_clients(
        run: Json, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None, **narrowed: Any
    ) -> Deferred:
        named = {name: value for name, value in narrowed.items() if value is not None}
        payload = {**named, "run_id": run["id"], "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "reporting", "classified_clients", payload), after)

    def resolve_movements(
        run: Json,
        info: GraphQLResolveInfo,
        since: str,
        dimension: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        if not names_a(Kind.CLASSIFICATION_RUN, since):
            raise Refused(not_found(("since",), Kind.CLASSIFICATION_RUN, since))
        payload = {"run_id": run["id"], "since_id": since, "dimension": dimension or "ABC"}
        payload["page"] = page_request(info, first, after)
        return connected(ask(info.context.services, "reporting", "class_movements", payload), after)


ClassificationRunConnection: Any = connection_of("ClassificationRun", "gateway.reporting.types.ClassificationRun")
