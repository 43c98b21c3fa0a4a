"""Obligations (обязательство): who owes what by when, and what has been fulfilled of it on which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from services.deals.domain.kinds import FULFILMENT, OBLIGATION


class Debtor(StrEnum):
    """Who owes."""

    CLIENT = "CLIENT"
    US = "US"


class ObligationKind(StrEnum):
    """What is owed: money, goods, or papers that come back."""

    PAYMENT = "PAYMENT"
    SHIPMENT = "SHIPMENT"
    DOCUMENTS = "DOCUMENTS"


class ObligationStatus(StrEnum):
    """How an obligation stands."""

    OPEN = "OPEN"
    FULFILLED = "FULFILLED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """From what an obligation follows: an order's line or instalment, a shipment; from nothing where it is by hand."""

    order_id: UUID | None = None
    line: int | None = None
    shipment_id: UUID | None = None
    instalment: int | None = None

    @property
    def by_hand(self) -> bool:
        """Whether somebody registered it, and no document did."""
        return self == Origin()


@dataclass(frozen=True, kw_only=True)
class Fulfilment:
    """What a payment or shipment fulfils of an obligation, on which day; less than zero takes as much of that back.

    `source_id` is the payment or the shipment, None where somebody said so.
    """

    id: UUID
    obligation_id: UUID
    size: int
    fulfilled_on: date
    source_id: UUID | None


class ObligationChange(StrEnum):
    """What happened to an obligation."""

    REGISTERED = "REGISTERED"
    CHANGED = "CHANGED"
    """It is more or less that is owed."""
    FULFILLED = "FULFILLED"
    """A part of it, or all."""
    REOPENED = "REOPENED"
    """A part that was fulfilled is so no more."""
    RESCHEDULED = "RESCHEDULED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class ObligationFact:
    """A fact about an obligation, as it stood right after; `sequence` is its version then."""

    change: ObligationChange
    sequence: int
    size: int
    fulfilled: int
    due_on: date
    status: ObligationStatus
    fulfilment: Fulfilment | None = None
    previous_due_on: date | None = None


@dataclass(kw_only=True)
class Obligation:
    """What is owed: `size` is in minor units of `currency`, or without a currency in millionths of a quantity.

    What is fulfilled is what its fulfilments add up to; they are only ever added to. `fresh` facts are not told yet.
    """

    id: UUID
    deal_id: UUID
    debtor: Debtor
    kind: ObligationKind
    size: int
    currency: str | None
    due_on: date
    original_due_on: date
    origin: Origin = field(default_factory=Origin)
    note: str | None = None
    version: int = 0
    cancelled: bool = False
    fulfilments: list[Fulfilment] = field(default_factory=list)
    fresh: list[ObligationFact] = field(default_factory=list)

    @classmethod
    def register(
        cls,
        *,
        deal_id: UUID,
        debtor: Debtor,
        kind: ObligationKind,
        size: int,
        currency: str | None,
        due_on: date,
        origin: Origin | None = None,
        note: str | None = None,
    ) -> Obligation:
        """Make an obligation of which nothing is fulfilled yet."""
        made = cls(
            id=new_id(OBLIGATION),
            deal_id=deal_id,
            debtor=debtor,
            kind=kind,
            size=size,
            currency=currency,
            due_on=due_on,
            original_due_on=due_on,
            origin=origin or Origin(),
            note=note,
        )
        made._add(ObligationChange.REGISTERED)
        return made

    @property
    def fulfilled(self) -> int:
        """How much is fulfilled."""
        return sum(one.size for one in self.fulfilments)

    @property
    def left(self) -> int:
        """How much is still owed."""
        return 0 if self.cancelled else self.size - self.fulfilled

    @property
    def status(self) -> ObligationStatus:
        """How it stands."""
        if self.cancelled:
            return ObligationStatus.CANCELLED
        return ObligationStatus.OPEN if self.left else ObligationStatus.FULFILLED

    def from_source(self, source_id: UUID | None) -> int:
        """Tell how much of it a payment or shipment fulfils."""
        return sum(one.size for one in self.fulfilments if one.source_id == source_id)

    def fulfil(self, size: int, *, on: date, source_id: UUID | None) -> None:
        """Fulfil a part; there must be as much left."""
        if not 0 < size <= self.left:
            raise ValueError(f"{size} of {self.left} cannot be fulfilled")
        self._enter(ObligationChange.FULFILLED, size, on, source_id)

    def fulfil_by_hand(self, size: int, *, on: date) -> None:
        """Fulfil a part because somebody says so; raise Refused where a document of the deal has to say it."""
        if self.status is not ObligationStatus.OPEN:
            raise refuse("NOT_OPEN", f"the obligation is {self.status.lower()}; nothing of it is left", "obligation")
        if self.kind is ObligationKind.PAYMENT and self.debtor is Debtor.CLIENT:
            raise refuse(
                "PAYMENT_REQUIRED", "what a client owes in money is fulfilled by a payment; register that", "obligation"
            )
        if self.kind is ObligationKind.SHIPMENT and not self.origin.by_hand:
            raise refuse(
                "SHIPMENT_REQUIRED", "what an order promises is fulfilled by a shipment; register that", "obligation"
            )
        if size > self.left:
            field = "amount" if self.currency else "quantity"
            raise refuse("MORE_THAN_OWED", "more than what is left of the obligation cannot be fulfilled", field)
        self.fulfil(size, on=on, source_id=None)

    def cancel_by_hand(self) -> None:
        """Owe no more what somebody had registered; raise Refused where it follows from a document."""
        if self.cancelled:
            raise refuse("NOT_OPEN", "the obligation is cancelled already", "obligation")
        if not self.origin.by_hand:
            raise refuse(
                "FOLLOWS_FROM_DOCUMENT", "it follows from a document of the deal; change or cancel that", "obligation"
            )
        self.cancel()

    def take_back(self, size: int, source_id: UUID | None) -> int:
        """Take back what a source fulfilled, up to a size, what was fulfilled last first; give how much that is."""
        by_day: dict[date, int] = {}
        for one in self.fulfilments:
            if one.source_id == source_id:
                by_day[one.fulfilled_on] = by_day.get(one.fulfilled_on, 0) + one.size
        taken = 0
        for day in sorted(by_day, reverse=True):
            part = min(by_day[day], size - taken)
            if part > 0:
                self._enter(ObligationChange.REOPENED, -part, day, source_id)
                taken += part
        return taken

    def reschedule(self, due_on: date) -> None:
        """Agree on another day; the original one stays on record, and punctuality is measured by it."""
        if self.status is not ObligationStatus.OPEN:
            message = f"the obligation is {self.status.lower()}; only an open one can be put off"
            raise refuse("NOT_OPEN", message, "obligation")
        if due_on == self.due_on:
            raise refuse("SAME_DAY", f"the obligation is due on {due_on} already", "dueOn")
        before, self.due_on = self.due_on, due_on
        self._add(ObligationChange.RESCHEDULED, previous_due_on=before)

    def resize(self, size: int) -> None:
        """Let it be more or less that is owed; what is fulfilled beyond that is taken back, none at all cancels it."""
        if size == self.size or self.cancelled:
            return
        self.release_to(size)
        if size == 0:
            self.cancel()
            return
        self.size = size
        self._add(ObligationChange.CHANGED)

    def cancel(self) -> None:
        """Owe it no more: what was fulfilled of it is taken back."""
        if self.cancelled:
            return
        self.release_to(0)
        self.cancelled = True
        self._add(ObligationChange.CANCELLED)

    def release_to(self, size: int, first: UUID | None = None) -> None:
        """Take back what is fulfilled beyond a size: of one source first, then of the others, the newest first."""
        newest = dict.fromkeys(one.source_id for one in reversed(list(self.fulfilments)))
        for source_id in sorted(newest, key=lambda source: source != first):
            excess = self.fulfilled - size
            if excess > 0:
                self.take_back(excess, source_id)

    def _enter(self, change: ObligationChange, size: int, on: date, source_id: UUID | None) -> None:
        entry = Fulfilment(
            id=new_id(FULFILMENT), obligation_id=self.id, size=size, fulfilled_on=on, source_id=source_id
        )
        self.fulfilments.append(entry)
        self._add(change, fulfilment=entry)

    def _add(
        self, change: ObligationChange, fulfilment: Fulfilment | None = None, previous_due_on: date | None = None
    ) -> None:
        self.version += 1
        self.fresh.append(
            ObligationFact(
                change=change,
                sequence=self.version,
                size=self.size,
                fulfilled=self.fulfilled,
                due_on=self.due_on,
                status=self.status,
                fulfilment=fulfilment,
                previous_due_on=previous_due_on,
            )
        )
