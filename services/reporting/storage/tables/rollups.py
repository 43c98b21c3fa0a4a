"""Counts that are kept up as facts come, so that a figure costs the same however many deals there are.

Of each there is one for every span of time (all of it, a year, a quarter, a month), and for each manager and for all of
them together. Nothing is kept that is zero: the rows follow from the facts alone, in whatever order these came.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.stage_counts import StageCounts
from services.reporting.domain.spread import BRANCHES
from services.reporting.storage.tables.schema import KEY, metadata

NOBODY = UUID(int=0)
"""Stands for deals without a manager."""

EVERYBODY = UUID(int=2**128 - 1)
"""Stands for all managers together, and nobody."""

UNDER_WAY = "open"
"""The span of what is in progress, which lies in no time."""

_SPAN = sa.String(7)
_ROOM = {"fillfactor": 60}  # rows change in place, and no index of theirs does


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


funnel_counts = sa.Table(
    "funnel_counts",
    metadata,
    sa.Column("process_key", KEY, primary_key=True),
    sa.Column("span", _SPAN, primary_key=True, doc="of the deals' creation"),
    sa.Column("credited", sa.Uuid, primary_key=True),
    sa.Column("process_id", sa.Uuid, primary_key=True),
    sa.Column("stage", KEY, primary_key=True, doc="empty: none"),
    *(_count(name) for name in StageCounts._fields),
    postgresql_with=_ROOM,
)
"""What deals count for at each stage of each version."""

outcome_counts = sa.Table(
    "outcome_counts",
    metadata,
    sa.Column("dimension", sa.String(11), primary_key=True, doc="empty: all, LOSS_REASON, PRODUCT"),
    sa.Column("span", _SPAN, primary_key=True, doc="of the deals' effective close; of those in progress: open"),
    sa.Column("credited", sa.Uuid, primary_key=True),
    sa.Column("process_key", KEY, primary_key=True),
    sa.Column("value", sa.String(201), primary_key=True, doc="of the dimension: = and the value; empty: none"),
    sa.Column("outcome", sa.String(11), primary_key=True),
    _count("deals"),
    _count("base"),
    _count("unconverted"),
    postgresql_with=_ROOM,
)
"""Outcomes, also by what each deal may have several of or none."""

interaction_counts = sa.Table(
    "interaction_counts",
    metadata,
    sa.Column("span", _SPAN, primary_key=True, doc="of when they took place"),
    sa.Column("credited", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(10), primary_key=True),
    sa.Column("direction", sa.String(10), primary_key=True),
    _count("interactions"),
    postgresql_with=_ROOM,
)
"""In how many interactions between people managers took part."""

claim_counts = sa.Table(
    "claim_counts",
    metadata,
    sa.Column("span", _SPAN, primary_key=True, doc="of their resolution, or first answer"),
    sa.Column("credited", sa.Uuid, primary_key=True),
    *(_count(name) for name in ("claims", "with_target", "in_time", "answered", "answered_in_time")),
    postgresql_with=_ROOM,
)
"""How many claims managers resolved, and how many with a target they answered: those by the moment of the first answer."""

task_counts = sa.Table(
    "task_counts",
    metadata,
    sa.Column("span", _SPAN, primary_key=True, doc="of when they are due"),
    sa.Column("credited", sa.Uuid, primary_key=True),
    sa.Column("process_key", KEY, primary_key=True, doc="of their deal; empty: none"),
    _count("tasks"),
    _count("in_time"),
    _count("late"),
    postgresql_with=_ROOM,
)
"""How many tasks managers have to do (`tasks`), of no deal or of one in progress, and have done by when they were due or later."""

cycle_counts = sa.Table(
    "cycle_counts",
    metadata,
    sa.Column("knot", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("credited", sa.Uuid, primary_key=True),
    sa.Column("span", _SPAN, primary_key=True, doc="of the deals' effective close"),
    sa.Column("process_key", KEY, primary_key=True),
    *(_count(f"branch_{branch}") for branch in range(BRANCHES)),
    _count("seconds"),
    _count("micros"),
    postgresql_with=_ROOM,
)
"""How many won deals' cycles lie in each branch of each knot (see domain/spread); at the root also their sum, in two parts."""

response_counts = sa.Table(
    "response_counts",
    metadata,
    sa.Column("knot", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("credited", sa.Uuid, primary_key=True),
    sa.Column("span", _SPAN, primary_key=True, doc="of when the client began to wait"),
    *(_count(f"branch_{branch}") for branch in range(BRANCHES)),
    _count("waiting"),
    postgresql_with=_ROOM,
)
"""How many waits that ended lie in each branch of each knot; at the root also how many have not ended."""

hand_over_counts = sa.Table(
    "hand_over_counts",
    metadata,
    sa.Column("span", _SPAN, primary_key=True, doc="of the hand-over"),
    sa.Column("credited", sa.Uuid, primary_key=True),
    sa.Column("process_key", KEY, primary_key=True),
    *(_count(f"{way}_{what}") for way in ("handed", "taken") for what in ("deals", "base", "unconverted")),
    postgresql_with=_ROOM,
)
"""How many deals managers handed to others and took over, and what these were worth then."""
