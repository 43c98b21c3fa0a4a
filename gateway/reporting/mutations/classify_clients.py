"""classifyClients."""

from __future__ import annotations

import graphene

from chassis.wire import Json
from gateway.commands import field, idempotency_key, without_nulls
from gateway.reporting.types import ClassificationRun, ClassMeasure, SubPeriod
from gateway.services import Services
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import DateTime, Decimal
from gateway.shapes.values import PeriodInput


class ClassifyClientsInput(graphene.InputObjectType):
    """A run by the twelve whole months before the moment, unless a period is given; shares and limits are percent."""

    measure = ClassMeasure(description="REVENUE, if not said")
    period = PeriodInput()
    as_of = DateTime(description="the world's time: now, if not given")
    known_at = DateTime(description="what had been recorded by then: now, if not given")
    a_share = Decimal(description="80, if not said")
    b_share = Decimal(description="95, if not said")
    x_limit = Decimal(description="10, if not said")
    y_limit = Decimal(description="25, if not said")
    sub_period = SubPeriod(description="MONTH, if not said")
    lost_after_days = graphene.Int(description="365, if not said")
    idempotency_key = graphene.String()


class ClassifyClientsPayload(Payload):
    """The run, or what to put right."""

    run = graphene.Field(ClassificationRun)


def _run(services: Services, input: Json) -> Json:
    key = idempotency_key(input)
    given = without_nulls(input)
    if "period" in given:
        given["period"] = {name.rstrip("_"): day for name, day in given["period"].items()}
    return {"run": services.send("reporting", "classify_clients", given, key).result()}


classify_clients = field(
    _run,
    takes=ClassifyClientsInput,
    gives=ClassifyClientsPayload,
    description="Classify the clients by ABC, XYZ and RFM; the run is kept. Needs the scope `classify`.",
)
