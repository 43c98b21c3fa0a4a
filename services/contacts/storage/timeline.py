"""Writing the timeline, and what is told of contacts' own doings together with its entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.events import Heard, Published
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json, decode, parse
from services.contacts.domain.kinds import TIMELINE_ENTRY
from services.contacts.domain.timeline import FACTS, OWN, Entry, FactSubjects, details_told, kind_of_fact
from services.contacts.storage.sql import insert_new
from services.contacts.storage.tables import timeline


def tell(tx: Transaction, *events: Published) -> None:
    """Emit events of contacts, and put on the timeline those that are facts of it, in the one transaction."""
    for event in events:
        tx.emit(event)
    record(tx.connection, [_own_entry(event, tx) for event in events if event.type in FACTS[OWN]])


def heard_entry(event: Heard, subjects: FactSubjects) -> Entry:
    """Make the entry of an event that was heard."""
    return Entry(
        id=UUID(event.id),
        kind=kind_of_fact(event.type),
        source=event.source,
        subjects=subjects,
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        details=details_told(event.data),
    )


def record(connection: sa.Connection, entries: Iterable[Entry]) -> None:
    """Write entries; one that stands already stays as it is."""
    insert_new(connection, timeline, [row for entry in entries for row in _rows(entry)], "entry_id", "place")


def bring_under_partner(connection: sa.Connection, partner_id: UUID, deal_id: UUID) -> None:
    """Put the facts of a deal that stand under no partner under the one it turned out to be."""
    _bring_under(connection, timeline.c.partner_id, partner_id, timeline.c.deal_id == deal_id)


def bring_under_deal(connection: sa.Connection, deal_id: UUID, claim_id: UUID) -> None:
    """Put the facts of a claim that stand under no deal under the one that it is about."""
    _bring_under(connection, timeline.c.deal_id, deal_id, timeline.c.claim_id == claim_id)


def _bring_under(
    connection: sa.Connection, column: sa.Column[Any], thing_id: UUID, facts: sa.ColumnElement[bool]
) -> None:
    other = timeline.alias()
    there = sa.exists().where(other.c.entry_id == timeline.c.entry_id, other.c[column.name] == thing_id)
    connection.execute(timeline.update().where(facts, column.is_(None), ~there).values({column.name: thing_id}))


def entries_under(things: Collection[UUID], column: sa.Column[Any]) -> sa.Select[Any]:
    """Select the entries under some things of one kind, each once also where it stands under several of them."""
    select = sa.select(timeline).where(column.in_(things))
    if len(things) > 1:
        before = timeline.alias()
        also = sa.exists().where(
            before.c.entry_id == timeline.c.entry_id,
            before.c.place < timeline.c.place,
            before.c[column.name].in_(things),
        )
        select = select.where(~also)
    return select


def entry_json(row: sa.Row[Any]) -> Json:
    """Give an entry as it is answered."""
    details = dict(row.details)
    amount = details.pop("amount", None)
    return {
        "id": row.entry_id,
        "kind": row.kind,
        "source": row.source,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "partner_id": row.partner_id,
        "deal_id": row.deal_id,
        "claim_id": row.claim_id,
        "manager_id": row.manager_id,
        "person_id": row.person_id,
        "interaction_id": row.interaction_id,
        "amount": amount,
        "details": [{"name": name, "value": _text(value)} for name, value in details.items()],
    }


def _text(value: Json) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(value)
        case _:
            return str(value)


def _own_entry(event: Published, tx: Transaction) -> Entry:
    data = decode(event.body())
    return Entry(
        id=new_id(TIMELINE_ENTRY),
        kind=kind_of_fact(event.type),
        source=OWN,
        subjects=parse(FactSubjects, data),
        occurred_at=event.occurred_at,
        recorded_at=tx.now,
        details=details_told(data),
    )


def _rows(entry: Entry) -> Iterable[dict[str, Any]]:
    for place, subjects in enumerate(entry.subjects.places()):
        yield {
            "entry_id": entry.id,
            "place": place,
            "kind": entry.kind,
            "source": entry.source,
            **subjects,
            "interaction_id": entry.subjects.interaction_id,
            "occurred_at": entry.occurred_at,
            "recorded_at": entry.recorded_at,
            "details": dict(entry.details),
        }
