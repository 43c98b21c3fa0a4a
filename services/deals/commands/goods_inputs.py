"""Goods of an order's lines, as they are put in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.deals.commands.line_inputs import MOST_LINES


@dataclass(frozen=True, kw_only=True)
class GoodsLineInput:
    """So much of a line of an order; the order may be left out where only one is meant."""

    line: int
    quantity: Decimal
    order_id: UUID | None = None


GoodsLines = Annotated[tuple[GoodsLineInput, ...], Field(max_length=MOST_LINES)]
