"""What the money in answers is in the base currency: at the rate of its document's day, also where that came later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from chassis.clock import day_of
from chassis.money import Money
from chassis.store.database import Reading, Transaction
from chassis.wire import Json
from services.deals.storage.exchange_rates import StoredRates


def valued(source: Reading | Transaction, answers: Sequence[Json], day: Callable[[Json], date]) -> Sequence[Json]:
    """Give all money in answers its base amount at the rate in force on the day of each answer, none without a rate.

    Asks the database once, whatever the number of answers.
    """
    found = [(money, day(answer)) for answer in answers for money in _moneys(answer)]
    rates = StoredRates(source)
    rates.prepare({(money["currency"], on) for money, on in found})
    for money, on in found:
        base = rates.base_on(Money.of(Decimal(money["amount"]), money["currency"]), on)
        money["base"] = format(base.amount, "f") if base else None
    return answers


def one_valued(source: Reading | Transaction, answer: Json, day: Callable[[Json], date]) -> Json:
    """Value the money of one answer."""
    return valued(source, [answer], day)[0]


def due_or_today(source: Reading | Transaction) -> Callable[[Json], date]:
    """Give the day at whose rate an obligation is valued: no rate is known of a day to come."""
    today = day_of(source.now, source.enterprise.zone)

    def day(obligation: Any) -> date:
        due: date = obligation["due_on"]
        return min(due, today)

    return day


def _moneys(node: Any) -> Iterator[dict[str, Any]]:
    """Find the money in an answer that has no base amount yet."""
    if isinstance(node, dict):
        if isinstance(node.get("amount"), str) and "currency" in node:
            if node.get("base") is None:
                yield node
            return
        yield from _of_all(node.values())
    elif isinstance(node, list):
        yield from _of_all(node)


def _of_all(nodes: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for one in nodes:
        yield from _moneys(one)
