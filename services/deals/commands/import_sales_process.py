"""Read a draft of a sales process from YAML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import draft_answer
from services.deals.commands.process_yaml import definition_in
from services.deals.domain.draft import Draft
from services.deals.domain.kinds import PROCESS_DRAFT
from services.deals.storage.drafts import Drafts, require_version


@dataclass(frozen=True, kw_only=True)
class ImportSalesProcess:
    """Ask that a definition be read; `expected_version` is that of the draft which it replaces."""

    yaml: Annotated[str, StringConstraints(max_length=100_000)]
    expected_version: int | None = None


def import_sales_process(command: ImportSalesProcess, tx: Transaction, actor: Actor) -> Json:
    """Make a draft of what the text says, in the place of the draft of that process if there is one; answer it."""
    actor.require("process")
    definition = definition_in(command.yaml)
    drafts = Drafts(tx, actor)
    there = drafts.of_key(definition.key)
    if there is None:
        if command.expected_version is not None:
            raise refuse("CONFLICT", f"there is no draft of {definition.key!r} any more", "expectedVersion")
        draft = Draft(id=new_id(PROCESS_DRAFT), definition=definition)
        drafts.add(draft)
    else:
        require_version(there, command.expected_version)
        draft = there.change(definition)
        drafts.save(draft)
    return draft_answer(draft, tx, actor)
