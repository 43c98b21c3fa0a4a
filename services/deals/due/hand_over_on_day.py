"""Hand deals over on the day that was set for it."""

from __future__ import annotations

from dataclasses import replace

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.store.timers import Due
from chassis.wire import parse
from services.deals.commands.hand_over_deals import HandOverDeals, hand_over_deals


def hand_over_on_day(due: Due, tx: Transaction) -> None:
    """Hand over, on behalf of who asked for it, what the manager has in progress by then."""
    command = parse(HandOverDeals, due.data["command"])
    tx.actor = Actor.from_claims(due.data["actor"])
    hand_over_deals(replace(command, on=None), tx, tx.actor)
