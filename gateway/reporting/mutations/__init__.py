"""What can be asked of reporting to put on record."""

from __future__ import annotations

import graphene

from gateway.reporting.mutations.classify_clients import classify_clients
from gateway.reporting.mutations.take_forecast_snapshot import take_forecast_snapshot


class ReportMutations(graphene.ObjectType):
    """Commands to reporting."""

    classify_clients = classify_clients
    take_forecast_snapshot = take_forecast_snapshot
