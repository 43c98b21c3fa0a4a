"""Deals: their facts, and where each stands."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.reporting.storage.tables.schema import KEY, metadata

_OUTCOME = sa.String(11)
_IRREGULAR = sa.text("irregular")
_GONE = sa.text("kind IN ('VOIDED', 'MERGED')")


def _standing() -> list[sa.Column[object]]:
    """Give the columns in which facts and deals tell the same."""
    return [
        sa.Column("process_id", sa.Uuid, nullable=False),
        sa.Column("process_key", KEY, nullable=False),
        sa.Column("manager_id", sa.Uuid),
        sa.Column("partner_id", sa.Uuid),
        sa.Column("currency", sa.String(3)),
        sa.Column("amount_minor", sa.BigInteger),
        sa.Column("base_minor", sa.BigInteger),
        sa.Column("loss_reason", KEY),
        sa.Column("competitor_id", sa.Uuid),
        sa.Column("planned_start_on", sa.Date),
        sa.Column("expected_close_on", sa.Date),
        sa.Column("probability", sa.String(6), doc="of winning it, 0 to 1; NULL: that of its stage"),
    ]


def _clock() -> list[sa.Column[object]]:
    """Give the columns that tell how long a deal in progress is at its stage."""
    return [
        sa.Column(
            "dwelling_since", UtcDateTime, doc="the earlier by how long it was there before; NULL: time stands still"
        ),
        sa.Column("dwelt", sa.BigInteger, doc="where time stands still: microseconds"),
    ]


NAMES_PARTNER = sa.text("kind IN ('OPENED', 'CHANGED')")
"""The facts by which a deal gets its partner, to find it by; a statement says it in the same words to use the index."""

TURNS = sa.text("kind IN ('WON', 'LOST', 'REOPENED')")
"""The facts that close deals and open them again, to count them by; to be said in the same words, too."""

deal_facts = sa.Table(
    "deal_facts",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    *_standing(),
    sa.Column("stage", KEY),
    sa.Column("rank", sa.Integer),
    sa.Column(
        "highest_stage", KEY, doc="where the deal goes on in another process: the furthest that it reached there"
    ),
    sa.Column("highest_rank", sa.Integer),
    sa.Column("products", Json, nullable=False),
    sa.Index(None, "occurred_at"),
    sa.Index(None, "partner_id", postgresql_where=NAMES_PARTNER, sqlite_where=NAMES_PARTNER),
    sa.Index(
        "ix_deal_facts_turns",
        "kind",
        "occurred_at",
        "deal_id",
        "recorded_at",
        postgresql_where=TURNS,
        sqlite_where=TURNS,
    ),
    sa.Index("ix_deal_facts_gone", "kind", "deal_id", "sequence", postgresql_where=_GONE, sqlite_where=_GONE),
)
"""Append-only: every fact of every deal, with the deal as its service told it to be after the fact."""

deal_states = sa.Table(
    "deal_states",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, nullable=False, doc="of the newest fact"),
    sa.Column("occurred_at", UtcDateTime, nullable=False, doc="of the newest fact"),
    sa.Column("recorded_at", UtcDateTime, nullable=False, doc="of the newest fact"),
    *_standing(),
    sa.Column("outcome", _OUTCOME, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("closed_month", sa.String(7), doc="2017-03, in the business time zone"),
    sa.Column("cycle", sa.BigInteger, doc="of a won deal, microseconds from its creation to its close"),
    sa.Column(
        "cycle_cell", sa.Integer, doc="where the cycle of a deal that counts lies among others: see domain/spread"
    ),
    sa.Column("stage", KEY, doc="of a lost deal, the one it was lost at"),
    sa.Column("highest_stage", KEY),
    sa.Column("highest_rank", sa.Integer, nullable=False),
    sa.Column("products", Json, nullable=False),
    sa.Column("held", sa.Boolean, nullable=False),
    sa.Column("counted", sa.Boolean, nullable=False, doc="neither voided nor merged into another one"),
    *_clock(),
    sa.Column("active_at", UtcDateTime, nullable=False, doc="when something last happened to it"),
    sa.Column("touched", sa.Boolean, nullable=False, doc="more happened to it since it began than a change"),
    sa.Column("irregular", sa.Boolean, nullable=False, doc="its facts lie otherwise in time than in their order"),
    sa.Column(
        "entered", sa.Text, nullable=False, doc="the stages the deal was ever at: a JSON list, sorted, to group by"
    ),
    sa.Column(
        "stages",
        Json,
        nullable=False,
        doc="[[stage, first entered at, dwell of ended visits in microseconds, since, sequence of the fact that ended it]]",
    ),
    sa.Index(None, "process_key", "created_at"),
    sa.Index(None, "outcome", "closed_at"),
    sa.Index("ix_deal_states_irregular", "deal_id", postgresql_where=_IRREGULAR, sqlite_where=_IRREGULAR),
    sa.Index(
        "ix_deal_states_cycle_cell",
        "cycle_cell",
        "manager_id",
        "cycle",
        "closed_at",
        "process_key",
        postgresql_where=sa.text("cycle_cell IS NOT NULL"),
        sqlite_where=sa.text("cycle_cell IS NOT NULL"),
    ),
)
"""Each deal as its facts add up; `manager_id` is whom it is credited to: its owner, of a closed deal the one at the close."""

deal_products = sa.Table(
    "deal_products",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("product", sa.String(200), primary_key=True, index=True),
)
"""What each deal is about now."""

deal_stays = sa.Table(
    "deal_stays",
    metadata,
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column(
        "until_occurred_at", UtcDateTime, nullable=False, doc="of the fact since which it is not so; FOREVER: none"
    ),
    sa.Column("until_recorded_at", UtcDateTime, nullable=False),
    sa.Column("dwell", sa.BigInteger, nullable=False, doc="of all visits, microseconds"),
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False, doc="of the fact that ended it"),
    sa.Column("stage", KEY, primary_key=True),
)
"""How long each deal had been at a stage of its process when it left it, or was closed there."""

deal_moments = sa.Table(
    "deal_moments",
    metadata,
    # what every row has comes first: PostgreSQL finds it without looking at what is before
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("next_occurred_at", UtcDateTime, nullable=False, doc="of the next fact; FOREVER: there is none"),
    sa.Column("next_recorded_at", UtcDateTime, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("standing_id", sa.BigInteger, nullable=False),
    sa.Column("base_minor", sa.BigInteger, nullable=False, doc="0: none"),
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("unconverted", sa.Boolean, nullable=False),
    sa.Column("closed_month", sa.Integer, doc="counted from the beginning of our era, in the business time zone"),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("cycle", sa.BigInteger),
    sa.Column("assortment_id", sa.BigInteger, doc="what the deal was about; NULL: nothing"),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("competitor_id", sa.Uuid),
    sa.Column("currency", sa.String(3)),
    sa.Column("amount_minor", sa.BigInteger),
    sa.Column("planned_start_on", sa.Date),
    sa.Column("expected_close_on", sa.Date),
    sa.Column("probability", sa.String(6)),
    *_clock(),
    sa.Column("active_at", UtcDateTime, doc="NULL: when the fact happened"),
    sa.Column("gone_recorded_at", UtcDateTime, doc="when it became known that the deal does not count; NULL: it does"),
)
"""Where each deal stood after each of its facts, for the deals whose facts came about and became known one after another.

At any moment of the world, with what was known at any other, such a deal stood as one row says: the one that had
happened and was known, and the next had not or was not. Of other deals (deal_states.irregular) the facts are added up.
"""

deal_standings = sa.Table(
    "deal_standings",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False, doc="follows from the other columns"),
    sa.Column("process_id", sa.Uuid, nullable=False),
    sa.Column("process_key", KEY, nullable=False),
    sa.Column("outcome", _OUTCOME, nullable=False),
    sa.Column("stage", KEY),
    sa.Column("highest_stage", KEY),
    sa.Column("loss_reason", KEY),
    sa.Column("entered", sa.Text, nullable=False),
    sa.Column("held", sa.Boolean, nullable=False),
    sa.Column("untouched", sa.Boolean, nullable=False, doc="the deal stood where it began, and nothing had happened"),
    sa.Column("uses", sa.BigInteger, nullable=False, doc="how many rows of deal_moments name it"),
)
"""The ways in which deals stand, once each."""

assortments = sa.Table(
    "assortments",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False, doc="follows from all its products"),
    sa.Column("product", sa.String(200), primary_key=True, index=True),
)
"""The sets of products that facts tell of."""
