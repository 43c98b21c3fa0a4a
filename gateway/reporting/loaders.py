"""What is loaded by batch from reporting."""

from __future__ import annotations

from functools import cached_property

from chassis.wire import Json
from gateway.execution.loading import Loader, RequestLoaders


class ReportLoaders(RequestLoaders):
    """Figures that belong to things."""

    @cached_property
    def classification_runs(self) -> Loader:
        """Runs of the classification by id."""
        return self.by_ids("reporting", "classification_runs_by_ids")

    def profiles(self, arguments: Json) -> Loader:
        """Profiles of clients by partner."""
        return self.pages_of("reporting", "client_profiles", "partner_ids", arguments, values="profiles")
