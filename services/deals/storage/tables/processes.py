"""Sales processes and the lists that go with them."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.deals.storage.tables.schema import metadata

processes = sa.Table(
    "processes",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.String(50), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("russian_name", sa.String(200), nullable=False),
    sa.Column("control", sa.String(20), nullable=False),
    sa.Column("won_by", sa.String(20), nullable=False),
    sa.Column("stages", Json, nullable=False, doc="in the order of their ranks; a published process never changes"),
    sa.Column("published_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("key", "version"),
)


loss_reasons = sa.Table(
    "loss_reasons",
    metadata,
    sa.Column("key", sa.String(50), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("russian_name", sa.String(200), nullable=False),
    sa.Column("place", sa.Integer, nullable=False, doc="its place in the list"),
    sa.Column("retired_at", UtcDateTime, doc="since when it is not given any more"),
)


process_drafts = sa.Table(
    "process_drafts",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.String(50), nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False, doc="of the draft: each change raises it"),
    sa.Column("based_on", sa.Uuid, doc="the published version that it began as a copy of"),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("russian_name", sa.String(200), nullable=False),
    sa.Column("control", sa.String(20), nullable=False),
    sa.Column("won_by", sa.String(20), nullable=False),
    sa.Column("stages", Json, nullable=False, doc="in their order; nothing is checked yet"),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("changed_by", sa.String(200), nullable=False),
)
