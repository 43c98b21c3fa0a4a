"""The tables of reporting: what was heard, kept as facts, and what follows from it."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.tables import service_metadata
from chassis.store.types import Json, UtcDateTime

metadata = service_metadata()

_OUTCOME = sa.String(11)
_KEY = sa.String(100)


def _standing() -> list[sa.Column[object]]:
    """Give the columns in which facts and deals tell the same."""
    return [
        sa.Column("process_id", sa.Uuid, nullable=False),
        sa.Column("process_key", _KEY, nullable=False),
        sa.Column("manager_id", sa.Uuid),
        sa.Column("partner_id", sa.Uuid),
        sa.Column("currency", sa.String(3)),
        sa.Column("amount_minor", sa.BigInteger),
        sa.Column("base_minor", sa.BigInteger),
        sa.Column("loss_reason", _KEY),
        sa.Column("competitor_id", sa.Uuid),
    ]


deal_facts = sa.Table(
    "deal_facts",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    *_standing(),
    sa.Column("stage", _KEY),
    sa.Column("rank", sa.Integer),
    sa.Column(
        "highest_stage", _KEY, doc="where the deal goes on in another process: the furthest that it reached there"
    ),
    sa.Column("highest_rank", sa.Integer),
    sa.Column("products", Json, nullable=False),
    sa.Index(None, "occurred_at"),
)
"""Append-only: every fact of every deal, with the deal as its service told it to be after the fact."""

deal_states = sa.Table(
    "deal_states",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, nullable=False, doc="of the newest fact"),
    *_standing(),
    sa.Column("outcome", _OUTCOME, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("closed_month", sa.String(7), doc="2017-03, in the business time zone"),
    sa.Column("cycle", sa.BigInteger, doc="of a won deal, microseconds from its creation to its close"),
    sa.Column("stage", _KEY, doc="of a lost deal, the one it was lost at"),
    sa.Column("highest_stage", _KEY),
    sa.Column("highest_rank", sa.Integer, nullable=False),
    sa.Column("counted", sa.Boolean, nullable=False, doc="neither voided nor merged into another one"),
    sa.Column(
        "entered", sa.Text, nullable=False, doc="the stages the deal was ever at: a JSON list, sorted, to group by"
    ),
    sa.Column(
        "stages", Json, nullable=False, doc="[[stage, first entered at, dwell of ended visits in microseconds, since]]"
    ),
    sa.Index(None, "process_key", "created_at"),
    sa.Index(None, "outcome", "closed_at"),
)
"""Each deal as its facts add up; `manager_id` is whom it is credited to: its owner, of a closed deal the one at the close."""

deal_products = sa.Table(
    "deal_products",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("product", sa.String(200), primary_key=True, index=True),
)
"""What each deal is about now."""

processes = sa.Table(
    "processes",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("key", _KEY, nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("stages", Json, nullable=False, doc="[[key, rank], …]"),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Every version of every sales process."""

manager_facts = sa.Table(
    "manager_facts",
    metadata,
    sa.Column("manager_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("team_id", sa.Uuid),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Append-only: the team of each manager, after each change of the manager."""

team_facts = sa.Table(
    "team_facts",
    metadata,
    sa.Column("team_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("parent_id", sa.Uuid),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Append-only: the parent of each team, after each change of the team."""

partners = sa.Table(
    "partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("source", sa.String(200), index=True),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Where each partner came from: said once, as the partner is registered."""

merged_partners = sa.Table(
    "merged_partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("into_id", sa.Uuid, index=True),
)
"""Into which partner each was merged, as of now; NULL: not any more."""

claim_facts = sa.Table(
    "claim_facts",
    metadata,
    sa.Column("claim_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("deal_id", sa.Uuid),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("severity", sa.String(10), nullable=False),
    sa.Index(None, "kind", "occurred_at"),
)
"""Append-only: every fact of every claim."""

interaction_facts = sa.Table(
    "interaction_facts",
    metadata,
    sa.Column("interaction_id", sa.Uuid, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("automatic", sa.Boolean, nullable=False),
    sa.Column("corrects_id", sa.Uuid, index=True),
    sa.Index(None, "occurred_at"),
)
"""Append-only: every interaction that took place, in a row for each manager who took part, in one for none."""

interaction_subjects = sa.Table(
    "interaction_subjects",
    metadata,
    sa.Column("interaction_id", sa.Uuid, primary_key=True),
    sa.Column("thing_id", sa.Uuid, primary_key=True),
)
"""Append-only: the partners and deals that each interaction was about."""

task_facts = sa.Table(
    "task_facts",
    metadata,
    sa.Column("task_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("is_open", sa.Boolean, nullable=False),
    sa.Column("due_at", UtcDateTime),
    sa.Column("assignee_id", sa.Uuid),
    sa.Column("deal_id", sa.Uuid),
    sa.Column("partner_id", sa.Uuid),
    sa.Index(None, "due_at"),
)
"""Append-only: each task as it stood after each of its events."""

PROJECTIONS = (
    deal_facts, deal_states, deal_products, processes, manager_facts, team_facts, partners, merged_partners, claim_facts,
    interaction_facts, interaction_subjects, task_facts,
)  # fmt: skip
