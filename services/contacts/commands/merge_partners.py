"""Merge a partner into another one: both turned out to be the same."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.saving import save_merge
from services.contacts.domain.merge import merge_into
from services.contacts.domain.partner import Partner
from services.contacts.domain.problems import Problems
from services.contacts.events import PartnerMerged
from services.contacts.storage.duplicate_pairs import look_for_duplicates
from services.contacts.storage.partner_view import partner_view
from services.contacts.storage.partners import Partners


@dataclass(frozen=True, kw_only=True)
class MergePartners:
    """Ask that `merged_id` be seen as `survivor_id` from now on; each has an expected version of its own."""

    survivor_id: UUID
    merged_id: UUID
    expected_version: int | None = None
    expected_merged_version: int | None = None


def merge_partners(command: MergePartners, tx: Transaction, actor: Actor) -> Json:
    """Point from one partner to the other, with all that were merged into it, and answer the survivor."""
    partners = Partners(tx)
    partners.hold_tree()
    partners.hold_groups([command.survivor_id, command.merged_id])
    survivor, merged = _both(command, partners, actor)
    pointing = merge_into(merged, survivor, partners.above(survivor.id, actor))
    before = list(partners.pointers(survivor.id))
    brought = [merged.id, *partners.pointers(merged.id)]
    partners.follow(brought, survivor.id)
    told = PartnerMerged.of(pointing.next_version(), survivor.id, tx.now)
    save_merge((merged, pointing), survivor, (before, [*before, *brought]), told, tx, actor)
    look_for_duplicates(tx, [survivor.id])
    return partner_view(tx, survivor.id)


def _both(command: MergePartners, partners: Partners, actor: Actor) -> tuple[Partner, Partner]:
    if command.survivor_id == command.merged_id:
        raise refuse("SAME_PARTNER", "a partner cannot be merged into itself; name another one", "merged")
    asked = {
        command.survivor_id: ("survivor", command.expected_version),
        command.merged_id: ("merged", command.expected_merged_version),
    }
    problems, found = Problems(), dict[UUID, Partner]()
    for id, (field, version) in asked.items():
        with problems.under():
            found[id] = partners.lock(id, actor, expected_version=version, field=field)
    problems.settle()
    return found[command.survivor_id], found[command.merged_id]
