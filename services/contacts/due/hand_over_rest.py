"""Go on handing over."""

from __future__ import annotations

from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.store.timers import Due
from services.contacts.commands.hand_over_partners import go_on
from services.contacts.storage.hand_overs import HandOvers


def hand_over_rest(due: Due, tx: Transaction) -> None:
    """Hand over the next batch, on behalf of who asked for it."""
    asked = HandOvers(tx).lock(UUID(due.key))
    assert asked is not None  # it is written together with its timer
    ids = [UUID(id) for id in due.data["partner_ids"]]
    go_on(asked, ids, everything=due.data["everything"], tx=tx, actor=Actor.from_claims(due.data["actor"]))
