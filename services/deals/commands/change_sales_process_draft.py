"""Change a draft of a sales process."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import draft_answer
from services.deals.commands.definition_inputs import DefinitionInput
from services.deals.storage.drafts import Drafts


@dataclass(frozen=True, kw_only=True)
class ChangeSalesProcessDraft:
    """Ask that a draft say something else: the whole definition is replaced."""

    draft_id: UUID
    definition: DefinitionInput
    expected_version: int | None = None


def change_sales_process_draft(command: ChangeSalesProcessDraft, tx: Transaction, actor: Actor) -> Json:
    """Change a draft; answer it, with all that would keep it from being published."""
    actor.require("process")
    drafts = Drafts(tx, actor)
    draft = drafts.get(command.draft_id, expected_version=command.expected_version)
    changed = draft.change(command.definition.to_domain())
    drafts.save(changed)
    return draft_answer(changed, tx, actor)
