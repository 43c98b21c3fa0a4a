"""Undo a merge: a partner is another one again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.saving import save_merge
from services.contacts.domain.merge import merged_below, take_back
from services.contacts.events import PartnerUnmerged
from services.contacts.storage.duplicate_pairs import look_for_duplicates
from services.contacts.storage.merged import survivors
from services.contacts.storage.partner_view import partner_view
from services.contacts.storage.partners import Partners


@dataclass(frozen=True, kw_only=True)
class UnmergePartner:
    """Ask that a merged partner stand by itself again; `expected_version` is the survivor's."""

    partner_id: UUID
    expected_version: int | None = None


def unmerge_partner(command: UnmergePartner, tx: Transaction, actor: Actor) -> Json:
    """Take the pointer of a partner away, and answer both: those merged into it before stay with it."""
    partners = Partners(tx)
    partners.hold_tree()
    survivor_id = survivors(tx.connection, [command.partner_id]).get(command.partner_id)
    if survivor_id is None:
        take_back(partners.lock_any(command.partner_id, actor))
    assert survivor_id is not None  # else it was refused
    partners.hold_groups([survivor_id])
    survivor = partners.lock(survivor_id, actor, expected_version=command.expected_version)
    merged = partners.lock_any(command.partner_id, actor)
    alone = take_back(merged)
    assert merged.merged_into_id is not None
    before = partners.pointers(survivor.id)
    below = merged_below(merged.id, before)
    partners.follow(below, merged.id)
    told = PartnerUnmerged.of(alone.next_version(), merged.merged_into_id, tx.now)
    staying = [id for id in before if id != merged.id and id not in below]
    save_merge((merged, alone), survivor, (list(before), staying), told, tx, actor)
    look_for_duplicates(tx, [survivor.id, merged.id])
    return {"partner": partner_view(tx, merged.id), "survivor": partner_view(tx, survivor.id)}
