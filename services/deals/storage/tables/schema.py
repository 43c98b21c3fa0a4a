"""Where the service's tables are gathered."""

from __future__ import annotations

from chassis.store.tables import service_metadata

metadata = service_metadata()
