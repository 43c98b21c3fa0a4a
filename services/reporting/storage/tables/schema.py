"""Where the service's tables are gathered, and what their columns share."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.tables import service_metadata

metadata = service_metadata()

KEY = sa.String(100)
"""Keys of stages, processes, reasons."""
