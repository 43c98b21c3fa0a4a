"""What lists of deals are narrowed and sorted by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from chassis.store.paging import Order
from services.deals.domain.transition import Outcome
from services.deals.storage.merged_partners import families
from services.deals.storage.tables import deals

DealOrder = Literal["CREATED_AT", "EXPECTED_CLOSE_ON", "AMOUNT", "NUMBER"]

_WITHOUT_DATE = date(9999, 12, 31)
_LONGEST_SOUGHT = 2_000  # characters
_NUMBER = re.compile(r"(?:d-)?0*(\d{1,15})", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class DealFilter:
    """Which deals: each field narrows further, an absent one does not.

    Merged deals are in no list, voided ones where they are asked for.
    """

    deal_ids: list[UUID] | None = None
    partner_ids: list[UUID] | None = None
    manager_ids: list[UUID] | None = None
    process_ids: list[UUID] | None = None
    outcomes: list[Outcome] | None = None
    stages: list[str] | None = None
    partnerless: bool | None = None
    on_hold: bool | None = None
    include_voided: bool = False

    def following(self, connection: sa.Connection) -> DealFilter:
        """Give the filter with all that are one partner with those it names."""
        if not self.partner_ids:
            return self
        family = families(connection, self.partner_ids)
        return replace(self, partner_ids=sorted(set().union(*family.values())))

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Give the filter in SQL."""
        d = deals.c
        asked: list[tuple[sa.ColumnElement[Any], Sequence[Any] | None]] = [
            (d.id, self.deal_ids),
            (d.partner_id, self.partner_ids),
            (d.manager_id, self.manager_ids),
            (d.process_id, self.process_ids),
            (d.outcome, self.outcomes),
            (d.stage, self.stages),
        ]
        conditions: list[sa.ColumnElement[bool]] = [
            d.merged_into_id.is_(None),
            *(column.in_(values) for column, values in asked if values is not None),
        ]
        if not self.include_voided:
            conditions.append(d.voided_at.is_(None))
        if self.on_hold is not None:
            conditions.append(d.held_since.is_not(None) if self.on_hold else d.held_since.is_(None))
        if self.partnerless is not None:
            conditions.append(d.partner_id.is_(None) if self.partnerless else d.partner_id.is_not(None))
        return conditions


def matching(search: str | None) -> list[sa.ColumnElement[bool]]:
    """Give the condition for deals whose title holds a text, or whose number it is."""
    text = (search or "").replace("\0", "").strip().casefold()
    if not text:
        return []
    if len(text) > _LONGEST_SOUGHT:  # in no title; SQLite refuses such a pattern
        return [sa.false()]
    in_title = deals.c.search_text.contains(text, autoescape=True)
    number = _NUMBER.fullmatch(text)
    return [sa.or_(in_title, deals.c.number == int(number[1])) if number else in_title]


def sorted_by(order: DealOrder, descending: bool) -> list[Order]:
    """Give the columns of an order; those without a date or an amount come as the latest or the smallest."""
    d = deals.c
    first: sa.ColumnElement[Any] | None = None
    match order:
        case "CREATED_AT":
            first = d.created_at
        case "EXPECTED_CLOSE_ON":
            first = sa.func.coalesce(d.expected_close_on, sa.literal(_WITHOUT_DATE, sa.Date), type_=sa.Date)
        case "AMOUNT":
            first = sa.func.coalesce(d.base_minor, sa.literal(-1, sa.BigInteger), type_=sa.BigInteger)
        case "NUMBER":
            pass
    return [Order(column, descending) for column in (first, d.number) if column is not None]
