"""What each deal counts for in the counts that are kept up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.deals.history import Standing
from services.reporting.domain.deals.stage_counts import stage_counts
from services.reporting.domain.period import month_of
from services.reporting.domain.spread import BRANCHES, cell_of, paths_of
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.rollup import Counts, Key, Rollup
from services.reporting.storage.tables.rollups import UNDER_WAY, cycle_counts, funnel_counts, outcome_counts

_ONE_AT = [tuple(int(place == branch) for place in range(BRANCHES)) for branch in range(BRANCHES)]


class Tally:
    """Gathers how the counts change as deals change."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._funnel = Rollup(funnel_counts)
        self._outcomes = Rollup(outcome_counts)
        self._cycles = Rollup(cycle_counts)

    def change(self, before: Standing | None, after: Standing) -> None:
        """Note how a deal stood, and how it stands now."""
        old, new = before if before and before.counted else None, after if after.counted else None
        self._change_funnel(old, new)
        if _outcome_of(old) != _outcome_of(new):
            self._outcomes.change(self._of_outcome(old), self._of_outcome(new))
            self._cycles.change(self._of_cycle(old), self._of_cycle(new))

    def write(self, connection: sa.Connection) -> None:
        """Write what was gathered."""
        for rollup in (self._funnel, self._outcomes, self._cycles):
            rollup.write(connection)

    def _month(self, instant: datetime) -> str:
        return month_of(instant, self._zone)

    def _change_funnel(self, old: Standing | None, new: Standing | None) -> None:
        # what is entered and stays so, where the deal is counted as before, need not be taken and put again
        stays = old.stages.keys() & new.stages.keys() if old and new and _place_of(old) == _place_of(new) else ()
        if old is not None:
            place = self._funnel.at(self._month(old.created_at), old.manager_id)
            for stage, counts in _of_funnel(old, but=stays):
                place.take((old.process_key, old.process_id, stage or ""), counts, stays=stage in stays)
        if new is not None:
            place = self._funnel.at(self._month(new.created_at), new.manager_id)
            for stage, counts in _of_funnel(new, but=stays):
                place.put((new.process_key, new.process_id, stage or ""), counts)

    def _of_outcome(self, deal: Standing | None) -> dict[Key, Counts]:
        if deal is None:
            return {}
        closed = self._month(deal.closed_at) if deal.closed_at is not None else UNDER_WAY
        counts = (1, deal.base_minor or 0, int(deal.is_unconverted))
        values = [("", ""), (Grouping.LOSS_REASON.value, value_of(deal.loss_reason))]
        values += [(Grouping.PRODUCT.value, value_of(product)) for product in deal.products or (None,)]
        return {
            (closed, deal.manager_id, dimension, deal.process_key, value, deal.outcome.value): counts
            for dimension, value in values
        }

    def _of_cycle(self, deal: Standing | None) -> dict[Key, Counts]:
        if deal is None or deal.cycle_micros is None or deal.closed_at is None:
            return {}
        closed = self._month(deal.closed_at)
        (root, branch), *below = paths_of(cell_of(deal.cycle_micros))
        found = {(closed, deal.manager_id, knot, deal.process_key): (*_ONE_AT[branch], 0, 0) for knot, branch in below}
        total = divmod(deal.cycle_micros, 1_000_000)
        found[closed, deal.manager_id, root, deal.process_key] = (*_ONE_AT[branch], *total)
        return found


def _place_of(deal: Standing) -> tuple[object, ...]:
    """Give what decides where a deal is counted in the funnel."""
    return deal.created_at, deal.manager_id, deal.process_key, deal.process_id


def _outcome_of(deal: Standing | None) -> tuple[object, ...] | None:
    """Give all from which it follows what a deal counts for among outcomes and cycles."""
    if deal is None:
        return None
    return (
        deal.outcome, deal.closed_at, deal.manager_id, deal.process_key, deal.loss_reason, deal.products,
        deal.amount_minor, deal.base_minor, deal.created_at,
    )  # fmt: skip


def _of_funnel(deal: Standing, but: Collection[str]) -> Iterator[tuple[str | None, Counts]]:
    """Give what a deal counts for at each stage, but for having entered some."""
    return stage_counts(
        outcome=deal.outcome,
        highest_stage=deal.highest_stage,
        stage=deal.stage,
        entered=[stage for stage in deal.stages if stage not in but],
        base=deal.base_minor or 0,
        unconverted=int(deal.is_unconverted),
    )


def value_of(value: str | None) -> str:
    """Write what a deal has of a dimension, so that nothing is told from an empty text."""
    return f"={value}" if value is not None else ""


def value_from(written: str) -> str | None:
    """Read what value_of wrote."""
    return written[1:] if written else None
