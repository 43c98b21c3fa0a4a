"""What is loaded by batch from reporting."""

from __future__ import annotations

from chassis.wire import Json
from gateway.execution.loading import Loader, RequestLoaders


class ReportLoaders(RequestLoaders):
    """Figures that belong to things."""

    def profiles(self, arguments: Json) -> Loader:
        """Profiles of clients by partner."""
        return self.pages_of("reporting", "client_profiles", "partner_ids", arguments, values="profiles")
