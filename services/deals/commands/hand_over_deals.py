"""Hand deals over from one manager to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.actor import Actor
from chassis.clock import day_of, midnight
from chassis.errors import Refused, refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json, plain
from services.deals.commands.bulk import LARGEST_BULK, done, refused
from services.deals.domain.deal import Deal
from services.deals.domain.kinds import HAND_OVER as HAND_OVER_KIND
from services.deals.events import change_told
from services.deals.storage.deals import Deals
from services.deals.storage.planned_hand_overs import HAND_OVER, planned_hand_overs


@dataclass(frozen=True, kw_only=True)
class HandOverDeals:
    """Ask that the deals in progress of a manager, or those of them that are named, be another's: today or on a day."""

    from_manager_id: UUID
    to_manager_id: UUID
    deal_ids: Annotated[list[UUID], Field(max_length=LARGEST_BULK)] | None = None
    on: date | None = None


def hand_over_deals(command: HandOverDeals, tx: Transaction, actor: Actor) -> Json:
    """Give deals to another manager, to whom what happens from then on is credited; answer how many, and which not.

    On a day to come nothing changes until that day begins.
    """
    if command.from_manager_id == command.to_manager_id:
        raise refuse("SAME_MANAGER", "the deals are this manager's already; name another one", "toManager")
    today = day_of(tx.now, tx.enterprise.zone)
    if command.on is not None and command.on < today:
        raise refuse("HAND_OVER_IN_PAST", f"{command.on} has passed: deals are handed over today or later", "on")
    if command.on is not None and command.on > today:
        told = {"command": plain(command), "actor": actor.to_claims()}
        planned_id = new_id(HAND_OVER_KIND)
        tx.schedule(HAND_OVER, str(planned_id), midnight(command.on, tx.enterprise.zone), told)
        planned = planned_hand_overs(tx, actor, [planned_id])
        return {"handed_over": 0, "on": command.on, "results": [], "planned": planned[0] if planned else None}
    results = _handed_over(command, tx, actor)
    count = sum(result["status"] == "DONE" for result in results)
    return {"handed_over": count, "on": today, "results": results, "planned": None}


def give_to(manager_id: UUID, handed: Iterable[Deal], deals: Deals, tx: Transaction) -> None:
    """Make deals a manager's, each with its event."""
    for deal in handed:
        changed = deal.change({"manager_id": manager_id})
        if changed:
            deals.save(deal)
            tx.emit(change_told(deal, changed, tx.now))


def _handed_over(command: HandOverDeals, tx: Transaction, actor: Actor) -> list[Json]:
    deals = Deals(tx, actor)
    if command.deal_ids is None:
        all_open = deals.open_of(manager_id=command.from_manager_id)
        give_to(command.to_manager_id, all_open, deals, tx)
        return [done(deal.id) for deal in all_open]
    results: dict[UUID, Json] = {}
    for deal_id in sorted(command.deal_ids):
        try:
            with tx.attempt():
                deal = deals.get(deal_id)
                if deal.manager_id != command.from_manager_id:
                    raise refuse("NOT_THEIR_DEAL", "the deal is not of the manager who hands over", "deals")
                give_to(command.to_manager_id, [deal], deals, tx)
        except Refused as error:
            results[deal_id] = refused(error, deal_id)
        else:
            results[deal_id] = done(deal_id)
    return [results[deal_id] for deal_id in dict.fromkeys(command.deal_ids)]
