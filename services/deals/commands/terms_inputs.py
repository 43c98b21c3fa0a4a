"""What commands about sale terms take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.deals.commands.inputs import ListKey, ListName
from services.deals.domain.payment_schedule import Basis, Instalment
from services.deals.domain.sale_terms import DeliveryTerms, TermsContent


@dataclass(frozen=True, kw_only=True)
class InstalmentInput:
    """A part of what is to be paid, and when."""

    percent: Decimal
    offset_days: int
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class TermsInput:
    """What is agreed; `minimum_sum` is in the currency of the terms, `replaces_id` names terms that these put an end to."""

    currency: str
    valid_from: date
    valid_to: date | None = None
    name: ListName | None = None
    price_type: ListKey | None = None
    discount_percent: Decimal | None = None
    max_discount_percent: Decimal | None = None
    payment_schedule: Annotated[tuple[InstalmentInput, ...], Field(max_length=50)] = ()
    delivery_terms: DeliveryTerms | None = None
    minimum_sum: Decimal | None = None
    replaces_id: UUID | None = None

    def content(self) -> TermsContent:
        """Give what is agreed to the domain."""
        return TermsContent(
            currency=self.currency,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            name=self.name,
            price_type=self.price_type,
            discount_percent=self.discount_percent,
            max_discount_percent=self.max_discount_percent,
            payment_schedule=tuple(
                Instalment(percent=stage.percent, offset_days=stage.offset_days, basis=stage.basis)
                for stage in self.payment_schedule
            ),
            delivery_terms=self.delivery_terms,
            minimum_sum=self.minimum_sum,
        )
