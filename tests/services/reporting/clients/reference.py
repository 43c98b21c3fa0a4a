"""The figures of clients once more, plain and slow, written from their definitions: lists of events, one question at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from statistics import median
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.services.reporting.reference import Deal, known, ratio, within
from tests.services.reporting.world import Told

_DAY = timedelta(days=1)
_MICROSECONDS = 86_400_000_000


@dataclass(frozen=True)
class Story:
    """All that was told of deals (each a history), of their papers, and of partners."""

    deals: Sequence[Sequence[Told]]
    papers: Sequence[Told]
    of_partners: Sequence[Told]
    merged: dict[UUID, UUID]
    """Partners that turned out to be others."""
    rates: Sequence[Told] = ()


@dataclass(frozen=True)
class Seen:
    """What is known of a client as of a moment."""

    deals: list[Deal]
    papers: list[Told]
    wishes: list[Told]
    as_of: datetime
    known_at: datetime | None
    zone: ZoneInfo
    rates: list[Told]

    def in_base(self, event: Told, amount: dict[str, Any] | None, part: str | None = None) -> Fraction | None:
        """What of a document's money is in the base currency: at the rate of its day, whenever that came."""
        if amount is None:
            return None
        exact = Fraction(part if part is not None else amount["amount"])
        day = event.occurred_at.astimezone(self.zone).date()
        until = [one for one in self.rates if one.data["rate_on"] <= day and one.data["currency"] == amount["currency"]]
        if until:
            return exact * Fraction(max(until, key=lambda one: (one.data["rate_on"], one.recorded_at)).data["rate"])
        return exact if amount["base"] is not None else None

    @property
    def today(self) -> date:
        return self.as_of.astimezone(self.zone).date()

    def of(self, *types: str) -> list[Told]:
        return sorted((one for one in self.papers if one.type in types), key=lambda one: one.sequence)


def see(story: Story, partner: UUID, as_of: datetime, known_at: datetime | None, zone: ZoneInfo) -> Seen:
    """What had happened with a client by a moment, as far as it was recorded by another."""
    one = {partner, story.merged.get(partner, partner)}
    one |= {old for old, new in story.merged.items() if new in one}

    def is_known(event: Told) -> bool:
        return known_at is None or event.recorded_at <= known_at

    # what was voided is out of all; no deal of these stories is merged
    deals = [deal for deal in known(story.deals, as_of, known_at) if deal.last["partner_id"] in one]
    ids = {deal.facts[0].subject for deal in deals}
    return Seen(
        deals=deals,
        papers=[p for p in story.papers if p.data["deal_id"] in ids and p.occurred_at <= as_of and is_known(p)],
        wishes=[p for p in story.of_partners if p.data["partner_id"] in one and is_known(p)],
        as_of=as_of,
        known_at=known_at,
        zone=zone,
        rates=[rate for rate in story.rates if is_known(rate)],
    )


# 1. reactions


def reactions(seen: Seen, period: dict[str, str] | None) -> dict[str, Any]:
    last: dict[tuple[UUID, int], Told] = {}
    for event in seen.of("proposal.sent", "proposal.responded", "proposal.superseded"):
        last[event.subject, event.data["proposal_version"]] = event
    sent = [one for one in last.values() if within(one.data["sent_at"], period, seen.zone)]
    names = ["accepted", "rejected", "counter_offer", "deferred", "no_answer"]
    counts = {name: sum(one.data.get("response") == name.upper() for one in sent) for name in names}
    answers = [one for one in sent if one.data.get("response") not in (None, "NO_ANSWER")]
    took = [(one.occurred_at - one.data["sent_at"]) // timedelta(microseconds=1) for one in answers]
    return {
        "sent": len(sent),
        **counts,
        "awaited": sum(one.type == "proposal.sent" for one in sent),
        "superseded": sum(one.type == "proposal.superseded" for one in sent),
        "acceptance": ratio(counts["accepted"], sum(counts.values())),
        "answered": len(answers),
        "median_latency_days": median(took) / _MICROSECONDS if took else None,
    }


# 2. satisfaction


def satisfaction(seen: Seen, period: dict[str, str] | None) -> dict[str, Any]:
    happened = [one for one in seen.wishes if one.occurred_at <= seen.as_of]
    answers = [one for one in happened if one.type == "satisfaction.recorded"]

    def key(one: Told) -> tuple[Any, ...]:
        return one.data["about_id"], one.data["respondent_id"], one.data["scale"]

    counting = [
        one
        for one in answers
        if one
        is max((o for o in answers if key(o) == key(one)), key=lambda o: (o.occurred_at, o.recorded_at, o.subject))
        and within(one.occurred_at, period, seen.zone)
    ]
    asked = [
        one for one in happened if one.type == "satisfaction.requested" and within(one.occurred_at, period, seen.zone)
    ]
    met = {one.data["request_id"] for one in answers}
    months = sorted({one.occurred_at.astimezone(seen.zone).strftime("%Y-%m") for one in counting})
    return {
        **_scores(counting),
        "response_rate": ratio(sum(one.subject in met for one in asked), len(asked)),
        "trend": [
            {
                "month": month,
                **_scores([o for o in counting if o.occurred_at.astimezone(seen.zone).strftime("%Y-%m") == month]),
            }
            for month in months
        ],
    }


def _scores(answers: Sequence[Told]) -> dict[str, Any]:
    csat = [one.data["score"] for one in answers if one.data["scale"] == "CSAT"]
    nps = [one.data["score"] for one in answers if one.data["scale"] == "NPS"]
    return {
        "csat": ratio(len([s for s in csat if s in (4, 5)]), len(csat)),
        "nps": ratio(len([s for s in nps if s in (9, 10)]) - len([s for s in nps if s <= 6]), len(nps)),
    }


# 3. preferences and drift


def preferences(seen: Seen) -> set[tuple[str, str]]:
    holds = set()
    for one in seen.wishes:
        if one.type != "preference.registered":
            continue
        ends = [e.data["valid_to"] for e in seen.wishes if e.type == "preference.ended" and e.subject == one.subject]
        end = ends[0] if ends else one.data["valid_to"]
        if one.data["valid_from"] <= str(seen.today) and (end is None or str(seen.today) < end):
            holds.add((str(one.subject), one.data["key"]))
    return holds


def drift(seen: Seen, earlier: dict[str, str], later: dict[str, str]) -> dict[str, Any]:
    before, after = _spend(seen, earlier), _spend(seen, later)
    none, value = Fraction(0), None
    if sum(before.values()) and sum(after.values()):
        shares = [
            abs(before.get(c, none) / sum(before.values()) - after.get(c, none) / sum(after.values()))
            for c in before.keys() | after.keys()
        ]
        value = sum(shares, Fraction(0)) / 2
    return {"value": float(value) if value is not None else None, "earlier": before, "later": after}


def _spend(seen: Seen, period: dict[str, str]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for sale in sales(seen):
        if sale.base is not None and sale.product is not None and within(sale.at, period, seen.zone):
            found[sale.product] += sale.base
    return {product: amount for product, amount in found.items() if amount > 0}


# 4. punctuality


@dataclass(frozen=True)
class Duty:
    """An obligation as its events add up."""

    events: Sequence[Told]
    seen: Seen

    @property
    def newest(self) -> Told:
        return max(self.events, key=lambda one: one.sequence)

    @property
    def last(self) -> dict[str, Any]:
        return self.newest.data

    @property
    def size(self) -> Fraction:
        amount = self.last["amount"]
        return Fraction(amount["amount"] if amount else self.last["quantity"])

    @property
    def weight(self) -> Fraction | None:
        if self.last["kind"] == "DOCUMENTS":
            return Fraction(self.last["quantity"])
        return self.seen.in_base(self.newest, self.last["amount"])

    @property
    def parts(self) -> dict[date, Fraction]:
        parts: dict[date, Fraction] = defaultdict(Fraction)
        for event in self.events:
            if event.type in ("obligation.fulfilled", "obligation.reopened"):
                sign = 1 if event.type == "obligation.fulfilled" else -1
                parts[date.fromisoformat(event.data["fulfilled_on"])] += sign * Fraction(event.data["size"])
        return parts

    @property
    def left(self) -> Fraction:
        return self.size - sum(self.parts.values())

    @property
    def original(self) -> date:
        return date.fromisoformat(self.last["original_due_on"])


def duties(seen: Seen, debtor: str, kind: str) -> list[Duty]:
    by_id: dict[UUID, list[Told]] = defaultdict(list)
    for event in seen.papers:
        if event.type.startswith("obligation."):
            by_id[event.subject].append(event)
    found = [Duty(events, seen) for events in by_id.values()]
    return [
        one
        for one in found
        if (one.last["debtor"], one.last["kind"]) == (debtor, kind) and one.last["status"] != "CANCELLED"
    ]


def punctuality(
    seen: Seen, debtor: str, kind: str, period: dict[str, str] | None, grace: int, unit: Callable[[Fraction], str]
) -> dict[str, Any]:
    first, end = (period or {}).get("from") or "", (period or {}).get("to") or "9"
    owed = duties(seen, debtor, kind)
    late_now = [one for one in owed if one.left > 0 and date.fromisoformat(one.last["due_on"]) < seen.today]
    due = [one for one in owed if one.original + grace * _DAY < seen.today and first <= str(one.original) < end]
    total = on_time = late = Fraction(0)
    for one in due:
        weight = one.weight or Fraction(0)
        total += weight
        for day, part in [*one.parts.items(), (seen.today, one.left)]:
            days = (day - one.original).days
            on_time += weight * part / one.size * (days <= grace)
            late += weight * part / one.size * max(0, days)
    return {
        "debtor": debtor,
        "kind": kind,
        "obligations": sum(one.weight is not None for one in due),
        "on_time": shares(on_time, total, unit),
        "days_late": shares(late, total, unit),
        "overdue": len(late_now),
        "overdue_amount": unit(sum(((one.weight or 0) * one.left / one.size for one in late_now), Fraction(0))),
        "unconverted": sum(one.weight is None and (one in late_now or one in due) for one in owed),
    }


# 5. income


@dataclass(frozen=True)
class Sold:
    """What was sold, or came back."""

    order: UUID
    at: datetime
    product: str | None
    base: Fraction | None
    cost: Fraction | None
    back: bool


def sales(seen: Seen) -> list[Sold]:
    found = []
    for deal in seen.deals:
        goods = _goods(seen, deal.facts[0].subject)
        if goods:
            found += [_sold(seen, goods, event, line) for event, line in goods]
        elif deal.outcome == "WON" and deal.end is not None:
            products = deal.last["products"]
            found.append(
                Sold(
                    order=deal.facts[0].subject,
                    at=deal.end.occurred_at,
                    product=products[0] if len(products) == 1 else None,
                    base=None if deal.is_unconverted else deal.base,
                    cost=None,
                    back=False,
                )
            )
    return found


def _goods(seen: Seen, deal_id: UUID) -> list[tuple[Told, dict[str, Any]]]:
    found = []
    for event in seen.of("shipment.registered", "return.registered"):
        if event.data["deal_id"] == deal_id:
            found += [(event, line) for line in event.data["lines"]]
    return found


def _sold(seen: Seen, goods: list[tuple[Told, dict[str, Any]]], event: Told, line: dict[str, Any]) -> Sold:
    back = event.type == "return.registered"
    sign = -1 if back else 1
    total = event.data["amount"] if back else event.data["shipped_amount"]
    unit = _unit_cost(seen, goods, event.data["deal_id"], line["order_id"], line["line"])
    base = seen.in_base(event, total, line["amount"])
    return Sold(
        order=line["order_id"],
        at=event.occurred_at,
        product=line["product"],
        base=sign * base if base is not None else None,
        cost=sign * cents(unit * Fraction(line["quantity"])) if unit is not None else None,
        back=back,
    )


def _unit_cost(
    seen: Seen, goods: list[tuple[Told, dict[str, Any]]], deal_id: UUID, order_id: UUID, line: int
) -> Fraction | None:
    """What a unit cost, where all that the client kept was bought at known prices."""
    bought = here = cost = Fraction(0)
    for event in seen.of("supplier_order.placed", "supplier_order.cancelled"):
        if event.data["deal_id"] != deal_id:
            continue
        for one in event.data["lines"]:
            if (one["order_id"], one["order_line"]) != (order_id, line):
                continue
            if event.type == "supplier_order.cancelled":
                here -= Fraction(one["quantity"])
                continue
            paid = seen.in_base(event, event.data["amount"], one["amount"])
            if paid is None:
                return None
            bought += Fraction(one["quantity"])
            here += Fraction(one["quantity"])
            cost += paid
    kept = Fraction(0)
    for event, one in goods:
        if (one["order_id"], one["line"]) == (order_id, line):
            kept += Fraction(one["quantity"]) * (-1 if event.type == "return.registered" else 1)
    return cost / bought if bought and here >= kept else None


def realised(seen: Seen, period: dict[str, str] | None) -> dict[str, Any]:
    sold = [one for one in sales(seen) if within(one.at, period, seen.zone)]
    revenue = sum((one.base for one in sold if one.base is not None), Fraction(0))
    costed = [one for one in sold if one.base is not None and one.cost is not None]
    none = Fraction(0)
    costed_revenue = sum((one.base or none for one in costed), none)
    margin = costed_revenue - sum((one.cost or none for one in costed), none)
    payments: dict[UUID, Told] = {event.subject: event for event in seen.of("payment.registered", "payment.reversed")}
    stand = [seen.in_base(one, one.data["amount"]) for one in payments.values() if one.type == "payment.registered"]
    return {
        "revenue": dollars(revenue),
        "orders": len({one.order for one in sold if not one.back}),
        "unconverted": sum(one.base is None for one in sold),
        "margin": dollars(margin) if costed else None,
        "margin_rate": shares(margin, costed_revenue, dollars),
        "cost_known": shares(costed_revenue, revenue, dollars),
        "paid": dollars(sum((base for base in stand if base is not None), Fraction(0))),
        "paid_unconverted": stand.count(None),
    }


def potential(seen: Seen, chance: Fraction) -> dict[str, Any]:
    """What may come; every stage of every process of these stories has one chance."""
    deals = [deal for deal in seen.deals if deal.outcome == "IN_PROGRESS"]
    amount = sum((deal.base for deal in deals), Fraction(0))
    asked = []
    for one in seen.wishes:
        if one.type == "interest.registered" and one.occurred_at <= seen.as_of:
            ends = [
                e.data["status"]
                for e in seen.wishes
                if e.type == "interest.closed" and e.subject == one.subject and e.occurred_at <= seen.as_of
            ]
            asked.append((ends[0] if ends else "OPEN", one.data["amount"]))
    unmet = [amount for status, amount in asked if status != "MET"]
    in_dollars = [Fraction(one["amount"]) for one in unmet if one and one["currency"] == "USD"]
    return {
        "open_deals": len(deals),
        "open_amount": dollars(amount),
        "weighted_amount": dollars(amount * chance),
        "unconverted": sum(deal.is_unconverted for deal in deals),
        "without_amount": sum(deal.last["amount"] is None for deal in deals),
        "without_probability": 0,
        "demand_open": sum(status == "OPEN" for status, _ in asked),
        "demand_unmet": sum(status == "UNMET" for status, _ in asked),
        "demand_amount": dollars(sum(in_dollars, Fraction(0))),
        "demand_unconverted": sum(one is not None and one["currency"] != "USD" for one in unmet),
    }


def shares(numerator: Fraction, denominator: Fraction, unit: Callable[[Fraction], str]) -> dict[str, Any]:
    value = float(numerator / denominator) if denominator else None
    return {"value": value, "numerator": unit(numerator), "denominator": unit(denominator)}


def cents(amount: Fraction) -> Fraction:
    """To whole cents, halves away from zero."""
    whole = (abs(amount) * 200 + 1) // 2
    return Fraction(whole, 100) * (1 if amount >= 0 else -1)


def dollars(amount: Fraction) -> str:
    rounded = cents(amount) * 100
    sign, whole = "-" if rounded < 0 else "", abs(rounded.numerator)
    return f"{sign}{whole // 100}.{whole % 100:02}"


def sets(count: Fraction) -> str:
    """Papers are whole sets here."""
    assert count.denominator == 1
    return str(count.numerator)
