"""Of when a report speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""The moment of what has not come."""

NEVER = datetime(1, 1, 2, tzinfo=UTC)
"""A moment before all others."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Of when a report speaks: what happened until `as_of`, as far as it was recorded by `known_at` (None: by now).

    That a deal was registered by mistake, or twice, is true of every moment as soon as it is known.
    """

    as_of: datetime
    known_at: datetime | None = None
    is_now: bool = False
    """Whether it is asked for as now, of which counts are kept up."""

    def until(
        self, table: sa.FromClause, timeless: sa.ColumnElement[bool] | None = None
    ) -> list[sa.ColumnElement[bool]]:
        """Give the conditions on a table of facts; `timeless` are those that count whenever they are known."""
        happened = table.c.occurred_at <= self.as_of
        return [happened if timeless is None else sa.or_(happened, timeless), *self.known(table)]

    def known(self, table: sa.FromClause) -> list[sa.ColumnElement[bool]]:
        """Give the condition on a table of facts that they had been recorded."""
        return [table.c.recorded_at <= self.known_at] if self.known_at is not None else []


def is_last(
    facts: sa.FromClause, subject: str, known: Callable[[sa.FromClause], Iterable[sa.ColumnElement[bool]]]
) -> sa.ColumnElement[bool]:
    """Say that no fact of its subject that is known is later than a fact.

    Joined to the largest sequence of each subject PostgreSQL takes facts for a few, and looks at all for each.
    """
    later = (facts.element if isinstance(facts, sa.Alias) else facts).alias()
    return ~sa.exists().where(later.c[subject] == facts.c[subject], later.c.sequence > facts.c.sequence, *known(later))
