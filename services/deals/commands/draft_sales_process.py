"""Begin a draft of a sales process."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import draft_answer
from services.deals.commands.definition_inputs import DefinitionInput
from services.deals.domain.definition import Definition
from services.deals.domain.draft import Draft
from services.deals.domain.kinds import PROCESS_DRAFT
from services.deals.storage.drafts import Drafts
from services.deals.storage.processes import Processes


@dataclass(frozen=True, kw_only=True)
class DraftSalesProcess:
    """Ask for a draft: a copy of the newest version of a process (by its key), or one from nothing (a definition)."""

    key: str | None = None
    definition: DefinitionInput | None = None


def draft_sales_process(command: DraftSalesProcess, tx: Transaction, actor: Actor) -> Json:
    """Begin a draft where there is none of that process; answer it. Nothing is published yet."""
    actor.require("process")
    draft = _copy(command.key, tx) if command.key is not None else _new(command.definition)
    Drafts(tx, actor).add(draft)
    return draft_answer(draft, tx, actor)


def _copy(key: str, tx: Transaction) -> Draft:
    newest = Processes(tx.connection).current(key, "key")
    return Draft(id=new_id(PROCESS_DRAFT), definition=Definition.of(newest), based_on=newest.id)


def _new(given: DefinitionInput | None) -> Draft:
    if given is None:
        raise refuse("REQUIRED", "give the key of a process to copy, or the definition of a new one", "definition")
    return Draft(id=new_id(PROCESS_DRAFT), definition=given.to_domain())
