"""Questions for figures of clients."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.errors import Refused
from chassis.wire import Json
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.references import not_found
from gateway.reporting.profiles import profile_of
from gateway.reporting.queries.arguments import report_of
from gateway.reporting.types import ClassificationRun, ClassificationRunConnection, ClientProfile
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request
from gateway.shapes.scalars import DateTime
from gateway.shapes.values import PeriodInput


class ClientReportQueries(graphene.ObjectType):
    """Questions for figures of clients."""

    client_profile = graphene.Field(
        ClientProfile,
        required=True,
        partner=graphene.ID(required=True),
        as_of=DateTime(description="the world's time: now, if not given"),
        known_at=DateTime(description="what had been recorded by then: now, if not given"),
        period=graphene.Argument(PeriodInput, description="of what was sent, answered, due and sold; all times, if not given"),
        compared_with=graphene.Argument(
            PeriodInput, description="what preferences may have drifted from: as many days just before, if not given"
        ),
        grace_days=graphene.Int(description="days after the due day on which an obligation is still met in time, at most 365; 0, if not given"),
    )  # fmt: skip

    client_classification = graphene.Field(
        ClassificationRun,
        description="a run of the classification of clients, the newest if none is named; null before the first",
        run=graphene.ID(),
    )
    client_classifications = graphene.Field(
        ClassificationRunConnection, required=True, description="all runs, the newest first", **page_arguments()
    )

    def resolve_client_classification(_root: object, info: GraphQLResolveInfo, run: str | None = None) -> Deferred:
        if run is not None:
            if not names_a(Kind.CLASSIFICATION_RUN, run):
                raise Refused(not_found(("run",), Kind.CLASSIFICATION_RUN, run))
            return info.context.loaders.classification_runs.load(run)
        newest = ask(info.context.services, "reporting", "list_classification_runs", {"page": {"first": 1}})
        return newest.then(lambda page: page["nodes"][0] if page["nodes"] else None)

    def resolve_client_classifications(
        _root: object, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Deferred:
        payload = {"page": page_request(info, first, after)}
        return connected(ask(info.context.services, "reporting", "list_classification_runs", payload), after)

    def resolve_client_profile(
        _root: object,
        info: GraphQLResolveInfo,
        partner: str,
        as_of: str | None = None,
        known_at: str | None = None,
        period: Json | None = None,
        compared_with: Json | None = None,
        grace_days: int | None = None,
    ) -> Deferred:
        if not names_a(Kind.PARTNER, partner):
            raise Refused(not_found(("partner",), Kind.PARTNER, partner))
        arguments = report_of(period, None, as_of, known_at)
        if compared_with:
            arguments["compared_with"] = report_of(compared_with)["period"]
        if grace_days is not None:
            arguments["grace_days"] = grace_days
        return profile_of(info, partner, arguments).then(lambda profile: _there(profile, partner))


def _there(profile: Json, partner: str) -> Json:
    if profile is None:
        raise Refused(not_found(("partner",), Kind.PARTNER, partner))
    return profile
