"""Where the service's tables are gathered, and what they share."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.tables import service_metadata

metadata = service_metadata()


# by code point, as SQLite compares: the same order on both databases, and an index that serves beginnings
SearchText = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
