"""Hear of interactions that took place, or of what they really were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.domain.managers.responses import answers
from services.reporting.storage.alone import alone
from services.reporting.storage.managers.interactions import counted_interactions
from services.reporting.storage.managers.words import record_words
from services.reporting.storage.recount import recounting
from services.reporting.storage.tables import interaction_counts, interaction_facts, interaction_subjects
from services.reporting.storage.writing import keep_all


@dataclass(frozen=True, kw_only=True)
class InteractionHeard:
    """What reporting needs of an interaction; a correction names the one whose place it takes."""

    interaction_id: UUID
    kind: str
    direction: str
    automatic: bool
    manager_ids: list[UUID] = field(default_factory=list)
    partner_ids: list[UUID] = field(default_factory=list)
    deal_ids: list[UUID] = field(default_factory=list)
    corrects_id: UUID | None = None


def record_interactions(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep interactions, with who took part and what they were about."""
    heard = [(event, event.read(InteractionHeard)) for event in events]
    alone(tx.connection)
    ids = {id for _, one in heard for id in (one.interaction_id, one.corrects_id) if id is not None}
    with recounting(
        tx.connection, interaction_counts, partial(counted_interactions, tx.connection, ids, tx.enterprise.zone)
    ):
        keep_all(tx.connection, interaction_facts, [row for one in heard for row in _facts(*one)])
    subjects = [
        {"interaction_id": one.interaction_id, "thing_id": thing_id}
        for _, one in heard
        for thing_id in (*one.partner_ids, *one.deal_ids)
    ]
    keep_all(tx.connection, interaction_subjects, subjects)
    corrected = {one.corrects_id for _, one in heard if one.corrects_id is not None}
    words = [row for one in heard for row in _words(*one)]
    if words or corrected:
        record_words(tx.connection, tx.enterprise, words, corrected)


def _words(event: Heard, heard: InteractionHeard) -> Iterator[dict[str, Any]]:
    """Give what was said to or by each client, as far as it waits for an answer or is one."""
    answering = answers(heard.kind, heard.direction, automatic=heard.automatic)
    if answering is not None:
        for partner_id in heard.partner_ids:
            yield {
                "partner_id": partner_id,
                "occurred_at": event.occurred_at,
                "interaction_id": heard.interaction_id,
                "recorded_at": event.recorded_at,
                "corrected_at": None,
                "manager_id": heard.manager_ids[0] if heard.manager_ids else None,
                "answers": answering,
            }


def _facts(event: Heard, heard: InteractionHeard) -> list[dict[str, Any]]:
    managers: list[UUID | None] = [*heard.manager_ids] or [None]
    return [
        {
            "interaction_id": heard.interaction_id,
            "place": place,
            "occurred_at": event.occurred_at,
            "recorded_at": event.recorded_at,
            "manager_id": manager_id,
            "kind": heard.kind,
            "direction": heard.direction,
            "automatic": heard.automatic,
            "corrects_id": heard.corrects_id,
        }
        for place, manager_id in enumerate(managers)
    ]
