"""Publish a draft of a sales process."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import Problem, Refused
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import process_json
from services.deals.domain.kinds import PROCESS
from services.deals.events import process_told
from services.deals.storage.drafts import Drafts, problems_of
from services.deals.storage.processes import Processes


@dataclass(frozen=True, kw_only=True)
class PublishSalesProcess:
    """Ask that a draft become the next version of its process."""

    draft_id: UUID
    expected_version: int | None = None


def publish_sales_process(command: PublishSalesProcess, tx: Transaction, actor: Actor) -> Json:
    """Publish a definition that has no mistakes, and end its draft; answer the version. Deals under way keep theirs."""
    actor.require("process")
    drafts, processes = Drafts(tx, actor), Processes(tx.connection)
    draft = drafts.get(command.draft_id, expected_version=command.expected_version)
    found = problems_of(draft.definition, tx.connection)
    if found:
        raise Refused(*map(_in_definition, found))
    process = draft.definition.published(new_id(PROCESS), processes.next_version(draft.definition.key))
    processes.add(process, tx.now)
    drafts.remove(draft)
    tx.emit(process_told(process, tx.now))
    return process_json(process)


def _in_definition(problem: Problem) -> Problem:
    path = ("definition", *(problem.field or ()))
    return Problem(code=problem.code, message=problem.message, field=path, details=problem.details)
