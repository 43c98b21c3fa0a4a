"""What was said with whom, about what; and what is planned."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.contacts.storage.tables.schema import metadata

interactions = sa.Table(
    "interactions",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("direction", sa.String(10), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("title", sa.String(250)),
    sa.Column("text", sa.Text),
    sa.Column("outcome_key", sa.String(50)),
    sa.Column("outcome_text", sa.Text),
    sa.Column("planned_start", UtcDateTime),
    sa.Column("planned_end", UtcDateTime),
    sa.Column("all_day", sa.Boolean, nullable=False),
    sa.Column("time_zone", sa.String(64), doc="the zone that it was planned in"),
    sa.Column("started_at", UtcDateTime),
    sa.Column("duration_seconds", sa.Integer),
    sa.Column("at", UtcDateTime, nullable=False, doc="when it took place, else when it is planned for: lists go by it"),
    sa.Column("automatic", sa.Boolean, nullable=False, doc="written by a machine, not by a human"),
    sa.Column("reviewed_at", UtcDateTime),
    sa.Column("postponed_until", UtcDateTime),
    sa.Column("cancel_reason", sa.String(500)),
    sa.Column("corrects_id", sa.Uuid),
    sa.Column("corrected_by_id", sa.Uuid),
    sa.Column("series_id", sa.Uuid, index=True, doc="the first interaction of the series"),
    sa.Column("series_rule", sa.String(500)),
    sa.Column("series_start", UtcDateTime),
    sa.Column("registered_by", sa.String(200), nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("external_system", sa.String(100)),
    sa.Column("external_id", sa.String(200)),
    sa.Index(None, "at", "id"),
    sa.Index(None, "external_system", "external_id", unique=True),
    sa.Index(None, "corrects_id", unique=True),  # one correction of each: the next one corrects the correction
)

interaction_links = sa.Table(
    "interaction_links",
    metadata,
    sa.Column("interaction_id", sa.Uuid, sa.ForeignKey("interactions.id"), primary_key=True),
    sa.Column("thing_id", sa.Uuid, primary_key=True, doc="a partner, deal, claim, person or manager; its id tells"),
    sa.Column("role", sa.String(10), nullable=False),
    sa.Column("place", sa.Integer, nullable=False, doc="its place among those of its role"),
    sa.Column("at", UtcDateTime, nullable=False, doc="the interaction's, so that one index serves a thing's list"),
    sa.Index(None, "thing_id", "at", "interaction_id"),
)

interaction_guests = sa.Table(
    "interaction_guests",
    metadata,
    sa.Column("interaction_id", sa.Uuid, sa.ForeignKey("interactions.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(250)),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("value", sa.String(700), nullable=False),
    sa.Column("original", sa.String(500), nullable=False),
    sa.Index(None, "value"),  # what was said with this number before anybody knew whose it is
)

interaction_attachments = sa.Table(
    "interaction_attachments",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("interaction_id", sa.Uuid, sa.ForeignKey("interactions.id"), nullable=False, index=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("name", sa.String(250), nullable=False),
    sa.Column("media_type", sa.String(100), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False, doc="bytes"),
    sa.Column("url", sa.String(2000), nullable=False),
    sa.Column("sha256", sa.String(64)),
)

interaction_mentions = sa.Table(
    "interaction_mentions",
    metadata,
    sa.Column("interaction_id", sa.Uuid, sa.ForeignKey("interactions.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("contact_persons.id"), nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False, doc="in characters of the text"),
    sa.Column("end", sa.Integer, nullable=False, doc="the first character that is no part of it"),
)
