"""Lines of customer orders, as they are put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.deals.commands.line_inputs import MOST_LINES, LineInput, lines_of
from services.deals.domain.customer_order import NOTHING, WantedLine

MOST_QUANTITY_LINES = 2 * MOST_LINES


@dataclass(frozen=True, kw_only=True)
class OrderLineInput(LineInput):
    """A line of an order; `line` is the number of one that is there already, which it takes the place of."""

    line: int | None = None
    in_stock: Decimal | None = None
    promised_on: date | None = None


OrderLines = Annotated[tuple[OrderLineInput, ...], Field(max_length=MOST_LINES)]


def wanted(given: Sequence[OrderLineInput], *, tax_included: bool) -> tuple[WantedLine, ...]:
    """Make the lines that are wanted; raise Refused with everything that is wrong with any of them."""
    lines = lines_of(given, "lines", tax_included=tax_included)
    return tuple(
        WantedLine(line=line, number=one.line, in_stock=one.in_stock or NOTHING, promised_on=one.promised_on)
        for line, one in zip(lines, given, strict=True)
    )
