"""Why deals are lost, and to whom: how many, how much, and at which stages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from services.reporting.domain.ratio import Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class LossCell:
    """Deals lost for one reason, or to one competitor, at a stage of a version; amounts are minor units."""

    key: str | None
    process_id: UUID
    process_key: str
    stage: str | None
    deals: int
    base: int
    unconverted: int


@dataclass(slots=True, kw_only=True)
class Lost:
    """So many deals lost, and their amount; `unconverted` counts the deals whose amount is left out for want of a rate."""

    deals: int = 0
    base: int = 0
    unconverted: int = 0

    def add(self, cell: LossCell) -> None:
        """Count a cell."""
        self.deals += cell.deals
        self.base += cell.base
        self.unconverted += cell.unconverted


@dataclass(slots=True, kw_only=True)
class LostAt:
    """What was lost at a stage of a process; `process_id` is a version that has it."""

    process_id: UUID
    stage: str | None
    lost: Lost = field(default_factory=Lost)


@dataclass(slots=True, kw_only=True)
class LossRow:
    """What was lost under one key, and where."""

    key: str | None
    lost: Lost = field(default_factory=Lost)
    stages: dict[tuple[str, str | None], LostAt] = field(default_factory=dict)

    def share(self, of: Lost) -> Ratio:
        """Give the share of the number of all."""
        return Ratio(numerator=self.lost.deals, denominator=of.deals)

    def amount_share(self, of: Lost) -> Ratio:
        """Give the share of the amount of all."""
        return Ratio(numerator=self.lost.base, denominator=of.base)


@dataclass(slots=True, kw_only=True)
class Losses:
    """All that was lost, in a row for each key: the most deals first, of as many the larger amount."""

    total: Lost
    rows: list[LossRow]


def losses(cells: Iterable[LossCell]) -> Losses:
    """Add cells up."""
    total, rows = Lost(), dict[str | None, LossRow]()
    for cell in cells:
        row = rows.setdefault(cell.key, LossRow(key=cell.key))
        place = cell.process_key, cell.stage
        at = row.stages.setdefault(place, LostAt(process_id=cell.process_id, stage=cell.stage))
        at.process_id = max(at.process_id, cell.process_id)
        for lost in (total, row.lost, at.lost):
            lost.add(cell)
    ordered = sorted(rows.values(), key=lambda row: (-row.lost.deals, -row.lost.base, row.key is None, row.key or ""))
    for row in ordered:
        places = sorted(row.stages, key=lambda one: (-row.stages[one].lost.deals, one[0], one[1] or ""))
        row.stages = {place: row.stages[place] for place in places}
    return Losses(total=total, rows=ordered)
