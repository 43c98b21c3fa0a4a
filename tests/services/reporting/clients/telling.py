"""Builders of what other services tell of clients: proposals, goods, obligations, payments, wishes, satisfaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.ids import new_id
from tests.services.reporting.world import Told, at

PROPOSAL, SHIPMENT, RETURN, ORDER, SUPPLIER_ORDER, PAYMENT, OBLIGATION, PREFERENCE, INTEREST, ANSWER, RATE = (
    0x218, 0x204, 0x205, 0x220, 0x221, 0x222, 0x224, 0x131, 0x111, 0x310, 0x240,
)  # fmt: skip


def money(amount: str, *, base: bool = True) -> dict[str, str | None]:
    """An amount in dollars, which are the base currency, or in euros without a rate."""
    return {"amount": amount, "currency": "USD" if base else "EUR", "base": amount if base else None}


def told(
    type: str,
    subject: UUID,
    sequence: int,
    when: str | datetime,
    data: dict[str, Any],
    *,
    recorded: datetime | None = None,
    source: str = "deals",
) -> Told:
    """An event of one of the services."""
    moment = at(when) if isinstance(when, str) else when
    return Told(
        source=source, type=type, subject=subject, sequence=sequence, occurred_at=moment, recorded_at=recorded or moment,
        data=data,
    )  # fmt: skip


@dataclass
class Paper:
    """A document of a deal that tells more than once: each telling has the next sequence."""

    kind: int
    deal_id: UUID
    told: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = new_id(self.kind)

    def tell(self, type: str, when: str | datetime, recorded: datetime | None = None, **data: Any) -> Paper:
        data = {"deal_id": self.deal_id, "partner_id": None, "manager_id": None, "process_id": None, **data}
        self.told.append(told(type, self.id, len(self.told) + 1, when, data, recorded=recorded))
        return self


class Offer(Paper):
    """A proposal with its versions."""

    def __init__(self, deal_id: UUID) -> None:
        super().__init__(PROPOSAL, deal_id)
        self.sent_at: dict[int, datetime] = {}

    def send(self, when: str | datetime, version: int = 1, recorded: datetime | None = None) -> Offer:
        self.sent_at[version] = at(when) if isinstance(when, str) else when
        return self._of("proposal.sent", when, version, recorded)

    def respond(
        self, when: str | datetime, response: str, version: int = 1, recorded: datetime | None = None, **more: Any
    ) -> Offer:
        answer = {"response": response, "reason": None, "competitor_id": None, "deferred_until": None, **more}
        return self._of("proposal.responded", when, version, recorded, **answer)

    def supersede(self, when: str | datetime, version: int = 1, recorded: datetime | None = None) -> Offer:
        return self._of("proposal.superseded", when, version, recorded)

    def _of(self, type: str, when: Any, version: int, recorded: datetime | None, **more: Any) -> Offer:
        self.tell(
            type, when, recorded, proposal_id=self.id, proposal_version=version, sent_at=self.sent_at[version],
            valid_until="2027-01-01", amount=money("10.00"), **more,
        )  # fmt: skip
        return self


def goods(order_id: UUID, line: int, product: str, quantity: str, amount: str) -> dict[str, Any]:
    """So much of a line of an order."""
    return {"order_id": order_id, "line": line, "product": product, "quantity": quantity, "amount": amount}


def shipment(
    deal_id: UUID,
    when: str | datetime,
    lines: Sequence[dict[str, Any]],
    total: dict[str, Any] | None,
    *,
    recorded: datetime | None = None,
    sequence: int = 1000,
) -> Told:
    """Goods that left; its sequence is the deal's, as the deal is what it is about."""
    shipment_id = new_id(SHIPMENT)
    data = {"deal_id": deal_id, "shipment_id": shipment_id, "shipped_amount": total, "lines": lines, "complete": False}
    return told("shipment.registered", deal_id, sequence, when, data, recorded=recorded)


def came_back(
    deal_id: UUID,
    when: str | datetime,
    lines: Sequence[dict[str, Any]],
    total: dict[str, Any],
    *,
    recorded: datetime | None = None,
) -> Told:
    """Goods that came back."""
    return_id = new_id(RETURN)
    data = {"deal_id": deal_id, "return_id": return_id, "amount": total, "lines": lines}
    return told("return.registered", return_id, 1, when, data, recorded=recorded)


class Bought(Paper):
    """A supplier order for lines of a customer order."""

    def __init__(self, deal_id: UUID) -> None:
        super().__init__(SUPPLIER_ORDER, deal_id)

    def place(
        self, when: str | datetime, lines: Sequence[dict[str, Any]], total: Any, recorded: datetime | None = None
    ) -> Bought:
        self._of("supplier_order.placed", when, lines, total, recorded)
        return self

    def cancel(
        self, when: str | datetime, lines: Sequence[dict[str, Any]], total: Any, recorded: datetime | None = None
    ) -> Bought:
        self._of("supplier_order.cancelled", when, lines, total, recorded)
        return self

    def _of(self, type: str, when: Any, lines: Sequence[dict[str, Any]], total: Any, recorded: Any) -> None:
        self.tell(type, when, recorded, supplier_order_id=self.id, amount=total, lines=lines)


class Duty(Paper):
    """An obligation, as its service tells of it."""

    def __init__(
        self, deal_id: UUID, due_on: str | date, size: dict[str, Any] | None, *, kind: str = "PAYMENT", debtor: str = "CLIENT"
    ) -> None:  # fmt: skip
        super().__init__(OBLIGATION, deal_id)
        due = str(due_on)
        self.now: dict[str, Any] = {
            "obligation_id": self.id, "order_id": None, "shipment_id": None, "debtor": debtor, "kind": kind,
            "status": "OPEN", "amount": size, "quantity": None if size else "1", "due_on": due, "original_due_on": due,
        }  # fmt: skip

    def owe(self, when: str | datetime, recorded: datetime | None = None) -> Duty:
        return self._is("obligation.registered", when, recorded)

    def change(self, when: str | datetime, size: dict[str, Any], recorded: datetime | None = None) -> Duty:
        self.now["amount"] = size
        return self._is("obligation.changed", when, recorded)

    def put_off(self, when: str | datetime, due_on: str | date, recorded: datetime | None = None) -> Duty:
        self.now["due_on"] = str(due_on)
        return self._is("obligation.rescheduled", when, recorded)

    def cancel(self, when: str | datetime, recorded: datetime | None = None) -> Duty:
        self.now["status"] = "CANCELLED"
        return self._is("obligation.cancelled", when, recorded)

    def fulfil(
        self, when: str | datetime, size: str, on: str | date, recorded: datetime | None = None, *, back: bool = False
    ) -> Duty:
        type = "obligation.reopened" if back else "obligation.fulfilled"
        return self._is(type, when, recorded, size=size, fulfilled_on=str(on))

    def _is(self, type: str, when: str | datetime, recorded: datetime | None, **more: Any) -> Duty:
        self.tell(type, when, recorded, **self.now, **more)
        return self


class Paid(Paper):
    """A payment."""

    def __init__(self, deal_id: UUID, amount: dict[str, Any]) -> None:
        super().__init__(PAYMENT, deal_id)
        self.amount = amount

    def register(self, when: str | datetime, recorded: datetime | None = None) -> Paid:
        self.tell("payment.registered", when, recorded, payment_id=self.id, amount=self.amount)
        return self

    def reverse(self, when: str | datetime, recorded: datetime | None = None) -> Paid:
        self.tell("payment.reversed", when, recorded, payment_id=self.id, amount=self.amount)
        return self


def preference(
    partner_id: UUID, when: str | datetime, first: str, end: str | None = None, value: str = "steel", weight: str = "0.5"
) -> Told:  # fmt: skip
    """What a partner prefers."""
    id = new_id(PREFERENCE)
    data = {
        "preference_id": id, "partner_id": partner_id, "kind": "CATEGORY", "key": value, "weight": weight,
        "source": "STATED", "valid_from": first, "valid_to": end,
    }  # fmt: skip
    return told("preference.registered", id, 1, when, data, source="contacts")


def ended(one: Told, when: str | datetime, on: str) -> Told:
    """The same preference, which holds until a day."""
    data = {name: one.data[name] for name in ("preference_id", "partner_id", "kind", "key")}
    return told("preference.ended", one.subject, 2, when, {**data, "valid_to": on}, source="contacts")


def interest(partner_id: UUID, when: str | datetime, amount: Any = None, *, recorded: datetime | None = None) -> Told:
    """What a partner asks for."""
    id = new_id(INTEREST)
    data = {"interest_id": id, "partner_id": partner_id, "source": None, "amount": amount}
    return told("interest.registered", id, 1, when, data, source="contacts", recorded=recorded)


def closed(one: Told, when: str | datetime, status: str, recorded: datetime | None = None) -> Told:
    """What became of it."""
    data = {"interest_id": one.subject, "partner_id": one.data["partner_id"], "status": status}
    return told("interest.closed", one.subject, 2, when, data, source="contacts", recorded=recorded)


def asked(partner_id: UUID, when: str | datetime, about: UUID, recorded: datetime | None = None, **more: Any) -> Told:
    """That a client is asked how satisfied they are."""
    id = new_id(ANSWER)
    data = {"request_id": id, "about_kind": "DEAL", "about_id": about, "partner_id": partner_id, "respondent_id": None}
    data |= {"scale": "CSAT", **more}
    return told("satisfaction.requested", id, 1, when, data, source="claims", recorded=recorded)


def answered(
    partner_id: UUID, when: str | datetime, about: UUID, score: int, recorded: datetime | None = None, **more: Any
) -> Told:
    """How satisfied they are."""
    id = new_id(ANSWER)
    data = {"response_id": id, "about_kind": "DEAL", "about_id": about, "partner_id": partner_id, "respondent_id": None}
    data |= {"scale": "CSAT", "request_id": None, "score": score, "low": False, **more}
    return told("satisfaction.recorded", id, 1, when, data, source="claims", recorded=recorded)


def rate(on: date, value: str, recorded: datetime, *, currency: str = "EUR") -> Told:
    """A currency's rate of a day, in dollars."""
    rate_id = new_id(RATE)
    data = {"rate_id": rate_id, "currency": currency, "base_currency": "USD", "rate_on": on, "rate": value}
    return told("exchange_rate.registered", rate_id, 1, recorded, data)
