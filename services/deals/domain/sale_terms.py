"""Sale terms (условия продажи): on what a client buys; while they are effective the client is classified."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from chassis.errors import Problem, Refused, refuse
from chassis.ids import new_id
from chassis.money import Money, minor_digits
from services.deals.domain.kinds import SALE_TERMS
from services.deals.domain.lines import Line, Totals
from services.deals.domain.payment_schedule import Instalment, schedule_problems
from services.deals.domain.percent import percent_problems

EARLIEST = 1900
"""The first year in which terms may begin."""


class DeliveryTerms(StrEnum):
    """The rules of Incoterms 2020: who carries the goods how far, and who bears what on the way."""

    EXW = "EXW"
    FCA = "FCA"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CIF = "CIF"
    CPT = "CPT"
    CIP = "CIP"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"


@dataclass(frozen=True, kw_only=True)
class TermsContent:
    """What is agreed; `valid_to` is the last day, None is without end.

    `discount_percent` is the discount agreed on, `max_discount_percent` the most that a proposal may give.
    """

    currency: str
    valid_from: date
    valid_to: date | None = None
    name: str | None = None
    price_type: str | None = None
    discount_percent: Decimal | None = None
    max_discount_percent: Decimal | None = None
    payment_schedule: tuple[Instalment, ...] = ()
    delivery_terms: DeliveryTerms | None = None
    minimum_sum: Decimal | None = None

    def problems(self) -> list[Problem]:
        """Say everything that is wrong with it."""
        return [
            *_currency(self.currency, self.minimum_sum),
            *_validity(self.valid_from, self.valid_to),
            *percent_problems("a discount", self.discount_percent, "INVALID_DISCOUNT", "discountPercent"),
            *percent_problems("a discount", self.max_discount_percent, "INVALID_DISCOUNT", "maxDiscountPercent"),
            *schedule_problems(self.payment_schedule),
        ]


@dataclass(frozen=True, kw_only=True)
class SaleTerms:
    """TYPICAL terms are for a segment; INDIVIDUAL ones for a partner or, with `deal_id`, for one deal of theirs."""

    id: UUID
    content: TermsContent
    version: int = 1
    partner_id: UUID | None = None
    deal_id: UUID | None = None
    segment_id: UUID | None = None

    @classmethod
    def register(
        cls,
        content: TermsContent,
        *,
        partner_id: UUID | None = None,
        deal_id: UUID | None = None,
        segment_id: UUID | None = None,
    ) -> SaleTerms:
        """Make new terms; raise Refused, naming everything that is wrong with them."""
        problems = content.problems()
        if problems:
            raise Refused(*problems)
        return cls(
            id=new_id(SALE_TERMS), content=content, partner_id=partner_id, deal_id=deal_id, segment_id=segment_id
        )

    @property
    def minimum(self) -> Money | None:
        """The least that is sold at once on these terms."""
        content = self.content
        return None if content.minimum_sum is None else Money.of(content.minimum_sum, content.currency)

    def close(self, last_day: date) -> SaleTerms:
        """End the terms earlier; raise Refused if they end no later already."""
        until = self.content.valid_to
        if until is not None and until <= last_day:
            raise refuse("ALREADY_CLOSED", f"the terms end on {until} already", "lastDay")
        return replace(self, content=replace(self.content, valid_to=last_day), version=self.version + 1)

    def require_kept(self, lines: Sequence[Line]) -> None:
        """Raise Refused, naming the lines, where an offer is in another currency, or gives more than may be given."""
        problems = [problem for place, line in enumerate(lines) for problem in self._breaches(line, str(place))]
        if problems:
            raise Refused(*problems)

    def require_minimum(self, totals: Totals, field: str) -> None:
        """Raise Refused, for a field of the input, if what is sold comes to less than the minimum sum."""
        minimum = self.minimum
        if minimum is not None and minimum.currency == totals.currency and totals.gross < minimum.minor:
            message = f"the sale terms in force ask for {minimum.amount} {minimum.currency} at least; this is less"
            raise refuse("BELOW_MINIMUM_SUM", message, field)

    def _breaches(self, line: Line, place: str) -> Iterable[Problem]:
        most = self.content.max_discount_percent
        if line.price.currency != self.content.currency:
            yield Problem(
                code="CURRENCY_MISMATCH",
                message=f"the sale terms in force are in {self.content.currency}, this line in {line.price.currency}",
                field=("lines", place, "price", "currency"),
            )
        if most is not None and line.discount_percent is not None and line.discount_percent > most:
            yield Problem(
                code="DISCOUNT_ABOVE_TERMS",
                message=f"the sale terms in force allow a discount of {most} percent; register other terms to give more",
                field=("lines", place, "discountPercent"),
            )


def most_specific(terms: Iterable[SaleTerms]) -> SaleTerms | None:
    """Choose among terms that are all in force: a deal's own, else the client's, else typical ones; the newest of these."""
    return max(terms, key=_weight, default=None)


def _weight(terms: SaleTerms) -> tuple[bool, bool, date, UUID]:
    return terms.deal_id is not None, terms.partner_id is not None, terms.content.valid_from, terms.id


def _currency(currency: str, minimum_sum: Decimal | None) -> tuple[Problem, ...]:
    try:
        minor_digits(currency)
    except Refused as error:
        return error.problems
    if minimum_sum is None:
        return ()
    try:
        minimum = Money.of(minimum_sum, currency)
    except Refused as error:
        return tuple(replace(problem, field=("minimumSum",)) for problem in error.problems)
    if minimum.minor < 0:
        return (Problem(code="INVALID_AMOUNT", message="a minimum sum is nothing or more", field=("minimumSum",)),)
    return ()


def _validity(valid_from: date, valid_to: date | None) -> tuple[Problem, ...]:
    if valid_from.year < EARLIEST:
        message = f"terms begin in the year {EARLIEST} or later; {valid_from} is before that"
        return (Problem(code="INVALID_VALIDITY", message=message, field=("validFrom",)),)
    if valid_to is None or valid_from <= valid_to:
        return ()
    message = f"the last day, {valid_to}, is before the first, {valid_from}"
    return (Problem(code="INVALID_VALIDITY", message=message, field=("validTo",)),)
