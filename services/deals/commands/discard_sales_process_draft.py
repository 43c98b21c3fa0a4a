"""Discard a draft of a sales process."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.storage.drafts import Drafts


@dataclass(frozen=True, kw_only=True)
class DiscardSalesProcessDraft:
    """Ask that a draft be given up."""

    draft_id: UUID
    expected_version: int | None = None


def discard_sales_process_draft(command: DiscardSalesProcessDraft, tx: Transaction, actor: Actor) -> Json:
    """Take a draft away; answer its id and key. What is published stays."""
    actor.require("process")
    drafts = Drafts(tx, actor)
    draft = drafts.get(command.draft_id, expected_version=command.expected_version)
    drafts.remove(draft)
    return {"discarded": draft.id, "key": draft.definition.key}
