"""Which partners contacts has merged."""

from __future__ import annotations

import sqlalchemy as sa

from services.deals.storage.tables.schema import metadata

merged_partners = sa.Table(
    "merged_partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column(
        "version", sa.BigInteger, nullable=False, doc="of the partner in contacts, when it was merged or not any more"
    ),
    sa.Column("into_id", sa.Uuid, index=True, doc="the partner that survives; NULL: not merged any more"),
)
