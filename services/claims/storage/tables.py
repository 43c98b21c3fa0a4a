"""The tables of claims; of what other services own, copies of as much as is needed to say who may see a claim."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from chassis.store.tables import service_metadata
from chassis.store.types import BigId, Json, UtcDateTime
from services.claims.domain.severity import Severity

metadata = service_metadata()

_RANKED = list(Severity)


class SeverityRank(sa.TypeDecorator[Severity]):
    """A severity as its rank, so that the database sorts it."""

    impl = sa.SmallInteger
    cache_ok = True

    @property
    def python_type(self) -> type[Severity]:
        """Tell what the column's values are in Python."""
        return Severity

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> Any:
        """Store the rank, from 1."""
        return None if value is None else _RANKED.index(Severity(value)) + 1

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Severity | None:
        """Read the rank."""
        return None if value is None else _RANKED[value - 1]


claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("partner_id", sa.Uuid, nullable=False),
    sa.Column("deal_id", sa.Uuid),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("description", sa.Text),
    sa.Column("severity", SeverityRank, nullable=False),
    sa.Column("cause", sa.String(20), nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("assignee_id", sa.Uuid),
    sa.Column("registered_at", UtcDateTime, nullable=False),
    sa.Column("last_fact_at", UtcDateTime, nullable=False),
    sa.Column("resolved_at", UtcDateTime),
    sa.Column("resolution", sa.Text),
    sa.Column("root_cause", sa.String(20)),
    sa.Column("products", Json, nullable=False, server_default="[]"),
    sa.Column("imported", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("policy_id", sa.Uuid, doc="NULL: no clock was set"),
    sa.Column("warn_at_percent", sa.SmallInteger),
    sa.Column(
        "first_response_target", sa.Integer, doc="seconds of business time, as the policy has it at the severity"
    ),
    sa.Column("first_response_due_at", UtcDateTime),
    sa.Column("first_responded_at", UtcDateTime),
    sa.Column("first_response_seconds", sa.Integer, doc="business time"),
    sa.Column("resolution_target", sa.Integer, doc="seconds of business time"),
    sa.Column("resolution_due_at", UtcDateTime, doc="NULL also while the clock stands still before it"),
    sa.Column("resolution_seconds", sa.Integer, nullable=False, server_default="0", doc="spent by the last fact"),
    sa.Column("pauses", Json, nullable=False, server_default="[]", doc="of the resolution's clock: kind, from, to"),
    sa.Column("times_reopened", sa.Integer, nullable=False, server_default="0"),
    sa.Column("escalations", Json, nullable=False, server_default="[]", doc="reason, seconds of the target"),
    sa.Index(None, "registered_at", "id"),
    sa.Index(None, "resolution_due_at", "id"),
    sa.Index(None, "severity", "registered_at", "id"),
    sa.Index(None, "partner_id", "registered_at", "id"),
    sa.Index(None, "deal_id", "registered_at", "id"),
    sa.Index(None, "assignee_id", "registered_at", "id"),
)

# one row, locked by whoever registers until the commit: no number is given twice, on either database
numbers = sa.Table(
    "numbers",
    metadata,
    sa.Column("series", sa.String(20), primary_key=True),
    sa.Column("last", sa.BigInteger, nullable=False),
)

partners = sa.Table(
    "partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("manager_id", sa.Uuid, index=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
)

merged_partners = sa.Table(
    "merged_partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("into_id", sa.Uuid, index=True, doc="NULL: not merged any more"),
    sa.Column("survivor_id", sa.Uuid, index=True, doc="where such pointers end"),
)

managers = sa.Table(
    "managers",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("team_id", sa.Uuid, index=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
)

deals = sa.Table(
    "deals",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("merged_into_id", sa.Uuid, index=True, doc="registered twice: the deal that survives"),
)

teams = sa.Table(
    "teams",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("parent_id", sa.Uuid),
    sa.Column("head_id", sa.Uuid),
    sa.Column("sequence", sa.BigInteger, nullable=False),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("claim_id", sa.Uuid, sa.ForeignKey("claims.id"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("text", sa.Text, doc="NULL: what was said is with the interaction, or nowhere"),
    sa.Column("interaction_id", sa.Uuid, doc="in contacts, where it was told of there"),
    sa.Column("by_id", sa.Uuid, doc="the manager"),
    sa.Column("answered_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("recorded_by", sa.String(200), nullable=False),
    sa.Index(None, "claim_id", "answered_at", "id"),
    sa.UniqueConstraint("claim_id", "interaction_id"),
)
"""What was said about claims; only ever added to."""

sla_policies = sa.Table(
    "sla_policies",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False, unique=True),
    sa.Column("valid_from", UtcDateTime, nullable=False),
    sa.Column("warn_at_percent", sa.SmallInteger),
    sa.Column("targets", Json, nullable=False, doc="severity: [first response, resolution], seconds of business time"),
    sa.Column("recorded_by", sa.String(200), nullable=False),
)
"""Service levels, a row for each version; a version is never changed."""

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=True),
    sa.Column("claim_id", sa.Uuid, nullable=False),
    sa.Column("version", sa.Integer, nullable=False, doc="of the claim, after the change"),
    sa.Column("field", sa.String(50), doc="as the API names it; NULL: the claim was registered, as `new` tells"),
    sa.Column("old", sa.Text, doc="JSON"),
    sa.Column("new", sa.Text),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("changed_by", sa.String(200), nullable=False),
    sa.Column("correlation_id", sa.String(64)),
    sa.Index(None, "claim_id", "id"),
)
"""The audit: append-only, but for what an erased person's right asks for."""

_SUBJECT = (
    ("subject_kind", sa.String(10), False),
    ("subject_id", sa.Uuid, False),
    ("partner_id", sa.Uuid, True),
    ("deal_id", sa.Uuid, True),
    ("claim_id", sa.Uuid, True),
    ("manager_id", sa.Uuid, True),
    ("respondent_id", sa.Uuid, True),
    ("scale", sa.String(10), False),
)


def _of_satisfaction() -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=nullable) for name, kind, nullable in _SUBJECT]


satisfaction_requests = sa.Table(
    "satisfaction_requests",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    *_of_satisfaction(),
    sa.Column("requested_at", UtcDateTime, nullable=False),
    sa.Column("automatic", sa.Boolean, nullable=False),
    sa.Column("imported", sa.Boolean, nullable=False),
    sa.Column("answered_at", UtcDateTime, doc="NULL: not answered yet"),
    sa.Index(None, "subject_id", "requested_at", "id"),
)

satisfaction_responses = sa.Table(
    "satisfaction_responses",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    *_of_satisfaction(),
    sa.Column("score", sa.SmallInteger, nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("answered_at", UtcDateTime, nullable=False),
    sa.Column("request_id", sa.Uuid),
    sa.Column("imported", sa.Boolean, nullable=False),
    sa.Column("counts", sa.Boolean, nullable=False, doc="the latest of its respondent about its subject, on its scale"),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("recorded_by", sa.String(200), nullable=False),
    sa.Index(None, "subject_id", "answered_at", "id"),
    sa.Index(None, "partner_id", "answered_at", "id"),
    sa.Index(None, "deal_id", "answered_at", "id"),
    sa.Index(None, "respondent_id"),
    sa.Index(None, "answered_at", "id"),
)
"""What clients answered; only ever added to, but for `counts` and what an erased person's right asks for."""
