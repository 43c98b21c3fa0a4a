"""Outcomes: how many deals are won, lost and in progress, and how much they are worth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.ratio import Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCell:
    """Deals of one key and outcome: how many, their base amount (minor units), how many have none for want of a rate."""

    key: str | None
    outcome: Outcome
    deals: int
    base: int
    unconverted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WonCell:
    """How many deals a manager, or nobody, won in a month, and their amounts (base currency, minor units)."""

    manager_id: UUID | None
    month: int
    deals: int
    base: int
    unconverted: int


@dataclass(slots=True, kw_only=True)
class OutcomeRow:
    """The outcomes under one key; `unconverted` counts the closed deals whose amount is in no sum."""

    key: str | None
    won: int = 0
    lost: int = 0
    in_progress: int = 0
    won_amount: int = 0
    lost_amount: int = 0
    unconverted: int = 0

    @property
    def win_rate(self) -> Ratio:
        """Give the share of the won among the closed."""
        return Ratio(numerator=self.won, denominator=self.won + self.lost)

    @property
    def win_rate_by_amount(self) -> Ratio:
        """Give the share of what was won of the amounts that were closed (minor units)."""
        return Ratio(numerator=self.won_amount, denominator=self.won_amount + self.lost_amount)


def regrouped(
    cells: Iterable[OutcomeCell], keys_of: Callable[[str | None], Collection[str | None]]
) -> Iterator[OutcomeCell]:
    """Give cells under the keys that theirs belong to, under none where there is none; one may count under several."""
    for cell in cells:
        for key in keys_of(cell.key) or (None,):
            yield replace(cell, key=key)


def outcomes(cells: Iterable[OutcomeCell]) -> list[OutcomeRow]:
    """Add cells up, a row for each key, in the order of the keys; what has no key comes last."""
    rows: dict[str | None, OutcomeRow] = {}
    for cell in cells:
        row = rows.setdefault(cell.key, OutcomeRow(key=cell.key))
        if cell.outcome is Outcome.IN_PROGRESS:
            row.in_progress += cell.deals
            continue
        row.unconverted += cell.unconverted
        if cell.outcome is Outcome.WON:
            row.won += cell.deals
            row.won_amount += cell.base
        else:
            row.lost += cell.deals
            row.lost_amount += cell.base
    return sorted(rows.values(), key=lambda row: (row.key is None, row.key or ""))
