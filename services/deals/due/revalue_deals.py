"""Give deals the base amounts that rates which came later ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chassis.actor import SYSTEM
from chassis.store.database import Transaction
from chassis.store.timers import Due
from chassis.wire import parse
from services.deals.events import revaluation_told
from services.deals.storage.deals import Deals
from services.deals.storage.exchange_rates import REVALUE_DEALS

BATCH = 100


@dataclass(frozen=True, kw_only=True)
class Revaluation:
    """Which deals: those in a currency whose rate is of a moment or later; `after` says how far it has come."""

    currency: str
    since: datetime
    after_moment: datetime | None = None
    after_number: int = 0


def revalue_deals(due: Due, tx: Transaction) -> None:
    """Work out anew the base amounts of the next deals, tell of those that are others, and go on where there are more."""
    wanted = parse(Revaluation, due.data)
    deals = Deals(tx, SYSTEM)
    after = (wanted.after_moment, wanted.after_number) if wanted.after_moment else None
    found, end = deals.valued_since(wanted.currency, wanted.since, after=after, limit=BATCH)
    for deal in found:
        if deal.revalue():
            deals.save(deal)
            tx.emit(revaluation_told(deal))
    if end is not None:
        moment, number = end
        data = {
            "currency": wanted.currency,
            "since": wanted.since,
            "after_moment": moment,
            "after_number": number,
        }
        tx.schedule(REVALUE_DEALS, due.key, tx.now, data)
