"""Drafts of sales processes, as they are answered."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers.process import stage_json
from services.deals.answers.process_yaml import definition_yaml
from services.deals.domain.diagram import diagram
from services.deals.domain.draft import Draft
from services.deals.storage.drafts import problems_of


def draft_json(draft: Draft, connection: sa.Connection, changed_at: datetime, changed_by: str) -> Json:
    """Give a draft, with what would keep it from being published now."""
    definition = draft.definition
    return {
        "id": draft.id,
        "version": draft.version,
        "based_on_id": draft.based_on,
        "key": definition.key,
        "name": definition.name,
        "russian_name": definition.russian_name,
        "control": definition.control,
        "won_by": definition.won_by,
        "stages": [stage_json(stage) for stage in definition.stages],
        "problems": [problem.to_json() for problem in problems_of(definition, connection)],
        "diagram": diagram(definition),
        "definition": definition_yaml(definition),
        "changed_at": changed_at,
        "changed_by": changed_by,
    }


def draft_answer(draft: Draft, tx: Transaction, actor: Actor) -> Json:
    """Give a draft that a command has just written."""
    return draft_json(draft, tx.connection, tx.now, actor.subject[:200])
